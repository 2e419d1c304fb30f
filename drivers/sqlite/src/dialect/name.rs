//! Names that SQLite keeps to itself.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;

use super::refusal::refused;

const RESERVED: &str = "sqlite_";

/// Refuses a name for a new table, index or view that starts with `sqlite_`.
pub(super) fn allow(name: &Name) -> Result<(), RenderError> {
    let start = name.as_str().get(..RESERVED.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(RESERVED)) {
        return Err(refused(format!(
            "name a table, index or view \"{name}\": names that start with {RESERVED} are its own"
        ))
        .with_hint("choose another name"));
    }
    Ok(())
}
