//! Schemas without a database: of a history, and of models.

use std::sync::Arc;

use super::EngineError;
use super::Offline;
use super::replay::Replay;
use crate::diff::Rename;
use crate::diff::views_in_order;
use crate::graph::RevisionId;
use crate::operation::ApplyError;
use crate::operation::Operation;
use crate::operation::parse_table_name;
use crate::schema::Constraint;
use crate::schema::Schema;
use crate::script::ModelsFile;
use crate::sql::Place;
use crate::sql::Span;

/// The schema that somebody wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Models {
    /// The schema.
    pub schema: Schema,
    /// What has another name in it than it had: `-- limbeck:renamed_from`.
    pub renames: Vec<Rename>,
}

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
    pub fn models(&self, models: &ModelsFile) -> Result<Models, EngineError> {
        let mut made = Models::default();
        let (mut later, mut views) = (Vec::new(), Vec::new());
        let statements = self.compiler().operations_of(models.file(), models.section())?;
        for (statement, operations) in statements {
            let place = Place::new(Arc::clone(models.file()), statement.span);
            for operation in operations {
                if matches!(operation, Operation::Data(_)) {
                    return Err(EngineError::RowsInModels { place });
                }
                match (&statement.renamed_from, &operation) {
                    (None, _) => {}
                    (Some(from), Operation::CreateTable(table)) => {
                        let from = parse_table_name(from, Span::new(0, from.len()));
                        let from = from.map_err(|error| EngineError::Portable {
                            place: place.clone(),
                            error,
                        })?;
                        made.renames.push(Rename::table(from, table.name.clone()));
                    }
                    (Some(_), _) => return Err(EngineError::FormerName { place }),
                }
                for part in parts(operation) {
                    match part {
                        Operation::CreateView(view) => views.push((place.clone(), view)),
                        Operation::CreateTable(_) => apply(&mut made.schema, &place, &part)?,
                        // It may need what stands below it.
                        part => later.push((place.clone(), part)),
                    }
                }
            }
        }
        apply_in_any_order(&mut made.schema, later)?;
        for name in views_in_order(views.iter().map(|(_, view)| view)) {
            for (place, view) in views.iter().filter(|(_, view)| view.name == name) {
                apply(&mut made.schema, place, &Operation::CreateView(view.clone()))?;
            }
        }
        Ok(made)
    }
}

/// A table, and its foreign keys apart from it.
fn parts(operation: Operation) -> Vec<Operation> {
    let Operation::CreateTable(mut table) = operation else {
        return vec![operation];
    };
    let keys = std::mem::take(&mut table.foreign_keys);
    let name = table.name.clone();
    let keys = keys.into_iter().map(|key| Operation::AddConstraint {
        table: name.clone(),
        constraint: Constraint::ForeignKey(key),
    });
    std::iter::once(Operation::CreateTable(table))
        .chain(keys.collect::<Vec<_>>())
        .collect()
}

fn apply(schema: &mut Schema, place: &Place, operation: &Operation) -> Result<(), EngineError> {
    schema.apply(operation).map_err(|error| misfit(place, error))
}

fn misfit(place: &Place, error: ApplyError) -> EngineError {
    EngineError::Misfit {
        place: place.clone(),
        error,
    }
}

/// Applies what can be, again and again.
fn apply_in_any_order(schema: &mut Schema, mut left: Vec<(Place, Operation)>) -> Result<(), EngineError> {
    while !left.is_empty() {
        let before = left.len();
        let mut first = None;
        left.retain(|(place, operation)| match schema.apply(operation) {
            Ok(()) => false,
            Err(error) => {
                first.get_or_insert_with(|| misfit(place, error));
                true
            }
        });
        if let (Some(error), true) = (first, left.len() == before) {
            return Err(error);
        }
    }
    Ok(())
}
