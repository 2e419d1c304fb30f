//! Parts of messages.

use std::fmt;

use crate::driver::Blocker;
use crate::driver::Holder;
use crate::engine::ChangedScript;
use crate::engine::DataRows;
use crate::engine::StepLoss;
use crate::graph::RevisionId;
use crate::sql::Place;

/// A number with its word.
pub(super) fn counted(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

/// A small number.
pub(super) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Who is in the way.
pub(super) struct Blocking<'a>(pub(super) &'a [Blocker]);

impl fmt::Display for Blocking<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let blockers: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, " ({})", blockers.join("; "))
    }
}

pub(super) struct At<'a>(pub(super) Option<&'a Place>, pub(super) &'a RevisionId);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{place}: "),
            None => write!(f, "revision {}: ", self.1),
        }
    }
}

pub(super) struct Where<'a>(pub(super) Option<&'a Place>);

impl fmt::Display for Where<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{place}: "),
            None => Ok(()),
        }
    }
}

pub(super) struct Lost<'a>(pub(super) &'a [StepLoss]);

impl fmt::Display for Lost<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let [only] = self.0 {
            let StepLoss {
                revision,
                place,
                data,
            } = only;
            return write!(
                f,
                "{place}: after the downgrade of {revision} this is gone: {data}"
            );
        }
        write!(f, "after these downgrades data is gone:")?;
        for loss in self.0 {
            write!(f, "\n  {} ({}): {}", loss.revision, loss.place, loss.data)?;
        }
        Ok(())
    }
}

pub(super) struct Of(pub(super) usize, pub(super) usize);

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            0 => write!(f, " while it was recorded"),
            of => write!(f, " at statement {} of {of}", self.0),
        }
    }
}

impl fmt::Display for DataRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            first_line,
            last_line,
        } = self;
        if first_line == last_line {
            write!(f, "the row at {file}:{first_line}")
        } else {
            write!(f, "one of the rows at {file}:{first_line} to {last_line}")
        }
    }
}

pub(super) struct Held<'a>(pub(super) Option<&'a Holder>);

impl fmt::Display for Held<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(holder) => write!(f, " ({holder})"),
            None => Ok(()),
        }
    }
}

pub(super) struct After<'a>(pub(super) &'a [RevisionId]);

impl fmt::Display for After<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => write!(f, " before a step was complete"),
            [.., last] => write!(
                f,
                " after {}, the last of them {last}",
                counted(self.0.len(), "step")
            ),
        }
    }
}

pub(super) struct Changed<'a>(pub(super) &'a [ChangedScript]);

impl fmt::Display for Changed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "an applied revision was edited since it ran:")?,
            number => write!(f, "{number} applied revisions were edited since they ran:")?,
        }
        for script in self.0 {
            write!(
                f,
                "\n  {} ({}): ran as {}, is now {}",
                script.revision, script.file, script.recorded, script.present
            )?;
            if !script.data_files.is_empty() {
                write!(f, "; its rows come from {}", script.data_files.join(", "))?;
            }
        }
        Ok(())
    }
}

pub(super) struct Kept<'a>(pub(super) Option<&'a (RevisionId, usize)>);

impl fmt::Display for Kept<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some((revision, number)) => {
                write!(
                    f,
                    "; the first {} of {revision} took effect",
                    counted(*number, "statement")
                )
            }
            None => Ok(()),
        }
    }
}
