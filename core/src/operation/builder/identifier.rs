//! Names as code writes them.

use std::fmt;

use crate::operation::PortableError;
use crate::operation::portable::read_name;
use crate::schema::Name;

/// A name as it is written in portable SQL, or a [`Name`] that is known already.
///
/// Without quotes a text becomes lower case, between double quotes it stays as it is. Words like `order` need no quotes
/// here, because nothing but a name can stand where one does.
///
/// ```
/// use limbeck_core::operation::Operations;
/// use limbeck_core::schema::Name;
///
/// let mut operations = Operations::default();
/// operations.drop_table("Order")?;
/// operations.drop_table("\"Order\"")?;
/// operations.drop_table(Name::exact("Order")?)?;
/// assert_eq!(operations.as_slice()[0].table(), Some(&Name::exact("order")?));
/// assert_eq!(operations.as_slice()[1], operations.as_slice()[2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier(Form);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Written(String),
    Known(Name),
}

impl Identifier {
    pub(super) fn read(&self) -> Result<Name, PortableError> {
        match &self.0 {
            Form::Written(text) => read_name(text),
            Form::Known(name) => Ok(name.clone()),
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Form::Written(text) => text,
            Form::Known(name) => name.as_str(),
        })
    }
}

impl From<&str> for Identifier {
    fn from(text: &str) -> Self {
        Self(Form::Written(text.to_owned()))
    }
}

impl From<String> for Identifier {
    fn from(text: String) -> Self {
        Self(Form::Written(text))
    }
}

impl From<&String> for Identifier {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Name> for Identifier {
    fn from(name: Name) -> Self {
        Self(Form::Known(name))
    }
}

impl From<&Name> for Identifier {
    fn from(name: &Name) -> Self {
        Self::from(name.clone())
    }
}

pub(super) fn all<I: Into<Identifier>>(names: impl IntoIterator<Item = I>) -> Vec<Identifier> {
    names.into_iter().map(Into::into).collect()
}
