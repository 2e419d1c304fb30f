//! Whether an operation has taken effect, seen from the schema as it is.

use super::ColumnChange;
use super::Operation;
use super::find;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// What the schema tells of an operation that was begun and of which nobody knows whether it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It has taken effect.
    Done,
    /// It has not, or it may run once more and changes nothing that it has changed already.
    Open,
    /// The schema does not tell.
    Unknown,
}

impl Effect {
    const fn when(is_done: bool) -> Self {
        if is_done { Self::Done } else { Self::Open }
    }

    /// Something that had the first name and gets the second.
    const fn of_rename(has_old: bool, has_new: bool) -> Self {
        match (has_old, has_new) {
            (true, false) => Self::Open,
            (false, true) => Self::Done,
            _ => Self::Unknown,
        }
    }
}

/// What a schema, in which all tables that the operations name were looked for, tells of each of them.
///
/// Nothing is told when two operations are about one name: what one of them has left looks like what the other has not done.
pub(crate) fn effects(operations: &[Operation], schema: &Schema) -> Vec<Effect> {
    let others = |at: usize| {
        let others = operations.iter().enumerate();
        others
            .filter(move |(other, _)| *other != at)
            .map(|(_, operation)| operation)
    };
    let of = |(at, operation): (usize, &Operation)| {
        // A primary key is replaced at once, and what it is now tells of both halves.
        if let Some(added) = others(at).find(|other| is_replaced(operation, other)) {
            effect(added, schema)
        } else if others(at).any(|other| shares_subject(operation, other)) {
            Effect::Unknown
        } else {
            effect(operation, schema)
        }
    };
    operations.iter().enumerate().map(of).collect()
}

fn effect(operation: &Operation, schema: &Schema) -> Effect {
    match operation {
        Operation::CreateTable(table) => Effect::when(schema.table(&table.name).is_some()),
        Operation::DropTable { table } => Effect::when(schema.table(table).is_none()),
        Operation::RenameTable { from, to } => {
            Effect::of_rename(schema.table(from).is_some(), schema.table(to).is_some())
        }
        Operation::AddColumn { table, column, .. } => in_table(schema, table, |table| {
            Effect::when(table.column(&column.name).is_some())
        }),
        Operation::DropColumn { table, column } => in_table(schema, table, |table| {
            Effect::when(table.column(column).is_none())
        }),
        Operation::RenameColumn { table, from, to } => in_table(schema, table, |table| {
            Effect::of_rename(table.column(from).is_some(), table.column(to).is_some())
        }),
        Operation::AddConstraint { table, constraint } => in_table(schema, table, |table| match constraint {
            Constraint::PrimaryKey(key) => {
                let present = table.primary_key.as_ref();
                Effect::when(present.is_some_and(|present| present.columns == key.columns))
            }
            constraint => Effect::when(has_constraint(table, constraint.name())),
        }),
        Operation::DropConstraint { table, constraint } => in_table(schema, table, |table| {
            Effect::when(!has_constraint(table, constraint))
        }),
        Operation::RenameConstraint { table, from, to } => in_table(schema, table, |table| {
            Effect::of_rename(has_constraint(table, from), has_constraint(table, to))
        }),
        Operation::CreateIndex { index, .. } => Effect::when(schema.index(&index.name).is_some()),
        Operation::DropIndex { index } => Effect::when(schema.index(index).is_none()),
        Operation::CreateView(view) => Effect::when(schema.views.contains_key(&view.name)),
        Operation::DropView { view } => Effect::when(!schema.views.contains_key(view)),
        Operation::AlterColumn { .. }
        | Operation::CommentOnTable { .. }
        | Operation::CommentOnColumn { .. } => Effect::Open,
        Operation::Data(_) => Effect::Unknown,
    }
}

/// Whether two operations are about one name, so that the schema does not tell what each of them has done.
pub(crate) fn shares_subject(one: &Operation, other: &Operation) -> bool {
    if let (
        Operation::AlterColumn { column, change, .. },
        Operation::AlterColumn {
            column: same,
            change: after,
            ..
        },
    ) = (one, other)
    {
        let of_type = |change: &ColumnChange| matches!(change, ColumnChange::SetType(_));
        return column == same && of_type(change) && of_type(after);
    }
    if is_replaced(one, other) || is_replaced(other, one) {
        return false;
    }
    let others = subjects(other);
    subjects(one).iter().any(|name| others.contains(name))
}

/// Whether the first drops a constraint and the second makes the primary key that stands in its place.
fn is_replaced(dropped: &Operation, added: &Operation) -> bool {
    match (dropped, added) {
        (
            Operation::DropConstraint { constraint, .. },
            Operation::AddConstraint {
                constraint: Constraint::PrimaryKey(key),
                ..
            },
        ) => key.name == *constraint,
        _ => false,
    }
}

/// The names whose being there tells whether the operation has run.
fn subjects(operation: &Operation) -> Vec<&Name> {
    match operation {
        Operation::CreateTable(table) => vec![&table.name],
        Operation::AddColumn { column, .. } => vec![&column.name],
        Operation::DropTable { table: name }
        | Operation::DropColumn { column: name, .. }
        | Operation::DropConstraint { constraint: name, .. }
        | Operation::DropIndex { index: name }
        | Operation::DropView { view: name } => vec![name],
        Operation::RenameTable { from, to }
        | Operation::RenameColumn { from, to, .. }
        | Operation::RenameConstraint { from, to, .. } => vec![from, to],
        Operation::AddConstraint { constraint, .. } => vec![constraint.name()],
        Operation::CreateIndex { index, .. } => vec![&index.name],
        Operation::CreateView(view) => vec![&view.name],
        Operation::AlterColumn { .. }
        | Operation::CommentOnTable { .. }
        | Operation::CommentOnColumn { .. }
        | Operation::Data(_) => Vec::new(),
    }
}

fn in_table(schema: &Schema, table: &Name, look: impl FnOnce(&Table) -> Effect) -> Effect {
    schema.table(table).map_or(Effect::Unknown, look)
}

fn has_constraint(table: &Table, name: &Name) -> bool {
    find::constraints(table).any(|constraint| constraint.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Operations;

    fn operations(text: &str) -> Vec<Operation> {
        let mut operations = Operations::default();
        operations.execute(text).unwrap();
        operations.into_operations()
    }

    fn after(text: &str) -> Schema {
        let mut schema = Schema::new();
        for operation in operations(text) {
            schema.apply(&operation).unwrap();
        }
        schema
    }

    #[test]
    fn what_is_there_tells_what_has_run() {
        const BEFORE: &str = "CREATE TABLE a (b INTEGER NOT NULL, c INTEGER, CONSTRAINT u UNIQUE (b));\
                              CREATE INDEX i ON a (c); CREATE TABLE d (e INTEGER)";
        for change in [
            "CREATE TABLE x (y INTEGER)",
            "DROP TABLE d",
            "ALTER TABLE d RENAME TO x",
            "ALTER TABLE a ADD COLUMN x INTEGER",
            "ALTER TABLE d DROP COLUMN e",
            "ALTER TABLE a RENAME COLUMN c TO x",
            "ALTER TABLE a ADD CONSTRAINT x CHECK (b > 0)",
            "ALTER TABLE a ADD CONSTRAINT x PRIMARY KEY (b)",
            "ALTER TABLE a DROP CONSTRAINT u",
            "ALTER TABLE a RENAME CONSTRAINT u TO x",
            "CREATE INDEX x ON a (b)",
            "DROP INDEX i",
            "CREATE VIEW x AS SELECT b FROM a",
        ] {
            let change_operations = operations(change);
            if !change.contains("DROP COLUMN e") {
                let done = effects(&change_operations, &after(&format!("{BEFORE}; {change}")));
                assert_eq!(done, [Effect::Done], "{change}");
            }
            let open = effects(&change_operations, &after(BEFORE));
            assert_eq!(open, [Effect::Open], "{change}");
        }
    }

    #[test]
    fn what_may_run_again_is_open() {
        let again = "ALTER TABLE a ALTER COLUMN b SET NOT NULL; COMMENT ON TABLE a IS 'x'";
        let schema = after("CREATE TABLE a (b INTEGER NOT NULL)");
        assert_eq!(effects(&operations(again), &schema), [Effect::Open; 2]);
    }

    #[test]
    fn a_primary_key_is_replaced_at_once() {
        let change =
            "ALTER TABLE a DROP CONSTRAINT pk_a; ALTER TABLE a ADD CONSTRAINT pk_a PRIMARY KEY (b, c)";
        let before = "CREATE TABLE a (b INTEGER PRIMARY KEY, c INTEGER NOT NULL)";
        assert_eq!(effects(&operations(change), &after(before)), [Effect::Open; 2]);
        let done = after("CREATE TABLE a (b INTEGER, c INTEGER, PRIMARY KEY (b, c))");
        assert_eq!(effects(&operations(change), &done), [Effect::Done; 2]);
    }

    #[test]
    fn a_name_that_is_used_twice_tells_nothing() {
        let swap = "ALTER TABLE a RENAME COLUMN b TO x; ALTER TABLE a RENAME COLUMN c TO b";
        let schema = after("CREATE TABLE a (b INTEGER, c INTEGER)");
        assert_eq!(effects(&operations(swap), &schema), [Effect::Unknown; 2]);
    }
}
