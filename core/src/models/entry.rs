//! One part of models: a table, a view, or statements.

use std::fmt;

use super::ModelsError;
use super::Table;
use crate::diff::Rename;
use crate::operation::BuildError;
use crate::operation::CreateTable;
use crate::operation::Operation;
use crate::operation::Operations;
use crate::operation::PortableError;
use crate::operation::PortableOptions;
use crate::operation::portable_name;
use crate::operation::read_name;
use crate::schema::Name;
use crate::script::DirectiveWord;

/// One part of models.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Table(Described),
    View { name: String, query: String },
    Sql(String),
}

/// A table, without the type that describes it.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// The Rust type, for people.
    rust: &'static str,
    name: &'static str,
    former_name: Option<&'static str>,
    former_columns: &'static [(&'static str, &'static str)],
    define: fn(&mut CreateTable),
}

impl Described {
    pub(super) fn of<T: Table>() -> Self {
        Self {
            rust: std::any::type_name::<T>(),
            name: T::NAME,
            former_name: T::FORMER_NAME,
            former_columns: T::FORMER_COLUMNS,
            define: T::define,
        }
    }

    /// The former name of the table, and those of columns with the ones of now.
    fn former_names(&self) -> Result<FormerNames, PortableError> {
        let table = self.former_name.map(read_name).transpose()?;
        let mut columns = Vec::new();
        for (from, to) in self.former_columns {
            columns.push((read_name(from)?, read_name(to)?));
        }
        Ok((table, columns))
    }
}

type FormerNames = (Option<Name>, Vec<(Name, Name)>);

impl Entry {
    /// What the entry makes.
    pub(super) fn operations(&self, options: &PortableOptions) -> Result<Vec<Operation>, ModelsError> {
        let mut operations = Operations::new(options.clone());
        let built = match self {
            Self::Table(table) => operations.create_table(table.name, table.define),
            Self::View { name, query } => operations.create_view(name, query),
            Self::Sql(text) => operations.execute(text),
        };
        built.map_err(|error| self.wrong(error))?;
        let operations = operations.into_operations();
        match operations
            .iter()
            .any(|operation| matches!(operation, Operation::Data(_)))
        {
            true => Err(ModelsError::Rows {
                origin: self.to_string(),
            }),
            false => Ok(operations),
        }
    }

    /// What has another name than it had.
    pub(super) fn renames(&self) -> Result<Vec<Rename>, ModelsError> {
        let Self::Table(table) = self else {
            return Ok(Vec::new());
        };
        let renames = || -> Result<_, PortableError> {
            let name = read_name(table.name)?;
            let (former, columns) = table.former_names()?;
            let former = former.map(|former| Rename::table(former, name.clone()));
            let columns = columns.into_iter();
            let columns = columns.map(|(from, to)| Rename::column(name.clone(), from, to));
            Ok(former.into_iter().chain(columns).collect())
        };
        renames().map_err(|error| self.former(error))
    }

    /// The entry as it was given, in statements of a file of models.
    pub(super) fn sql(&self) -> Result<String, ModelsError> {
        match self {
            Self::Table(table) => self.table_sql(table),
            Self::View { name, query } => {
                self.operations(&PortableOptions::default())?;
                let name = read_name(name).map_err(|error| self.wrong(error.into()))?;
                Ok(ended(&format!(
                    "CREATE VIEW {} AS {}",
                    portable_name(&name),
                    query.trim()
                )))
            }
            Self::Sql(text) => {
                self.operations(&PortableOptions::default())?;
                Ok(ended(text.trim()))
            }
        }
    }

    fn table_sql(&self, table: &Described) -> Result<String, ModelsError> {
        let mut new = CreateTable::default();
        (table.define)(&mut new);
        let statements = new.statements(table.name).map_err(|error| self.wrong(error))?;
        let (former, columns) = table.former_names().map_err(|error| self.former(error))?;
        let columns = columns.iter();
        let columns = columns.map(|(from, to)| format!("{}={}", portable_name(from), portable_name(to)));
        let former: Vec<String> = former.iter().map(portable_name).chain(columns).collect();
        let directive = match former.is_empty() {
            true => String::new(),
            false => format!(
                "-- limbeck:{} {}\n",
                DirectiveWord::RenamedFrom,
                former.join(", ")
            ),
        };
        Ok(directive + &terminated(&statements))
    }

    fn wrong(&self, error: BuildError) -> ModelsError {
        let names_itself = matches!((self, &error), (Self::View { .. }, BuildError::Faults { .. }));
        ModelsError::Build {
            origin: (!names_itself).then(|| self.to_string()),
            error,
        }
    }

    fn former(&self, error: PortableError) -> ModelsError {
        ModelsError::FormerName {
            origin: self.to_string(),
            error,
        }
    }
}

/// Statements that somebody wrote, with a mark at their end: on a line of its own where a comment would take it in.
fn ended(text: &str) -> String {
    let has_comment = text.lines().last().is_some_and(|line| line.contains("--"));
    match (text.ends_with(';') && !has_comment, has_comment) {
        (true, _) => format!("{text}\n"),
        (false, true) => format!("{text}\n;\n"),
        (false, false) => format!("{text};\n"),
    }
}

fn terminated(statements: &[String]) -> String {
    let statements = statements.iter().map(|statement| format!("{statement};\n"));
    statements.collect()
}

/// Which one it is, for people.
impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(f, "`{}`", table.rust),
            Self::View { name, .. } => write!(f, "view `{name}`"),
            Self::Sql(text) => write!(f, "`{}`", text.trim().lines().next().unwrap_or_default()),
        }
    }
}
