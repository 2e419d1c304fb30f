//! What is wrong with what was built.

use std::fmt;

use super::RowError;
use crate::operation::PortableError;

/// Why operations cannot be built. Nothing is added then.
///
/// ```
/// use limbeck_core::operation::Operations;
///
/// let mut operations = Operations::default();
/// let error = operations
///     .create_table("account", |t| {
///         t.id("id");
///         t.column("first name", "TEXT");
///         t.check("born < now()");
///     })
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "table `account`: column `first name`: `first name` is not a name without quotes; \
///      check: in `born < now()`: `now` is not a portable function"
/// );
/// assert!(operations.as_slice().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A statement that is not portable SQL.
    #[error(transparent)]
    Statement(#[from] PortableError),
    /// Parts of a table, index or view that cannot be, or not together.
    #[error("{object}: {}", Listed(faults))]
    Faults {
        /// What was built, as `` table `account` ``.
        object: String,
        /// What is wrong with it, at least one.
        faults: Vec<BuildFault>,
    },
    /// A row that cannot be inserted.
    #[error("row {row} for table `{table}`: {error}")]
    Row {
        /// The table.
        table: String,
        /// Which row, from 1.
        row: usize,
        /// What is wrong with it.
        error: RowError,
    },
}

impl BuildError {
    /// What to write instead, one sentence each, and each once.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Statement(error) => error.hint.iter().cloned().collect(),
            Self::Faults { faults, .. } => {
                let mut hints: Vec<String> = Vec::new();
                for hint in faults.iter().filter_map(|fault| fault.hint.as_ref()) {
                    if !hints.contains(hint) {
                        hints.push(hint.clone());
                    }
                }
                hints
            }
            Self::Row { error, .. } => error.hint().map(str::to_owned).into_iter().collect(),
        }
    }
}

/// One thing that is wrong with what was built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BuildFault {
    /// Which part of it: `` column `age` ``. Empty for the whole.
    pub part: String,
    /// The expression or type at fault, where it is one.
    pub text: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl fmt::Display for BuildFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.part.is_empty() {
            write!(f, "{}: ", self.part)?;
        }
        if let Some(text) = &self.text {
            write!(f, "in `{text}`: ")?;
        }
        f.write_str(&self.message)
    }
}

struct Listed<'a>(&'a [BuildFault]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let mark = if index > 0 { "; " } else { "" };
            write!(f, "{mark}{fault}")?;
        }
        Ok(())
    }
}
