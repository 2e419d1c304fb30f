//! The numbers that AUTOINCREMENT has given out.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;

use super::super::traits::SQLITE;
use super::text::DdlText;

/// Gives the new table the last number of the old one, before that goes with its table: it may be above all numbers that
/// are left, and none is used twice. The copy has left a number of its own, even when there was nothing to copy. When the
/// new table takes the old name, SQLite renames this row too.
pub(super) fn carry(
    old: &Name,
    was_numbered: bool,
    new: &Name,
    text: &DdlText,
) -> Result<Vec<String>, RenderError> {
    if !was_numbered || !text.is_numbered()? {
        return Ok(Vec::new());
    }
    let (old, new) = (
        SQLITE.string_literal(old.as_str()),
        SQLITE.string_literal(new.as_str()),
    );
    Ok(vec![
        format!("DELETE FROM sqlite_sequence WHERE name = {new}"),
        format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}"
        ),
    ])
}
