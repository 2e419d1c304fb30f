//! Schemas without a database: of a history, and of models.

use std::sync::Arc;

use super::EngineError;
use super::Offline;
use super::replay::Replay;
use crate::diff::Rename;
use crate::graph::RevisionId;
use crate::models::Assembly;
use crate::models::DesiredSchema;
use crate::models::Misfit;
use crate::models::Models;
use crate::operation::FormerName;
use crate::operation::Operation;
use crate::operation::parse_former_names;
use crate::schema::Schema;
use crate::script::ModelsFile;
use crate::sql::Place;

/// The schema that the files of revisions tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replayed {
    /// The schema.
    pub schema: Schema,
    /// The first revision that changes the database by native SQL or code too: there may be objects that the schema model has no
    /// words for.
    pub native: Option<String>,
}

impl Offline {
    /// The schema of a database to which these revisions and all that they need are applied.
    ///
    /// # Errors
    /// A script cannot be read or does not fit; a native section or a data step does something to the schema that only a
    /// database can tell.
    pub fn schema_at(&self, revisions: &[RevisionId]) -> Result<Replayed, EngineError> {
        let replay = Replay::walk(&self.compiler(), revisions, |_, _| {})?;
        if let Some(misfit) = replay.misfits().first() {
            return Err(EngineError::Misfit {
                place: misfit.place.clone(),
                error: misfit.error.clone(),
            });
        }
        match replay.doubt() {
            None => Ok(Replayed {
                native: replay.native().map(str::to_owned),
                schema: replay.schema().clone(),
            }),
            Some((object, revision)) => Err(EngineError::OpaqueHistory {
                object: object.map(str::to_owned),
                revision: revision.to_owned(),
            }),
        }
    }

    /// The schema that a file of models makes. Its statements may stand in any order: foreign keys are made when all tables
    /// are there, and views last.
    ///
    /// # Errors
    /// A statement cannot be read, is about rows, or does not fit the others, with its place.
    pub fn models(&self, models: &ModelsFile) -> Result<DesiredSchema, EngineError> {
        let mut assembly = Assembly::new();
        let mut renames = Vec::new();
        let statements = self.compiler().operations_of(models.file(), models.section())?;
        for (statement, operations) in statements {
            let place = Place::new(Arc::clone(models.file()), statement.span);
            for operation in operations {
                if matches!(operation, Operation::Data(_)) {
                    return Err(EngineError::RowsInModels { place });
                }
                if let Some(former) = &statement.renamed_from {
                    renames.append(&mut former_names(former, &operation, &place)?);
                }
                assembly.add(&place, operation)?;
            }
        }
        Ok(DesiredSchema::new(assembly.finish()?, renames))
    }

    /// The schema that models in Rust make.
    ///
    /// # Errors
    /// What they say is not portable SQL, or does not fit together.
    pub fn rust_models(&self, models: &Models) -> Result<DesiredSchema, EngineError> {
        Ok(models.desired(&self.compiler().portable_options())?)
    }
}

/// What a new table says of former names.
fn former_names(text: &str, operation: &Operation, place: &Place) -> Result<Vec<Rename>, EngineError> {
    let Operation::CreateTable(table) = operation else {
        return Err(EngineError::FormerName { place: place.clone() });
    };
    let names = parse_former_names(text).map_err(|error| EngineError::Portable {
        place: place.clone(),
        error,
    })?;
    let renames = names.into_iter().map(|name| match name {
        FormerName::Table(from) => Rename::table(from, table.name.clone()),
        FormerName::Column { from, to } => Rename::column(table.name.clone(), from, to),
    });
    Ok(renames.collect())
}

impl From<Misfit<Place>> for EngineError {
    fn from(misfit: Misfit<Place>) -> Self {
        Self::Misfit {
            place: misfit.place,
            error: misfit.error,
        }
    }
}
