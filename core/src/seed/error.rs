//! What can be wrong with a seed.

use std::fmt;

use crate::data_file::DataError;
use crate::dialect::RenderError;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::operation::PortableError;
use crate::script::ScriptError;
use crate::sql::Place;

/// What is wrong with a seed, or has gone wrong with one. Nothing of the run is kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The folder or a file of it cannot be read.
    #[error("{folder}: it cannot be read: {reason}")]
    Folder {
        /// The path.
        folder: String,
        /// The system's words.
        reason: String,
    },
    /// A file that is no seed.
    #[error("{file}: the ending says no format of seeds")]
    Format {
        /// The file.
        file: String,
    },
    /// A name that the journal cannot hold.
    #[error("`{name}` cannot be the name of a seed")]
    Name {
        /// The name.
        name: String,
    },
    /// Two seeds of one name.
    #[error("two seeds have the name `{name}`")]
    SameName {
        /// The name.
        name: String,
    },
    /// `seeds.toml` has a mistake.
    #[error("{}: {problem}", Line(file, *line))]
    Manifest {
        /// The file.
        file: String,
        /// The line, from 1.
        line: Option<usize>,
        /// What is wrong.
        problem: String,
    },
    /// A file of SQL has a mistake.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// A portable statement is not understood.
    #[error("{place}: {error}")]
    Portable {
        /// The place of the mistake.
        place: Place,
        /// What is wrong.
        error: PortableError,
    },
    /// A statement does something else than to write rows.
    #[error("{place}: a seed only writes rows, and this statement {does}")]
    NotRows {
        /// The statement.
        place: Place,
        /// What it does: "changes the schema".
        does: &'static str,
    },
    /// The database's dialect cannot write a statement or rows.
    #[error("{}{error}", Placed(place.as_ref(), seed))]
    Render {
        /// The seed.
        seed: String,
        /// The statement, where it stands in a file.
        place: Option<Place>,
        /// What the dialect cannot do.
        error: RenderError,
    },
    /// A name that means no seed.
    #[error("there is no seed `{name}`")]
    Unknown {
        /// The name.
        name: String,
        /// A seed that was perhaps meant.
        near: Option<String>,
    },
    /// A seed of another environment.
    #[error("the seed `{name}` is for the environment `{environment}` alone, and this is {}", Present(present.as_deref()))]
    Elsewhere {
        /// The seed.
        name: String,
        /// The environment that it is for.
        environment: String,
        /// The one that this is.
        present: Option<String>,
    },
    /// The database lacks revisions.
    #[error("the database lacks {pending} of the revisions, and seeds are written for the schema after them")]
    NotUpgraded {
        /// How many it lacks.
        pending: usize,
    },
    /// The database has no such table.
    #[error("{file}: there is no table `{table}`")]
    NoTable {
        /// The file.
        file: String,
        /// The table.
        table: String,
    },
    /// The table has no primary key.
    #[error("{file}: the table `{table}` has no primary key, so that its rows cannot be found again")]
    NoKey {
        /// The file.
        file: String,
        /// The table.
        table: String,
        /// What would find them.
        could_be: Vec<String>,
    },
    /// The table does not have a column of the key that was asked for.
    #[error("{file}: the key names the column `{column}`, which the table `{table}` does not have")]
    NoKeyColumn {
        /// The file.
        file: String,
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// The database allows two rows with one key.
    #[error("{file}: the table `{table}` may have two rows with the same ({key}), so that it is no key")]
    NotUnique {
        /// The file.
        file: String,
        /// The table.
        table: String,
        /// Its columns.
        key: String,
        /// What would be one.
        could_be: Vec<String>,
    },
    /// The file does not have a column of the key.
    #[error("{file}: the file lacks the column `{column}`, by which rows of `{table}` are found")]
    KeyNotInFile {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The table.
        table: String,
        /// What would find them.
        could_be: Vec<String>,
    },
    /// Tables refer to each other in a circle.
    #[error("the tables refer to each other in a circle, and none of the references can be NULL for a while: {}", circle.join(" > "))]
    Circle {
        /// The tables, the first of them also last.
        circle: Vec<String>,
    },
    /// The rows of a file are not what their table wants.
    #[error(transparent)]
    Data(#[from] DataError),
    /// An assertion of a seed found rows.
    #[error("{place}: the assertion found {rows} {}, the first is {first}", if *rows == 1 { "row" } else { "rows" })]
    Assertion {
        /// The assertion.
        place: Place,
        /// How many rows.
        rows: usize,
        /// The first of them.
        first: String,
    },
    /// The database refused rows of a file.
    #[error("{file}:{first_line}: the database refuses {}: {error}", Lines(*first_line, *last_line))]
    Rows {
        /// The file.
        file: String,
        /// The line on which the first of them begins, from 1.
        first_line: usize,
        /// The line on which the last of them begins.
        last_line: usize,
        /// What the server said.
        #[source]
        error: DriverError,
    },
    /// The database refused a statement, or code has failed.
    #[error("{}{error}", Placed(place.as_ref(), seed))]
    Statement {
        /// The seed.
        seed: String,
        /// The statement, where it stands in a file.
        place: Option<Place>,
        /// What the server said.
        #[source]
        error: DriverError,
    },
}

impl SeedError {
    /// The place in a file of SQL.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Script(error) => error.place(),
            Self::Portable { place, .. } | Self::NotRows { place, .. } | Self::Assertion { place, .. } => {
                Some(place)
            }
            Self::Render { place, .. } | Self::Statement { place, .. } => place.as_ref(),
            _ => None,
        }
    }

    /// What the server said.
    pub fn driver_error(&self) -> Option<&DriverError> {
        match self {
            Self::Rows { error, .. } | Self::Statement { error, .. } => Some(error),
            _ => None,
        }
    }

    /// What to do about it, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        let mut hints = self.remedies();
        if self.has_begun() {
            hints.push("nothing of this run was kept".to_owned());
        }
        hints
    }

    /// Whether others may have written their rows before it.
    const fn has_begun(&self) -> bool {
        matches!(
            self,
            Self::Data(_) | Self::Assertion { .. } | Self::Rows { .. } | Self::Statement { .. }
        )
    }

    fn remedies(&self) -> Vec<String> {
        let hint = match self {
            Self::Format { .. } => "seeds end in .sql, .csv, .jsonl or .ndjson; put other files elsewhere",
            Self::Name { .. } => "choose a shorter name of plain characters",
            Self::SameName { .. } => "rename one of them: the journal knows a seed by its name",
            Self::Script(error) => return error.hint().into_iter().collect(),
            Self::Portable { error, .. } => return error.hint.iter().cloned().collect(),
            Self::NotRows { .. } => "put it into a revision: `limbeck revision -m \"…\"`",
            Self::Render { error, .. } => return error.hint().map(str::to_owned).into_iter().collect(),
            Self::Unknown { near: Some(near), .. } => return vec![format!("did you mean `{near}`?")],
            Self::Unknown { .. } => "`limbeck seed --list` shows all seeds",
            Self::Elsewhere { environment, .. } => {
                return vec![format!(
                    "`limbeck seed --env {environment}` runs it, on the database of that environment"
                )];
            }
            Self::NotUpgraded { .. } => "run `limbeck upgrade` first",
            Self::NoTable { .. } => {
                "the table has the name of the file without its number and ending, or the one that `table` in seeds.toml says"
            }
            Self::NoKey { could_be, .. }
            | Self::NotUnique { could_be, .. }
            | Self::KeyNotInFile { could_be, .. } => {
                return vec![key_hint(could_be)];
            }
            Self::NoKeyColumn { .. } => "correct `key` in seeds.toml",
            Self::Circle { .. } => {
                "let one of the columns be NULL, or write the rows in a file of SQL, in the order that the database takes"
            }
            Self::Data(error) => return error.hint().into_iter().collect(),
            Self::Rows { error, .. } if error.kind == DriverErrorKind::Constraint => {
                "each row is found by its key; what keeps it out is another unique key, a reference or a check"
            }
            _ => return Vec::new(),
        };
        vec![hint.to_owned()]
    }
}

fn key_hint(could_be: &[String]) -> String {
    match could_be {
        [] => "give the table a primary key or a unique constraint whose columns are in the file".to_owned(),
        keys => {
            let keys: Vec<String> = keys.iter().map(|key| format!("({key})")).collect();
            format!(
                "say which key finds a row, with `key` in seeds.toml: {}",
                keys.join(" or ")
            )
        }
    }
}

/// Which rows.
struct Lines(usize, usize);

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 == self.1 {
            true => f.write_str("the row"),
            false => write!(f, "one of the rows from there to line {}", self.1),
        }
    }
}

struct Line<'a>(&'a str, Option<usize>);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(line) => write!(f, "{}:{line}", self.0),
            None => f.write_str(self.0),
        }
    }
}

/// The place, or else the seed.
struct Placed<'a>(Option<&'a Place>, &'a str);

impl fmt::Display for Placed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{place}: "),
            None => write!(f, "{}: ", self.1),
        }
    }
}

struct Present<'a>(Option<&'a str>);

impl fmt::Display for Present<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(environment) => write!(f, "`{environment}`"),
            None => f.write_str("none"),
        }
    }
}
