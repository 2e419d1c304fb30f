//! The operations that undo an operation.

use super::ApplyError;
use super::ColumnChange;
use super::DataKind;
use super::Loss;
use super::NotInvertible;
use super::Obstacle;
use super::Operation;
use super::find;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// What undoes an operation or a list of operations.
///
/// Applied to the schema after the operation, it leads back to the schema before, but for the order of things within
/// a table: a column, constraint or index that was dropped and comes back stands behind the others
/// ([`Schema::in_name_order`] forgets that order).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inverse {
    /// The operations, in the order in which they must run.
    pub operations: Vec<Operation>,
    /// What they re-create empty.
    pub losses: Vec<Loss>,
}

impl Inverse {
    fn of(operations: Vec<Operation>) -> Self {
        Self {
            operations,
            losses: Vec::new(),
        }
    }
}

impl Operation {
    /// What undoes this operation, given the schema before it.
    ///
    /// # Errors
    ///
    /// When the operation does not fit the schema, when it writes rows, and when it drops a column that could not be
    /// added again to a table with rows. The index in the error is 0.
    ///
    /// ```
    /// use limbeck_core::operation::Operation;
    /// use limbeck_core::schema::{Column, DataType, Name, Schema, Table};
    ///
    /// let name = |text: &str| Name::exact(text).unwrap();
    /// let table = Table::new(name("account"), vec![Column::new(name("id"), DataType::BigInt)]);
    /// let inverse = Operation::CreateTable(table).inverse(&Schema::new()).unwrap();
    /// assert_eq!(inverse.operations, [Operation::DropTable { table: name("account") }]);
    /// assert!(inverse.losses.is_empty());
    /// ```
    pub fn inverse(&self, before: &Schema) -> Result<Inverse, NotInvertible> {
        inverse(self, before).map_err(|obstacle| NotInvertible { index: 0, obstacle })
    }
}

/// The inverse of an operation that fits the schema.
pub(super) fn inverse(operation: &Operation, before: &Schema) -> Result<Inverse, Obstacle> {
    Ok(match operation {
        Operation::DropTable { table } => of_drop_table(find::table(before, table)?),
        Operation::DropColumn { table, column } => {
            of_drop_column(table, find::column(find::table(before, table)?, column)?)?
        }
        Operation::Data(statement) if statement.kind == DataKind::Select => Inverse::default(),
        Operation::Data(statement) => {
            return Err(Obstacle::Rows {
                kind: statement.kind,
                table: statement.table.clone(),
            });
        }
        typed => Inverse::of(of_lossless(typed, before)?),
    })
}

/// The inverse of an operation that takes no data away.
fn of_lossless(operation: &Operation, before: &Schema) -> Result<Vec<Operation>, ApplyError> {
    Ok(vec![match operation {
        Operation::CreateTable(table) => Operation::DropTable {
            table: table.name.clone(),
        },
        Operation::RenameTable { from, to } => Operation::RenameTable {
            from: to.clone(),
            to: from.clone(),
        },
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => return of_add_column(table, column, constraints, before),
        Operation::RenameColumn { table, from, to } => Operation::RenameColumn {
            table: table.clone(),
            from: to.clone(),
            to: from.clone(),
        },
        Operation::AlterColumn {
            table,
            column,
            change,
        } => {
            let present = find::column(find::table(before, table)?, column)?;
            let back = of_change(present, change).map(|change| alter(table, column, change));
            return Ok(back.into_iter().collect());
        }
        Operation::AddConstraint { table, constraint } => {
            let table = find::table(before, table)?;
            return Ok(of_add_constraint(table, &table.columns, constraint));
        }
        Operation::DropConstraint { table, constraint } => Operation::AddConstraint {
            table: table.clone(),
            constraint: find::constraint(find::table(before, table)?, constraint)?,
        },
        Operation::RenameConstraint { table, from, to } => Operation::RenameConstraint {
            table: table.clone(),
            from: to.clone(),
            to: from.clone(),
        },
        Operation::CreateIndex { index, .. } => Operation::DropIndex {
            index: index.name.clone(),
        },
        Operation::DropIndex { index } => {
            let (table, index) = find::index(before, index)?;
            Operation::CreateIndex {
                table: table.name.clone(),
                index: index.clone(),
            }
        }
        Operation::CreateView(view) => Operation::DropView {
            view: view.name.clone(),
        },
        Operation::DropView { view } => Operation::CreateView(find::view(before, view)?.clone()),
        Operation::CommentOnTable { table, .. } => Operation::CommentOnTable {
            table: table.clone(),
            comment: find::table(before, table)?.comment.clone(),
        },
        Operation::CommentOnColumn { table, column, .. } => Operation::CommentOnColumn {
            table: table.clone(),
            column: column.clone(),
            comment: find::column(find::table(before, table)?, column)?.comment.clone(),
        },
        Operation::DropTable { .. } | Operation::DropColumn { .. } | Operation::Data(_) => {
            return Ok(Vec::new());
        }
    }])
}

fn of_drop_table(table: &Table) -> Inverse {
    let (bare, parts) = creation(table);
    Inverse {
        operations: [vec![Operation::CreateTable(bare)], parts].concat(),
        losses: vec![Loss::Table(table.name.clone())],
    }
}

/// What makes a table: the table, and then its indexes and comments, which every dialect writes as statements of their own.
pub(crate) fn creation(table: &Table) -> (Table, Vec<Operation>) {
    let mut bare = table.clone();
    let indexes = std::mem::take(&mut bare.indexes);
    let comment = bare.comment.take();
    let mut comments = Vec::new();
    for column in &mut bare.columns {
        comments.extend(comment_apart(&table.name, column));
    }
    let name = table.name.clone();
    let indexes = indexes.into_iter().map(|index| Operation::CreateIndex {
        table: name.clone(),
        index,
    });
    let mut operations: Vec<Operation> = indexes.collect();
    if comment.is_some() {
        operations.push(Operation::CommentOnTable { table: name, comment });
    }
    operations.extend(comments);
    (bare, operations)
}

fn of_drop_column(table: &Name, column: &Column) -> Result<Inverse, Obstacle> {
    if !column.nullable && column.default.is_none() && column.generated.is_none() {
        return Err(Obstacle::NoValue {
            table: table.clone(),
            column: column.name.clone(),
        });
    }
    let mut losses = Vec::new();
    if column.generated.is_none() {
        losses.push(Loss::Column {
            table: table.clone(),
            column: column.name.clone(),
        });
    }
    let mut column = column.clone();
    let comment = comment_apart(table, &mut column);
    let mut operations = vec![Operation::AddColumn {
        table: table.clone(),
        column,
        constraints: Vec::new(),
    }];
    operations.extend(comment);
    Ok(Inverse { operations, losses })
}

/// Takes the comment off a column that is to be created, and gives the operation that puts it there.
pub(crate) fn comment_apart(table: &Name, column: &mut Column) -> Option<Operation> {
    let comment = column.comment.take()?;
    Some(Operation::CommentOnColumn {
        table: table.clone(),
        column: column.name.clone(),
        comment: Some(comment),
    })
}

fn of_add_column(
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
    before: &Schema,
) -> Result<Vec<Operation>, ApplyError> {
    let before = find::table(before, table)?;
    // While its rows are numbered the column keeps its primary key.
    let numbered = (column.identity && !constraints.is_empty())
        .then(|| alter(table, &column.name, ColumnChange::DropIdentity));
    let constraints = constraints
        .iter()
        .rev()
        .flat_map(|constraint| of_add_constraint(before, &before.columns, constraint));
    let mut operations: Vec<Operation> = numbered.into_iter().chain(constraints).collect();
    operations.push(Operation::DropColumn {
        table: table.clone(),
        column: column.name.clone(),
    });
    Ok(operations)
}

/// Drops the constraint; a primary key has also made its columns NOT NULL.
fn of_add_constraint(table: &Table, columns: &[Column], constraint: &Constraint) -> Vec<Operation> {
    let mut operations = vec![Operation::DropConstraint {
        table: table.name.clone(),
        constraint: constraint.name().clone(),
    }];
    if let Constraint::PrimaryKey(key) = constraint {
        let made_not_null = columns
            .iter()
            .filter(|column| column.nullable && key.columns.contains(&column.name));
        operations
            .extend(made_not_null.map(|column| alter(&table.name, &column.name, ColumnChange::DropNotNull)));
    }
    operations
}

/// The change back; none when the column is so already.
fn of_change(present: &Column, change: &ColumnChange) -> Option<ColumnChange> {
    let default = || match &present.default {
        Some(default) => ColumnChange::SetDefault(default.clone()),
        None => ColumnChange::DropDefault,
    };
    match change {
        ColumnChange::SetType(data_type) if *data_type == present.data_type => None,
        ColumnChange::SetType(_) => Some(ColumnChange::SetType(present.data_type.clone())),
        ColumnChange::SetNotNull => present.nullable.then_some(ColumnChange::DropNotNull),
        ColumnChange::DropNotNull => (!present.nullable).then_some(ColumnChange::SetNotNull),
        ColumnChange::SetDefault(_) => Some(default()),
        ColumnChange::DropDefault => present.default.is_some().then(default),
        ColumnChange::AddIdentity => (!present.identity).then_some(ColumnChange::DropIdentity),
        ColumnChange::DropIdentity => present.identity.then_some(ColumnChange::AddIdentity),
    }
}

fn alter(table: &Name, column: &Name, change: ColumnChange) -> Operation {
    Operation::AlterColumn {
        table: table.clone(),
        column: column.clone(),
        change,
    }
}
