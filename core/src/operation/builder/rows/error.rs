//! Why a row cannot be inserted.

/// Why a row cannot be inserted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// Only a struct or a map names its columns.
    #[error("a row is a struct or a map, found {found}")]
    NotARow {
        /// What it is.
        found: &'static str,
    },
    /// A map whose keys are no texts.
    #[error("a key of the map is no text, and so no column's name")]
    KeyNotText,
    /// No column.
    #[error("it has no field")]
    NoFields,
    /// The field's name is no column's name.
    #[error("the field `{field}`: {message}")]
    BadField {
        /// The field.
        field: String,
        /// What is wrong with its name.
        message: String,
    },
    /// The first row has this field.
    #[error("it lacks the field `{field}` of the first row")]
    MissingField {
        /// The field.
        field: String,
    },
    /// The first row does not have this field.
    #[error("it has the field `{field}`, which the first row does not have")]
    ExtraField {
        /// The field.
        field: String,
    },
    /// SQL cannot write the value.
    #[error("the field `{field}` {fault}")]
    Value {
        /// The field.
        field: String,
        /// What is wrong with its value.
        fault: ValueFault,
    },
    /// The row's own code failed.
    #[error("it cannot be read: {message}")]
    Serialize {
        /// What the code says.
        message: String,
    },
}

impl RowError {
    /// What to write instead.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotARow { .. } => Some("derive Serialize for a struct whose fields are the columns"),
            Self::BadField { .. } => Some("give the field another name: `#[serde(rename = \"…\")]`"),
            Self::MissingField { .. } | Self::ExtraField { .. } => {
                Some("give every row the same fields, with None where one has no value")
            }
            Self::Value { fault, .. } => fault.hint(),
            _ => None,
        }
    }
}

impl serde::ser::Error for RowError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Serialize {
            message: message.to_string(),
        }
    }
}

/// Why SQL cannot write a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueFault {
    /// Beyond what BIGINT holds.
    #[error("is {0}, which no whole number of 64 bits is")]
    TooLarge(String),
    /// NaN or infinite.
    #[error("is {0}, which not every engine has")]
    NotFinite(String),
    /// A NUL character, which no SQL text can hold.
    #[error("holds a NUL character")]
    Nul,
    /// The value's own code failed, or JSON does not have it.
    #[error("cannot be read: {0}")]
    Serialize(String),
}

impl ValueFault {
    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::TooLarge(_) => Some("give it as a text, which the engine reads as a NUMERIC"),
            Self::NotFinite(_) => Some("give None"),
            Self::Nul => Some("give bytes"),
            Self::Serialize(_) => None,
        }
    }
}
