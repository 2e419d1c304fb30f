//! Commands that Alembic has and this version has not: who types them is told so.

use crate::error::CommandError;
use crate::error::ErrorKind;

/// Whatever follows the name.
#[derive(Debug, clap::Args)]
pub(crate) struct NotYetArgs {
    _words: Vec<String>,
}

/// Says that there is no such command or flag yet.
pub(crate) fn refuse(what: &str, hint: &str) -> CommandError {
    CommandError::new(ErrorKind::Usage, format!("`{what}` is not in this version")).with_hint(hint)
}
