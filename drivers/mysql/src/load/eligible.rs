//! Where LOAD DATA LOCAL can mean the same as INSERT.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::render;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Trust;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Column;

use crate::connection::MySqlConnection;
use crate::dialect::MYSQL;

/// Whether the server takes rows of its client, and what it does with them can be seen and taken back: to `savepoint`, which
/// is made then.
pub(super) async fn is(
    connection: &mut MySqlConnection,
    rows: &RowBatch,
    savepoint: &str,
) -> Result<bool, DriverError> {
    // A node of a cluster may commit in the middle of so many rows.
    if connection.server().trust != Trust::Session {
        return Ok(false);
    }
    let mut omitted = rows
        .table()
        .columns
        .iter()
        .filter(|column| !rows.columns().contains(&column.name));
    if !omitted.all(has_plain_default) {
        return Ok(false);
    }
    let questions = [question(rows), savepoint.to_owned()];
    let answers = connection.ask_all(&questions).await?;
    Ok(answers.first().is_some_and(|answer| !answer.rows.is_empty()))
}

/// Whether a column that no value is given for needs nobody to refuse that or to compute something.
fn has_plain_default(column: &Column) -> bool {
    match &column.default {
        Some(default) => render::is_plain_literal(default),
        None => column.nullable || column.identity || column.generated.is_some(),
    }
}

/// Has a row where the server allows it, the table can take rows back, and no trigger sees rows that are not kept.
fn question(rows: &RowBatch) -> String {
    let table = MYSQL.string_literal(rows.table().name.as_str());
    format!(
        "SELECT 1 FROM information_schema.TABLES WHERE @@local_infile = 1 AND TABLE_SCHEMA = DATABASE() \
         AND TABLE_NAME = {table} AND ENGINE = 'InnoDB' AND NOT EXISTS (SELECT 1 FROM information_schema.TRIGGERS \
         WHERE EVENT_OBJECT_SCHEMA = DATABASE() AND EVENT_OBJECT_TABLE = {table})"
    )
}
