//! What the history says of a column's type and its engine does not keep.

use super::CompiledStep;
use super::Compiler;
use super::unit::Unit;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::engine::EngineError;
use crate::engine::replay::Replay;
use crate::operation::ColumnChange;
use crate::operation::Operation;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Schema;

/// The type that a column was given.
///
/// Two types that an engine calls by one name read back as one of them: where moments and local times are the same to it,
/// `TIMESTAMP WITH TIME ZONE` comes back without its zone, and a default that reads the clock would read the wrong one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeclaredType {
    table: Name,
    column: Name,
    data_type: DataType,
}

impl DeclaredType {
    /// Gives the column its type in a schema that was read, unless it is not that type any more.
    pub(crate) fn set(&self, schema: &mut Schema, dialect: &dyn Dialect, server: &Version) {
        let table = schema.tables.get_mut(&self.table);
        let mut columns = table.into_iter().flat_map(|table| &mut table.columns);
        let Some(column) = columns.find(|column| column.name == self.column) else {
            return;
        };
        let called = |data_type: &DataType| dialect.type_name(data_type, server).ok();
        if called(&column.data_type) == called(&self.data_type) {
            column.data_type = self.data_type.clone();
        }
    }
}

impl Compiler<'_> {
    /// The types that the history gave to the columns whose new default depends on them.
    pub(super) fn declared_types(
        &self,
        step: &CompiledStep,
        unit: &Unit,
    ) -> Result<Vec<DeclaredType>, EngineError> {
        let columns: Vec<(&Name, &Name)> = unit.operations.iter().filter_map(reads_the_clock).collect();
        if columns.is_empty() || !self.known.can_read() {
            return Ok(Vec::new());
        }
        let history = Replay::before(self, &step.revision, step.direction)?;
        let declared = columns.into_iter().filter_map(|(table, column)| {
            let known = history.schema().table(table)?.column(column)?;
            Some(DeclaredType {
                table: table.clone(),
                column: column.clone(),
                data_type: known.data_type.clone(),
            })
        });
        Ok(declared.collect())
    }
}

/// The column whose new default is read from a clock.
fn reads_the_clock(operation: &Operation) -> Option<(&Name, &Name)> {
    let Operation::AlterColumn {
        table,
        column,
        change: ColumnChange::SetDefault(Expression::Portable(run)),
    } = operation
    else {
        return None;
    };
    let is_clock = |piece: &Piece| matches!(piece, Piece::Keyword(word) if word == "CURRENT_TIMESTAMP");
    run.0.iter().any(is_clock).then_some((table, column))
}
