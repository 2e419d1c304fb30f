//! What is wrong with the data of a database.

use std::fmt;

use serde::Serialize;

/// Keys of rows that a fault shows at most.
const MOST_EXAMPLES: usize = 3;

macro_rules! kinds {
    ($($name:ident $word:literal $meaning:literal;)*) => {
        /// What kind of fault the data of a database has: a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DataFaultKind {
            $(#[doc = $meaning] $name,)*
        }

        impl DataFaultKind {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word of a finding.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

kinds! {
    Orphan "orphan" "rows whose foreign key refers to a row that is not there";
    ForeignKey "foreign_key" "a foreign key that refers to a table or to a key that is not there";
    NotNull "not_null" "rows that are NULL in a NOT NULL column";
    Check "check" "rows that break a CHECK";
    Unique "unique" "rows that repeat a value that must be unique";
    DataType "data_type" "rows whose value is not of the column's type, in a table that is held to its types";
    Index "index" "an index that does not agree with its table, or that is marked as invalid";
    NotValidated "not_validated" "a constraint that was never checked for the rows that were there before it";
    Damage "damage" "the storage of the database is damaged";
    Unchecked "unchecked" "a part of the database that could not be looked at";
}

/// What is wrong with the rows of one table and one of its constraints, or with the database as a whole. A driver finds
/// it with [`Connection::check_data`](super::Connection::check_data).
///
/// ```
/// use limbeck_core::driver::DataFault;
/// use limbeck_core::driver::DataFaultKind;
///
/// let mut fault = DataFault::new(DataFaultKind::NotNull);
/// fault.table = Some("account".into());
/// fault.constraint = Some("column name".into());
/// fault.rows = Some(2);
/// fault.show("id = 7");
/// fault.show("id = 8");
/// assert_eq!(fault.to_string(), "`account`: the column name is NOT NULL, and is NULL in 2 rows: id = 7; id = 8");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DataFault {
    /// What kind of fault.
    #[serde(skip)]
    pub kind: DataFaultKind,
    /// The table; none for a fault of the whole database.
    pub table: Option<String>,
    /// The constraint, column or index, for people: `foreign key fk_image_repository (repository_id)`.
    pub constraint: Option<String>,
    /// What a foreign key refers to: `repository (id)`.
    pub refers_to: Option<String>,
    /// How many rows have the fault, where the driver has counted.
    pub rows: Option<u64>,
    /// The keys of the first of them, for people: `id = 7`. Values that come again stand for their rows.
    pub examples: Vec<String>,
    /// What else the driver knows.
    pub detail: Option<String>,
    /// SQL that gives the rows.
    pub query: Option<String>,
    /// What helps on this database, where it is not what helps on all.
    #[serde(skip)]
    pub remedy: Option<String>,
}

impl DataFault {
    /// A fault of which nothing is told yet.
    pub const fn new(kind: DataFaultKind) -> Self {
        Self {
            kind,
            table: None,
            constraint: None,
            refers_to: None,
            rows: None,
            examples: Vec::new(),
            detail: None,
            query: None,
            remedy: None,
        }
    }

    /// Keeps the key of a row, if it is one of the first.
    pub fn show(&mut self, key: impl Into<String>) {
        if self.examples.len() < MOST_EXAMPLES {
            self.examples.push(key.into());
        }
    }

    /// What to do about it.
    pub fn hints(&self) -> Vec<String> {
        let see = self
            .query
            .as_ref()
            .map(|query| format!("these are the rows: `{query}`"));
        let remedy = self.remedy.clone().unwrap_or_else(|| self.usual_remedy());
        see.into_iter().chain([remedy]).collect()
    }

    fn usual_remedy(&self) -> String {
        let refers_to = self.refers_to.as_deref().unwrap_or("the other table");
        match self.kind {
            DataFaultKind::Orphan => {
                format!(
                    "write the rows that {refers_to} lacks, or correct or delete those that refer to them"
                )
            }
            DataFaultKind::ForeignKey => {
                "make what the foreign key refers to, or drop it; then run this again".to_owned()
            }
            DataFaultKind::NotNull => "give these rows a value, or let the column be NULL".to_owned(),
            DataFaultKind::Check => "correct these rows, or change the check".to_owned(),
            DataFaultKind::Unique => "keep one row of each value".to_owned(),
            DataFaultKind::DataType => "write these values again, as values of the column's type".to_owned(),
            DataFaultKind::Index => "build the index again".to_owned(),
            DataFaultKind::NotValidated => {
                "correct the rows that break it, then have the database validate it".to_owned()
            }
            DataFaultKind::Damage => "restore a backup".to_owned(),
            DataFaultKind::Unchecked => "look at it with a program that has what is missing".to_owned(),
        }
    }

    /// What the sentence is about, after the table.
    fn constraint(&self) -> &str {
        self.constraint.as_deref().unwrap_or(match self.kind {
            DataFaultKind::Orphan | DataFaultKind::ForeignKey => "foreign key",
            DataFaultKind::NotNull | DataFaultKind::DataType => "column",
            DataFaultKind::Index => "index",
            _ => "constraint",
        })
    }
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(table) = &self.table {
            write!(f, "`{table}`: ")?;
        }
        let constraint = self.constraint();
        let refers_to = self.refers_to.as_deref().unwrap_or("its table");
        let detail = self.detail.as_deref().map(|detail| format!(": {detail}"));
        let detail = detail.unwrap_or_default();
        match self.kind {
            DataFaultKind::Orphan => write!(f, "the {constraint} refers to no row of {refers_to}")?,
            DataFaultKind::ForeignKey => {
                write!(f, "the {constraint} cannot refer to {refers_to}{detail}")?;
                return match self.rows {
                    None | Some(0) => Ok(()),
                    Some(_) => write!(f, "; it points nowhere{}", In(self)),
                };
            }
            DataFaultKind::NotNull => write!(f, "the {constraint} is NOT NULL, and is NULL")?,
            DataFaultKind::Check => write!(f, "the {constraint} does not hold")?,
            DataFaultKind::Unique => write!(f, "the {constraint} has a value that comes again")?,
            DataFaultKind::DataType => write!(f, "the {constraint} has a value that is not of its type")?,
            DataFaultKind::Index => write!(f, "the {constraint} does not agree with its table")?,
            DataFaultKind::NotValidated => {
                return write!(
                    f,
                    "the {constraint} was never validated: older rows may break it{detail}"
                );
            }
            DataFaultKind::Damage => return write!(f, "the storage is damaged{detail}"),
            DataFaultKind::Unchecked => return write!(f, "this could not be looked at{detail}"),
        }
        write!(f, "{}{detail}", In(self))
    }
}

/// In how many rows, and in which.
struct In<'a>(&'a DataFault);

impl fmt::Display for In<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DataFault { rows, examples, .. } = self.0;
        match rows {
            Some(1) => write!(f, " in 1 row")?,
            Some(rows) => write!(f, " in {rows} rows")?,
            None => {}
        }
        if examples.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", examples.join("; "))?;
        let shown = u64::try_from(examples.len()).unwrap_or(u64::MAX);
        if examples.len() == MOST_EXAMPLES && rows.is_none_or(|rows| rows > shown) {
            write!(f, "; …")?;
        }
        Ok(())
    }
}
