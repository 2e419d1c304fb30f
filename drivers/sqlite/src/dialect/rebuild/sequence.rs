//! The numbers that AUTOINCREMENT has given out.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;

use super::super::traits::SQLITE;
use super::text::DdlText;

/// Gives the new table the last number of the old one, before that goes with its table: it may be above all numbers that
/// are left, and none is used twice. When the new table takes the old name, SQLite renames this row too.
pub(super) fn carry(old: &Name, new: &Name, text: &DdlText) -> Result<Vec<String>, RenderError> {
    if !text.is_numbered()? {
        return Ok(Vec::new());
    }
    let (old, new) = (
        SQLITE.string_literal(old.as_str()),
        SQLITE.string_literal(new.as_str()),
    );
    Ok(vec![
        format!(
            "UPDATE sqlite_sequence SET seq = max(seq, (SELECT o.seq FROM sqlite_sequence AS o WHERE o.name = {old})) \
             WHERE name = {new} AND EXISTS (SELECT 1 FROM sqlite_sequence AS o WHERE o.name = {old})"
        ),
        format!(
            "INSERT INTO sqlite_sequence (name, seq) SELECT {new}, o.seq FROM sqlite_sequence AS o WHERE o.name = {old} \
             AND NOT EXISTS (SELECT 1 FROM sqlite_sequence AS n WHERE n.name = {new})"
        ),
    ])
}
