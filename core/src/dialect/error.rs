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
    /// One operation of a list could not be written.
    #[error("{error}")]
    At {
        /// Its place in the list.
        operation: usize,
        /// Why.
        error: Box<Self>,
    },
}

impl RenderError {
    /// `dialect` cannot do `what`, the end of a sentence "… cannot …".
    pub fn unsupported(dialect: &'static str, what: impl Into<String>) -> Self {
        Self::Unsupported {
            dialect,
            what: what.into(),
            hint: None,
        }
    }

    /// The same with what to write instead. Only an unsupported operation takes a hint.
    #[must_use]
    pub fn with_hint(mut self, text: impl Into<String>) -> Self {
        if let Self::Unsupported { hint, .. } = &mut self {
            *hint = Some(text.into());
        }
        self
    }

    /// The same for an operation of a list.
    #[must_use]
    pub fn at(self, operation: usize) -> Self {
        Self::At {
            operation,
            error: Box::new(self),
        }
    }

    /// The same without its place in a list.
    #[must_use]
    pub fn inner(self) -> Self {
        match self {
            Self::At { error, .. } => error.inner(),
            other => other,
        }
    }

    /// Whether the schema is to blame, of which too little is known.
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unknown { .. } => true,
            Self::At { error, .. } => error.is_unknown(),
            Self::Unsupported { .. } => false,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Unsupported { hint, .. } => hint.as_deref(),
            Self::Unknown { .. } => None,
            Self::At { error, .. } => error.hint(),
        }
    }

    /// The place of the operation in the list that was rendered.
    pub fn operation(&self) -> Option<usize> {
        match self {
            Self::At { operation, .. } => Some(*operation),
            _ => None,
        }
    }
}
