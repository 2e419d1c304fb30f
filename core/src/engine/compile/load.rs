//! Rows that are read from a file when their turn comes.

use super::Action;
use super::CompiledStatement;
use super::CompiledStep;
use super::Compiler;
use super::unit::Unit;
use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::dialect::Statement;
use crate::engine::EngineError;
use crate::operation::LoadedRows;
use crate::operation::Loading;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::script::LoadSource;
use crate::sql::StatementClass;

/// Rows that are read from a file when their turn comes, and inserted into a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Load {
    /// The file.
    pub file: DataFile,
    /// The table.
    pub table: Name,
    /// The path of the file in its script.
    path: String,
    format: DataFormat,
    /// The digest of the file's bytes. What is read must have it.
    digest: String,
    /// The names by which types name the driver: its dialect's first.
    words: [&'static str; 2],
    /// The table as far as it is known before the run.
    known: Option<Box<Table>>,
    /// Whether the table is read from the database. Where it cannot be, the one that is known is taken.
    reads: bool,
}

impl Load {
    /// The table, when the database cannot be asked.
    pub(crate) fn settled(&self) -> Option<&Table> {
        self.known.as_deref().filter(|_| !self.reads)
    }

    /// A schema of that table alone.
    pub(crate) fn settled_schema(&self) -> Schema {
        let mut schema = Schema::new();
        if let Some(table) = self.settled() {
            schema.tables.insert(table.name.clone(), table.clone());
        }
        schema
    }

    /// Opens the file for the table as it is.
    pub(crate) fn open(&self, schema: &Schema) -> Result<Loading, DataError> {
        let table = schema.table(&self.table).ok_or_else(|| self.no_table())?;
        Loading::open(&self.file, self.format, table, &self.words)
    }

    /// The digest that the file had when the step was compiled.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// Reads the whole file and gives its first fault, as far as the table is known.
    pub(crate) fn verify(&self) -> Result<(), DataError> {
        Loading::verify(&self.file, self.format, self.known.as_deref(), &self.words)
    }

    /// What tells it from another: a text that does not change when the schema does.
    pub(super) fn identity(&self) -> String {
        format!("load {} into {}\n{}", self.path, self.table, self.digest)
    }

    fn no_table(&self) -> DataError {
        let table = self.table.to_string();
        DataFault::NoTable { table }.at(self.file.name(), None, None)
    }
}

/// What a dialect makes of some rows. Values that are written out need neither guards nor checks.
pub(crate) fn render_rows(
    dialect: &dyn Dialect,
    rows: &LoadedRows,
    context: &RenderContext<'_>,
) -> Result<Vec<Statement>, RenderError> {
    let rendering = dialect.render(std::slice::from_ref(&rows.operation), context)?;
    Ok(rendering.statements)
}

impl Compiler<'_> {
    /// Adds the rows of a file to a step.
    pub(super) fn load(
        &self,
        step: &mut CompiledStep,
        unit: &Unit,
        source: &LoadSource,
    ) -> Result<(), EngineError> {
        let refused = |error| EngineError::DataFile {
            revision: step.revision.clone(),
            place: unit.source(0).place,
            error,
        };
        let Some((file, table)) = source
            .file
            .as_ref()
            .zip(unit.operations.iter().find_map(Operation::table))
        else {
            let fault = DataFault::Unreadable {
                reason: "the script was read without the files around it".to_owned(),
            };
            return Err(refused(fault.at(&source.path, None, None)));
        };
        let digest = file
            .digest()
            .map_err(|error| refused(DataFault::from(error).at(file.name(), None, None)))?;
        let mut load = Load {
            file: file.clone(),
            table: table.clone(),
            path: source.path.clone(),
            format: source.format,
            digest,
            words: [self.dialect.name(), self.migrator.driver().name()],
            known: None,
            reads: self.known.can_read(),
        };
        if let Some(replay) = self.known.replay() {
            match replay.unknown_to_any(&unit.operations) {
                None => load.known = replay.schema().table(table).cloned().map(Box::new),
                Some(since) if !load.reads => {
                    return Err(EngineError::UnknownSchema {
                        revision: step.revision.clone(),
                        place: unit.source(0).place,
                        object: table.to_string(),
                        since: since.to_owned(),
                    });
                }
                Some(_) => step.provisional = true,
            }
            if load.known.is_none() && !load.reads {
                return Err(refused(load.no_table()));
            }
        }
        step.statements.push(CompiledStatement {
            action: Action::Load(load),
            ..unit.source(0).statement(String::new(), StatementClass::Rows)
        });
        Ok(())
    }
}
