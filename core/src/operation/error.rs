//! Why an operation cannot be applied to a schema.

use super::Object;
use super::object::listed;
use crate::schema::Name;

/// Why an operation cannot be applied to a schema. The schema is then as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The operation names something that does not exist.
    #[error("there is no {object}")]
    Missing {
        /// What it names.
        object: Object,
        /// A name that was perhaps meant.
        near: Option<Name>,
    },
    /// The operation is for tables and names a view, or the other way round.
    #[error("{found} is not what this statement is for")]
    WrongKind {
        /// What has the name.
        found: Object,
    },
    /// Something else has the name already.
    #[error("the name of the new {object} is taken by {by}")]
    Taken {
        /// What should get the name.
        object: Object,
        /// What has it.
        by: Object,
    },
    /// The name differs from another one only in the case of its letters.
    #[error("the names of {object} and {other} differ only in the case of their letters")]
    CaseClash {
        /// What should get the name.
        object: Object,
        /// What has the other name.
        other: Object,
    },
    /// The name is longer than all engines keep.
    #[error("the name of {object} has {} bytes, and {} are kept everywhere", object.name().as_str().len(), Name::MAX_PORTABLE_BYTES)]
    TooLong {
        /// What should get the name.
        object: Object,
    },
    /// Something else needs what the operation would take away.
    #[error("{object} is needed by {}", listed(users))]
    InUse {
        /// What would go.
        object: Object,
        /// What needs it.
        users: Vec<Object>,
    },
    /// A key, index or statement names a column more than once.
    #[error("{object} names the column `{column}` twice")]
    ColumnTwice {
        /// What names it.
        object: Object,
        /// The column.
        column: Name,
    },
    /// A table without columns, a key of no column.
    #[error("{object} has no column")]
    NoColumns {
        /// What has none.
        object: Object,
    },
    /// The table has a primary key already.
    #[error("table `{table}` has the primary key `{constraint}` already")]
    SecondPrimaryKey {
        /// The table.
        table: Name,
        /// Its primary key.
        constraint: Name,
    },
    /// A column cannot be like this.
    #[error("column `{table}.{column}` {fault}")]
    Column {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
        /// What is wrong.
        fault: ColumnFault,
    },
    /// A foreign key cannot be like this.
    #[error("foreign key `{constraint}` of table `{table}` {fault}")]
    ForeignKey {
        /// The table.
        table: Name,
        /// The foreign key.
        constraint: Name,
        /// What is wrong.
        fault: ForeignKeyFault,
    },
    /// The query of a view cannot be read, or would not mean the same any more.
    #[error("the query of view `{view}` {fault}")]
    View {
        /// The view.
        view: Name,
        /// What is wrong.
        fault: QueryFault,
    },
    /// A number stands where a truth value belongs.
    #[error("{number} is not a value of the BOOLEAN column `{table}.{column}`")]
    NumberForBoolean {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
        /// The number as written.
        number: String,
    },
    /// An INSERT gives a row more or fewer values than it names columns.
    #[error("row {row} of the INSERT into `{table}` has {values} values for {columns} columns")]
    ValueCount {
        /// The table.
        table: Name,
        /// The row of the list, from 1.
        row: usize,
        /// The columns it should fill.
        columns: usize,
        /// The values it has.
        values: usize,
    },
}

/// What is wrong with a column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnFault {
    /// An identity column that is not the whole primary key.
    #[error("is numbered by the engine and must be the only column of the primary key")]
    IdentityOutsideKey,
    /// An identity column that is not a whole number.
    #[error("is numbered by the engine and must be SMALLINT, INTEGER or BIGINT")]
    IdentityType,
    /// More than one of identity, default and generated.
    #[error("can have only one of a default, GENERATED … AS IDENTITY and GENERATED ALWAYS AS (…)")]
    TwoOrigins,
    /// A primary key column that should allow NULL.
    #[error("is part of the primary key and cannot be NULL")]
    NullInKey,
    /// A default that reads columns.
    #[error("has a default that reads the column `{0}`")]
    DefaultReadsColumn(Name),
    /// A generated column that reads a generated column.
    #[error("is generated from `{0}`, which is generated itself")]
    GeneratedFromGenerated(Name),
    /// A value is given for a generated column.
    #[error("is generated and cannot be written")]
    GeneratedIsWritten,
}

/// What is wrong with a foreign key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ForeignKeyFault {
    /// The referenced table has no primary key, and no columns are named.
    #[error("references table `{0}`, which has no primary key")]
    NoPrimaryKey(Name),
    /// As many columns must refer as are referred to.
    #[error("has {columns} columns and references {referenced}")]
    ColumnCount {
        /// The referencing columns.
        columns: usize,
        /// The referenced columns.
        referenced: usize,
    },
    /// The types differ.
    #[error("compares the columns `{column}` and `{referenced_table}.{referenced}`, whose types differ")]
    Types {
        /// The referencing column.
        column: Name,
        /// The referenced table.
        referenced_table: Name,
        /// The referenced column.
        referenced: Name,
    },
    /// The referenced columns are not a key.
    #[error("references columns of table `{0}` that are neither its primary key nor unique")]
    NotUnique(Name),
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryFault {
    /// A table or view that does not exist.
    #[error("reads `{relation}`, which does not exist")]
    NoRelation {
        /// The table or view.
        relation: Name,
        /// A name that was perhaps meant.
        near: Option<Name>,
    },
    /// A name before a point that the FROM clause does not give.
    #[error("names `{0}`, which its FROM clause does not")]
    NoQualifier(Name),
    /// A column that does not exist.
    #[error("reads the column `{column}`, which does not exist")]
    NoColumn {
        /// The column.
        column: Name,
        /// A name that was perhaps meant.
        near: Option<Name>,
    },
    /// A column that more than one of the tables has.
    #[error("reads the column `{0}`, which more than one of its tables has")]
    Ambiguous(Name),
    /// Two tables of one FROM clause have the same name.
    #[error("names `{0}` twice in one FROM clause")]
    Twice(Name),
    /// All columns of a table: some engines mean those of today, others those of the day on which the view is read.
    #[error(
        "reads all columns of `{0}` with *, which does not mean the same everywhere when a column is added"
    )]
    Star(Name),
    /// After the change a name of the query would mean something else.
    #[error("would read something else by the name `{0}`")]
    Changed(Name),
}

impl ApplyError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Missing { near, .. } => near.as_ref().map(did_you_mean),
            Self::WrongKind { found } => match found {
                Object::View(view) => Some(format!("`{view}` is a view: drop it and create it anew")),
                _ => None,
            },
            Self::Taken { .. } | Self::CaseClash { .. } => Some("choose another name".to_owned()),
            Self::TooLong { .. } => {
                Some("choose a shorter name; a constraint can be named with CONSTRAINT <name>".to_owned())
            }
            Self::InUse { users, .. } => Some(format!("first drop or change {}", listed(users))),
            Self::ColumnTwice { .. } => Some("name it once".to_owned()),
            Self::NoColumns { .. } => None,
            Self::SecondPrimaryKey { constraint, .. } => Some(format!(
                "drop `{constraint}` first, or write UNIQUE for a second key"
            )),
            Self::Column { fault, .. } => fault.hint(),
            Self::ForeignKey { fault, .. } => fault.hint(),
            Self::View { view, fault } => fault.hint(view),
            Self::NumberForBoolean { number, .. } => Some(match number.as_str() {
                "0" => "write FALSE".to_owned(),
                "1" => "write TRUE".to_owned(),
                _ => "write TRUE or FALSE".to_owned(),
            }),
            Self::ValueCount { .. } => Some("name the columns, and give each a value".to_owned()),
        }
    }

    /// The object that the operation names and the schema lacks. Where a part of the schema is not known, this is
    /// not a mistake of the script.
    pub fn missing(&self) -> Option<&Object> {
        match self {
            Self::Missing { object, .. } => Some(object),
            _ => None,
        }
    }
}

impl ColumnFault {
    fn hint(&self) -> Option<String> {
        match self {
            Self::IdentityOutsideKey => Some("write PRIMARY KEY (…) with this column alone".to_owned()),
            Self::NullInKey => Some("drop the primary key first".to_owned()),
            Self::DefaultReadsColumn(_) => Some("write GENERATED ALWAYS AS (…) STORED".to_owned()),
            Self::GeneratedFromGenerated(_) => Some("repeat the expression of that column".to_owned()),
            Self::IdentityType | Self::TwoOrigins | Self::GeneratedIsWritten => None,
        }
    }
}

impl ForeignKeyFault {
    fn hint(&self) -> Option<String> {
        match self {
            Self::NoPrimaryKey(table) => Some(format!("name the columns: REFERENCES {table} (…)")),
            Self::ColumnCount { .. } => Some("reference as many columns as refer".to_owned()),
            Self::Types { .. } => {
                Some("give both columns the same type; to change both, drop the foreign key first".to_owned())
            }
            Self::NotUnique(table) => Some(format!(
                "add a UNIQUE constraint on just these columns of `{table}`"
            )),
        }
    }
}

impl QueryFault {
    fn hint(&self, view: &Name) -> Option<String> {
        match self {
            Self::NoRelation { near, .. } | Self::NoColumn { near, .. } => near.as_ref().map(did_you_mean),
            Self::NoQualifier(_) => None,
            Self::Ambiguous(column) => Some(format!("write the table before it: <table>.{column}")),
            Self::Twice(name) => Some(format!("give one an alias: {name} AS …")),
            Self::Star(_) => Some("name the columns".to_owned()),
            Self::Changed(_) => Some(format!(
                "drop `{view}` before the change and create it anew after it"
            )),
        }
    }
}

fn did_you_mean(near: &Name) -> String {
    format!("did you mean `{near}`?")
}
