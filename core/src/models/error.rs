//! What is wrong with models in Rust.

use crate::operation::ApplyError;
use crate::operation::BuildError;
use crate::operation::PortableError;

/// Why models in Rust make no schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelsError {
    /// What is said is not portable SQL, or does not go together.
    #[error("{}{error}", prefix(origin.as_deref()))]
    Build {
        /// Which model, as `` `shop::Account` ``, where the error does not tell it itself.
        origin: Option<String>,
        /// What is wrong with it.
        error: BuildError,
    },
    /// A former name is no name.
    #[error("{origin}: a former name: {error}")]
    FormerName {
        /// Which model.
        origin: String,
        /// What is wrong with it.
        error: PortableError,
    },
    /// What is said does not fit the other models.
    #[error("{origin}: {error}")]
    Misfit {
        /// Which model.
        origin: String,
        /// What is wrong.
        error: ApplyError,
    },
    /// Models are about tables, not about their rows.
    #[error("{origin}: models hold no rows")]
    Rows {
        /// Which model.
        origin: String,
    },
}

impl ModelsError {
    /// What to do about it, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Build { error, .. } => error.hints(),
            Self::FormerName { error, .. } => error.hint.iter().cloned().collect(),
            Self::Misfit { error, .. } => error.hint().into_iter().collect(),
            Self::Rows { .. } => vec!["write rows in a revision: `INSERT`, or `-- limbeck:load`".to_owned()],
        }
    }
}

fn prefix(origin: Option<&str>) -> String {
    origin.map_or_else(String::new, |origin| format!("{origin}: "))
}
