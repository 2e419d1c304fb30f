//! Colours: what they mean, in one place.

use anstyle::AnsiColor;
use anstyle::Style;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// The id of a revision.
    Revision,
    /// A branch label.
    Label,
    /// What is reached or good.
    Good,
    /// What waits.
    Pending,
    /// What is wrong.
    Bad,
    /// The word before an error.
    Error,
    /// What matters less.
    Faint,
    /// A title.
    Title,
}

impl Paint {
    const fn style(self) -> Style {
        let plain = Style::new();
        match self {
            Self::Revision | Self::Pending => AnsiColor::Yellow.on_default(),
            Self::Label => AnsiColor::Cyan.on_default(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
            Self::Error => AnsiColor::BrightRed.on_default().bold(),
            Self::Faint => plain.dimmed(),
            Self::Title => plain.bold(),
        }
    }
}

/// The text in its colour; streams that show none strip it.
pub(crate) fn paint(paint: Paint, text: impl std::fmt::Display) -> String {
    let style = paint.style();
    format!("{style}{text}{style:#}")
}
