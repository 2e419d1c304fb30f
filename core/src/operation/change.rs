//! The operations themselves.

use serde::Deserialize;
use serde::Serialize;

use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Index;
use crate::schema::Name;
use crate::schema::Table;
use crate::schema::TokenRun;
use crate::schema::View;

/// One change of the schema or of its rows, with everything a dialect needs to write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Operation {
    /// `CREATE TABLE`
    CreateTable(Table),
    /// `DROP TABLE`
    DropTable {
        /// The table.
        table: Name,
    },
    /// `ALTER TABLE … RENAME TO …`
    RenameTable {
        /// The present name.
        from: Name,
        /// The new name.
        to: Name,
    },
    /// `ALTER TABLE … ADD COLUMN …`, with the constraints written in it.
    AddColumn {
        /// The table.
        table: Name,
        /// The new column.
        column: Column,
        /// Constraints written with the column.
        constraints: Vec<Constraint>,
    },
    /// `ALTER TABLE … DROP COLUMN …`
    DropColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
    /// `ALTER TABLE … RENAME COLUMN … TO …`
    RenameColumn {
        /// The table.
        table: Name,
        /// The present name.
        from: Name,
        /// The new name.
        to: Name,
    },
    /// `ALTER TABLE … ALTER COLUMN …`
    AlterColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
        /// What changes.
        change: ColumnChange,
    },
    /// `ALTER TABLE … ADD CONSTRAINT …`
    AddConstraint {
        /// The table.
        table: Name,
        /// The new constraint.
        constraint: Constraint,
    },
    /// `ALTER TABLE … DROP CONSTRAINT …`
    DropConstraint {
        /// The table.
        table: Name,
        /// The constraint.
        constraint: Name,
    },
    /// `ALTER TABLE … RENAME CONSTRAINT … TO …`
    RenameConstraint {
        /// The table.
        table: Name,
        /// The present name.
        from: Name,
        /// The new name.
        to: Name,
    },
    /// `CREATE [UNIQUE] INDEX`
    CreateIndex {
        /// The table.
        table: Name,
        /// The new index.
        index: Index,
    },
    /// `DROP INDEX`
    DropIndex {
        /// The index; its table is found in the schema where a dialect needs it.
        index: Name,
    },
    /// `CREATE VIEW`
    CreateView(View),
    /// `DROP VIEW`
    DropView {
        /// The view.
        view: Name,
    },
    /// `COMMENT ON TABLE`
    CommentOnTable {
        /// The table.
        table: Name,
        /// The text, or none to remove it.
        comment: Option<String>,
    },
    /// `COMMENT ON COLUMN`
    CommentOnColumn {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
        /// The text, or none to remove it.
        comment: Option<String>,
    },
    /// A statement that reads or writes rows.
    Data(DataStatement),
}

impl Operation {
    /// The table that this creates, changes, drops or writes, by its name before the operation. A view has none, and
    /// that of `DROP INDEX` is found in the schema.
    pub fn table(&self) -> Option<&Name> {
        match self {
            Self::CreateTable(table) => Some(&table.name),
            Self::RenameTable { from, .. } => Some(from),
            Self::DropTable { table }
            | Self::AddColumn { table, .. }
            | Self::DropColumn { table, .. }
            | Self::RenameColumn { table, .. }
            | Self::AlterColumn { table, .. }
            | Self::AddConstraint { table, .. }
            | Self::DropConstraint { table, .. }
            | Self::RenameConstraint { table, .. }
            | Self::CreateIndex { table, .. }
            | Self::CommentOnTable { table, .. }
            | Self::CommentOnColumn { table, .. } => Some(table),
            Self::Data(statement) => statement.table.as_ref(),
            Self::DropIndex { .. } | Self::CreateView(_) | Self::DropView { .. } => None,
        }
    }

    /// The table that `ALTER TABLE` or `COMMENT ON` changes without giving it another name.
    pub fn altered_table(&self) -> Option<&Name> {
        match self {
            Self::AddColumn { table, .. }
            | Self::DropColumn { table, .. }
            | Self::RenameColumn { table, .. }
            | Self::AlterColumn { table, .. }
            | Self::AddConstraint { table, .. }
            | Self::DropConstraint { table, .. }
            | Self::RenameConstraint { table, .. }
            | Self::CommentOnTable { table, .. }
            | Self::CommentOnColumn { table, .. } => Some(table),
            _ => None,
        }
    }

    /// The types that columns get.
    pub fn data_types(&self) -> Vec<&DataType> {
        match self {
            Self::CreateTable(table) => table.columns.iter().map(|column| &column.data_type).collect(),
            Self::AddColumn { column, .. } => vec![&column.data_type],
            Self::AlterColumn {
                change: ColumnChange::SetType(data_type),
                ..
            } => vec![data_type],
            _ => Vec::new(),
        }
    }
}

/// What `ALTER COLUMN` changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnChange {
    /// `SET DATA TYPE`
    SetType(DataType),
    /// `SET NOT NULL`
    SetNotNull,
    /// `DROP NOT NULL`
    DropNotNull,
    /// `SET DEFAULT`
    SetDefault(Expression),
    /// `DROP DEFAULT`
    DropDefault,
    /// `ADD GENERATED BY DEFAULT AS IDENTITY`: the engine numbers the rows to come, behind those that are there.
    AddIdentity,
    /// `DROP IDENTITY`: the rows keep their numbers.
    DropIdentity,
}

impl ColumnChange {
    /// Changes the column, whether or not the rest of its table allows that.
    pub fn apply_to(&self, column: &mut Column) {
        match self {
            Self::SetType(data_type) => column.data_type = data_type.clone(),
            Self::SetNotNull => column.nullable = false,
            Self::DropNotNull => column.nullable = true,
            Self::SetDefault(default) => column.default = Some(default.clone()),
            Self::DropDefault => column.default = None,
            Self::AddIdentity => column.identity = true,
            Self::DropIdentity => column.identity = false,
        }
    }
}

/// A statement over rows: its head is parsed, the whole is a run of portable tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DataStatement {
    /// What it does.
    pub kind: DataKind,
    /// The table it writes; for a SELECT, none.
    pub table: Option<Name>,
    /// The columns an INSERT names or an UPDATE sets.
    pub columns: Vec<Name>,
    /// The whole statement, without its end.
    pub run: TokenRun,
}

impl DataStatement {
    /// A statement of this kind over `table`.
    pub fn new(kind: DataKind, table: Option<Name>, columns: Vec<Name>, run: TokenRun) -> Self {
        Self {
            kind,
            table,
            columns,
            run,
        }
    }
}

/// What a statement over rows does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataKind {
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
    /// `SELECT`
    Select,
}
