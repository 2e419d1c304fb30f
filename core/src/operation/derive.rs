//! The downgrade that follows from an upgrade.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::DataKind;
use super::DataStatement;
use super::Inverse;
use super::NotInvertible;
use super::Obstacle;
use super::Operation;
use super::inverse::inverse;
use crate::schema::Name;
use crate::schema::Schema;

/// What undoes a list of operations, given the schema before the first.
///
/// Rows may be written only in tables that the list creates, and columns that it adds: they go with them. What else the list does to
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
        added: BTreeSet::new(),
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
    /// The columns that the list has added, each with the present name of its table and of itself.
    added: BTreeSet<(Name, Name)>,
}

impl Derivation {
    fn add(&mut self, operation: &Operation) -> Result<(), Obstacle> {
        let table = self.table_of(operation);
        let of_created = table
            .as_ref()
            .is_some_and(|table| self.created.contains_key(table));
        let inverse = match operation {
            Operation::Data(statement)
                if of_created || statement.kind == DataKind::Select || self.fills_added(statement) =>
            {
                Ok(Inverse::default())
            }
            _ => inverse(operation, &self.schema),
        };
        self.schema.apply(operation)?;
        if let (Err(obstacle), false) = (&inverse, of_created) {
            return Err(obstacle.clone());
        }
        self.follow_added(operation);
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

    /// Whether a statement writes only columns that go again.
    fn fills_added(&self, statement: &DataStatement) -> bool {
        let Some(table) = statement
            .table
            .as_ref()
            .filter(|_| statement.kind == DataKind::Update)
        else {
            return false;
        };
        let is_added = |column: &Name| self.added.contains(&(table.clone(), column.clone()));
        statement.columns.iter().all(is_added)
    }

    fn follow_added(&mut self, operation: &Operation) {
        match operation {
            Operation::AddColumn { table, column, .. } => {
                self.added.insert((table.clone(), column.name.clone()));
            }
            Operation::DropColumn { table, column } => {
                self.added.remove(&(table.clone(), column.clone()));
            }
            Operation::RenameColumn { table, from, to } => {
                let is_added = self.added.remove(&(table.clone(), from.clone()));
                self.added.extend(is_added.then(|| (table.clone(), to.clone())));
            }
            Operation::RenameTable { from, to } => {
                let added = std::mem::take(&mut self.added).into_iter();
                self.added = added
                    .map(|(table, column)| (if table == *from { to.clone() } else { table }, column))
                    .collect();
            }
            _ => {}
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Loss;
    use crate::operation::testing::*;
    use crate::schema::DataType;

    fn drop_table(table: &str) -> Operation {
        Operation::DropTable { table: name(table) }
    }

    fn insert(table: &str) -> Operation {
        data(
            DataKind::Insert,
            table,
            &["id"],
            &format!("INSERT INTO {table} ( id ) VALUES ( 1 )"),
        )
    }

    #[test]
    fn a_created_table_goes_whole_by_its_last_name() {
        let upgrade = [
            Operation::CreateTable(table("a", &["id", "x"])),
            create_index("a", "ix", &["x"]),
            insert("a"),
            drop_column("a", "x"),
        ];
        let downgrade = derive_downgrade(&upgrade[..3], &Schema::new()).unwrap();
        assert_eq!(downgrade.operations, [drop_table("a")]);
        assert!(
            derive_downgrade(&upgrade, &Schema::new()).is_err(),
            "the index needs x"
        );

        let renamed = [&upgrade[..3], &[rename_table("a", "b"), insert("b")]].concat();
        let downgrade = derive_downgrade(&renamed, &Schema::new()).unwrap();
        assert_eq!(downgrade.operations, [drop_table("b")]);
        assert_eq!(downgrade.losses, []);
    }

    #[test]
    fn a_column_that_was_added_and_filled_goes_with_what_it_holds() {
        let before = schema(&[table("a", &["id"])]);
        let add = Operation::AddColumn {
            table: name("a"),
            column: column("x", DataType::Integer),
            constraints: Vec::new(),
        };
        let update = |table: &str, columns: &[&str], sql: &str| data(DataKind::Update, table, columns, sql);
        let upgrade = [
            add,
            update("a", &["x"], "UPDATE a SET x = id"),
            rename_column("a", "x", "y"),
            rename_table("a", "b"),
            update("b", &["y"], "UPDATE b SET y = 2"),
        ];
        let downgrade = derive_downgrade(&upgrade, &before).unwrap();
        assert_eq!(
            downgrade.operations,
            [
                rename_table("b", "a"),
                rename_column("a", "y", "x"),
                drop_column("a", "x")
            ]
        );
        assert_eq!(downgrade.losses, []);
        let other = [
            &upgrade[..1],
            &[update("a", &["x", "id"], "UPDATE a SET x = 1 , id = 2")],
        ]
        .concat();
        assert_eq!(derive_downgrade(&other, &before).unwrap_err().index, 1);
    }

    #[test]
    fn a_table_that_comes_and_goes_leaves_nothing_to_do() {
        let upgrade = [
            Operation::CreateTable(table("a", &["id"])),
            insert("a"),
            drop_table("a"),
        ];
        assert_eq!(
            derive_downgrade(&upgrade, &Schema::new()).unwrap(),
            Inverse::default()
        );
    }

    #[test]
    fn tables_that_reference_each_other_are_taken_apart() {
        let upgrade = [
            Operation::CreateTable(table("a", &["id", "b"])),
            Operation::CreateTable(table("b", &["id", "a"])),
            add("a", foreign_key("fk_a", &["b"], "b", &[])),
            add("b", foreign_key("fk_b", &["a"], "a", &[])),
        ];
        let downgrade = derive_downgrade(&upgrade, &Schema::new()).unwrap();
        let drop = |table: &str, constraint: &str| Operation::DropConstraint {
            table: name(table),
            constraint: name(constraint),
        };
        assert_eq!(
            downgrade.operations,
            [
                drop("b", "fk_b"),
                drop("a", "fk_a"),
                drop_table("b"),
                drop_table("a")
            ]
        );
    }

    #[test]
    fn rows_of_an_older_table_cannot_be_taken_back() {
        let before = schema(&[table("a", &["id"])]);
        let error = derive_downgrade(&[create_index("a", "ix", &["id"]), insert("a")], &before).unwrap_err();
        assert_eq!(error.index, 1);
        insta::assert_snapshot!(error, @"an INSERT into `a`, which exists before this revision, cannot be undone");
    }

    #[test]
    fn what_comes_back_empty_is_a_loss() {
        let mut a = table("a", &["id", "x", "y"]);
        a.columns[2].nullable = false;
        let before = schema(&[a, table("b", &["id"])]);
        let downgrade = derive_downgrade(&[drop_column("a", "x"), drop_table("b")], &before).unwrap();
        assert_eq!(
            downgrade.losses,
            [
                Loss::Table(name("b")),
                Loss::Column {
                    table: name("a"),
                    column: name("x")
                }
            ]
        );
        assert_eq!(
            downgrade.operations.last(),
            Some(&Operation::AddColumn {
                table: name("a"),
                column: column("x", DataType::Integer),
                constraints: Vec::new(),
            })
        );
        let error = derive_downgrade(&[drop_column("a", "y")], &before).unwrap_err();
        insta::assert_snapshot!(error, @"column `a.y` is NOT NULL and has no default, so it cannot be added again to a table with rows");
    }
}
