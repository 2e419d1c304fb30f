//! Rows by the hundred.

use std::ops::Range;

use super::Batch;
use super::Connection;
use super::DriverError;
use super::DriverErrorKind;
use crate::dialect::RenderContext;
use crate::operation::RowBatch;
use crate::schema::Schema;

/// Rows were refused.
#[derive(Debug, thiserror::Error)]
#[error("rows {} to {} of the batch: {error}", rows.start + 1, rows.end)]
pub struct LoadError {
    /// Among which rows of the batch the one at fault is, from 0: a single one where that is known.
    pub rows: Range<usize>,
    /// What the server said.
    #[source]
    pub error: DriverError,
}

impl LoadError {
    /// Something that concerns all rows of a batch.
    pub fn of_all(batch: &RowBatch, error: DriverError) -> Self {
        Self {
            rows: 0..batch.len(),
            error,
        }
    }
}

/// Writes rows by the INSERT statements of the dialect, some hundred rows each: what every engine can do.
///
/// # Errors
/// A statement was refused; those before it have taken effect.
pub async fn insert_rows<C: Connection + ?Sized>(
    connection: &mut C,
    rows: &RowBatch,
) -> Result<(), LoadError> {
    let server = connection.server();
    let (dialect, version) = (server.dialect, server.version);
    let mut schema = Schema::new();
    let table = rows.table();
    schema.tables.insert(table.name.clone(), table.clone());
    let context = RenderContext::new(version).with_schema(&schema);
    for (insert, of) in rows.inserts() {
        let at = |error| LoadError {
            rows: of.clone(),
            error,
        };
        let rendering = dialect.render(std::slice::from_ref(&insert), &context);
        let rendering = rendering.map_err(|error| {
            at(DriverError::new(DriverErrorKind::Unsupported, error.to_string()).with_source(error))
        })?;
        let texts: Vec<&str> = rendering
            .statements
            .iter()
            .map(|statement| statement.sql.as_str())
            .collect();
        let sent = connection.run(Batch::transaction(&texts), &mut |_| {}).await;
        sent.map_err(|failed| at(failed.error))?;
    }
    Ok(())
}
