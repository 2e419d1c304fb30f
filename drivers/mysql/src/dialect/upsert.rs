//! Rows that take the place of those with the same key.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Upsert;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render::quoted;
use limbeck_core::schema::Name;

use super::feature::Feature;
use super::traits::MySqlDialect;

/// What the new row is called where it can have a name.
const NEW: &str = "limbeck_new";

/// What no value is: to evaluate it is an error, which ends the statement. A NULL would not do, which becomes 0 where the
/// statement has several rows.
const NOT_THIS_ROW: &str = "(SELECT NULL UNION ALL SELECT NULL)";

/// `ON DUPLICATE KEY UPDATE …`. The engine takes whatever unique key finds a row. So the first column of the key that is
/// meant gets its own value where all of that key agrees, and an error where another one has found the row. A row whose
/// values are the same the engine leaves alone.
pub(super) fn on_duplicate_key(
    dialect: &MySqlDialect,
    upsert: &Upsert<'_>,
    server: &Version,
) -> Result<String, RenderError> {
    let Some(first) = upsert.key.first() else {
        return Err(dialect.flavour().refused("find rows without a key"));
    };
    let has_alias = Feature::RowAlias.is_in(dialect.flavour(), server);
    let new = |name: &Name| match has_alias {
        true => format!("{}.{}", dialect.quote_identifier(NEW), quoted(dialect, name)),
        false => format!("VALUES({})", quoted(dialect, name)),
    };
    let table = quoted(dialect, &upsert.table.name);
    let old = |name: &Name| format!("{table}.{}", quoted(dialect, name));
    let agrees: Vec<String> = upsert
        .key
        .iter()
        .map(|name| format!("{} <=> {}", old(name), new(name)))
        .collect();
    let mut set = vec![format!(
        "{} = IF({}, {}, {NOT_THIS_ROW})",
        quoted(dialect, first),
        agrees.join(" AND "),
        old(first)
    )];
    for column in upsert.updated()? {
        let name = &column.name;
        set.push(format!("{} = {}", quoted(dialect, name), new(name)));
    }
    let alias = match has_alias {
        true => format!("AS {} ", dialect.quote_identifier(NEW)),
        false => String::new(),
    };
    Ok(format!("{alias}ON DUPLICATE KEY UPDATE {}", set.join(", ")))
}
