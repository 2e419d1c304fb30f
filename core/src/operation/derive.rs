//! The downgrade that follows from an upgrade.

use std::collections::BTreeMap;

use super::DataKind;
use super::Inverse;
use super::NotInvertible;
use super::Obstacle;
use super::Operation;
use super::inverse::inverse;
use crate::schema::Name;
use crate::schema::Schema;

/// What undoes a list of operations, given the schema before the first.
///
/// Rows may be written only in tables that the list creates: they go with their table. What else the list does to
/// such a table is not undone one by one either, where dropping the table is enough.
///
/// # Errors
///
/// The first operation that does not fit the schema or cannot be undone, with its index.
pub fn derive_downgrade(upgrade: &[Operation], before: &Schema) -> Result<Inverse, NotInvertible> {
    let mut derivation = Derivation {
        schema: before.clone(),
        steps: Vec::new(),
        created: BTreeMap::new(),
    };
    for (index, operation) in upgrade.iter().enumerate() {
        derivation
            .add(operation)
            .map_err(|obstacle| NotInvertible { index, obstacle })?;
    }
    let short = derivation.collect(true);
    if let Ok(short) = &short
        && leads_back(short, &derivation.schema, before)
    {
        return Ok(short.clone());
    }
    derivation.collect(false)
}

/// The way back from one operation.
struct Step {
    inverse: Result<Inverse, Obstacle>,
    /// The way back when dropping the tables that the list creates is enough.
    short: Short,
}

enum Short {
    /// Nothing: the table goes as a whole.
    Nothing,
    /// The table that the operation creates goes, by the name it has in the end, unless it is gone already.
    Drop,
    /// The inverse.
    Inverse,
}

struct Derivation {
    /// After the operations so far.
    schema: Schema,
    steps: Vec<Step>,
    /// The tables that the list has created, by their present names, with the step that created them.
    created: BTreeMap<Name, usize>,
}

impl Derivation {
    fn add(&mut self, operation: &Operation) -> Result<(), Obstacle> {
        let table = self.table_of(operation);
        let of_created = table
            .as_ref()
            .is_some_and(|table| self.created.contains_key(table));
        let inverse = match operation {
            Operation::Data(statement) if of_created || statement.kind == DataKind::Select => {
                Ok(Inverse::default())
            }
            _ => inverse(operation, &self.schema),
        };
        self.schema.apply(operation)?;
        if let (Err(obstacle), false) = (&inverse, of_created) {
            return Err(obstacle.clone());
        }
        let short = match operation {
            Operation::CreateTable(table) => {
                self.created.insert(table.name.clone(), self.steps.len());
                Short::Drop
            }
            Operation::RenameTable { from, to } if of_created => {
                if let Some(step) = self.created.remove(from) {
                    self.created.insert(to.clone(), step);
                }
                Short::Nothing
            }
            Operation::DropTable { table } if of_created => {
                self.created.remove(table);
                Short::Nothing
            }
            _ if of_created => Short::Nothing,
            _ => Short::Inverse,
        };
        self.steps.push(Step { inverse, short });
        Ok(())
    }

    /// The table that an operation changes.
    fn table_of(&self, operation: &Operation) -> Option<Name> {
        match operation {
            Operation::DropIndex { index } => self.schema.index(index).map(|(table, _)| table.name.clone()),
            _ => operation.table().cloned(),
        }
    }

    /// The ways back, last operation first.
    fn collect(&self, short: bool) -> Result<Inverse, NotInvertible> {
        let mut whole = Inverse::default();
        for (index, step) in self.steps.iter().enumerate().rev() {
            match &step.short {
                Short::Nothing if short => {}
                Short::Drop if short => {
                    let last_name = self.created.iter().find(|(_, creator)| **creator == index);
                    whole
                        .operations
                        .extend(last_name.map(|(table, _)| Operation::DropTable { table: table.clone() }));
                }
                _ => {
                    let inverse = step.inverse.clone();
                    let inverse = inverse.map_err(|obstacle| NotInvertible { index, obstacle })?;
                    whole.operations.extend(inverse.operations);
                    whole.losses.extend(inverse.losses);
                }
            }
        }
        Ok(whole)
    }
}

/// Whether the operations lead from one schema to the other.
fn leads_back(inverse: &Inverse, after: &Schema, before: &Schema) -> bool {
    let mut schema = after.clone();
    inverse
        .operations
        .iter()
        .all(|operation| schema.apply(operation).is_ok())
        && schema.in_name_order() == before.clone().in_name_order()
}
