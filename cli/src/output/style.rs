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

/// The [`plain`] text in its colour; streams that show none strip it.
pub(crate) fn paint(paint: Paint, text: impl std::fmt::Display) -> String {
    let style = paint.style();
    format!("{style}{}{style:#}", plain(&text.to_string()))
}

/// The text of a file or a database with its control characters made visible: it must not steer the terminal, nor show
/// its letters in another order. Line ends and tabs stay.
pub(crate) fn plain(text: &str) -> String {
    let visible = |letter: char| match letter {
        '\n' | '\t' => letter,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        _ => letter,
    };
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_left() {
        let text: String = ('\0'..'\u{2100}').collect();
        let shown = plain(&text);
        assert_eq!(shown.chars().count(), text.chars().count());
        let left: String = shown.chars().filter(|letter| letter.is_control()).collect();
        assert_eq!(left, "\t\n");
        assert_eq!(plain("\u{1b}[31mred\u{202e}\u{7f}"), "␛[31mred\u{fffd}␡");
        assert_eq!(plain("größer 表"), "größer 表");
    }
}
