//! Why an operation cannot be written in a dialect.

/// Why an operation cannot be written in a dialect.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The engine cannot do it, in this version or at all.
    #[error("{dialect} cannot {what}")]
    Unsupported {
        /// The dialect.
        dialect: &'static str,
        /// What it was asked for, as the end of "cannot …".
        what: String,
        /// What to write instead, or the version that can.
        hint: Option<String>,
    },
    /// The schema that the operation changes is not known.
    #[error("the definition of {object} is needed and not known")]
    Unknown {
        /// The table or index.
        object: String,
    },
}

impl RenderError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Unsupported { hint, .. } => hint.as_deref(),
            Self::Unknown { .. } => None,
        }
    }
}
