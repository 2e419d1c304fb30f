//! Where a value comes from.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layer {
    /// What limbeck does by itself.
    Default,
    /// `limbeck.toml`.
    File(PathBuf),
    /// An `.env` file.
    EnvironmentFile(PathBuf),
    /// The environment of the process.
    Environment,
    /// A flag.
    Flag,
}

impl Layer {
    /// What a relative path in this layer begins at; empty for the working directory.
    pub fn folder(&self) -> PathBuf {
        match self {
            Self::File(path) | Self::EnvironmentFile(path) => {
                path.parent().map(Path::to_owned).unwrap_or_default()
            }
            Self::Default | Self::Environment | Self::Flag => PathBuf::new(),
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) | Self::EnvironmentFile(path) => write!(f, "{}", path.display()),
            Self::Environment => f.write_str("environment"),
            Self::Flag => f.write_str("flag"),
        }
    }
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Its layer.
    pub layer: Layer,
    /// The key, variable or flag by which it was given, or empty for a default.
    pub name: String,
}

impl<T> Sourced<T> {
    pub(super) fn new(value: T, layer: Layer, name: impl Into<String>) -> Self {
        Self {
            value,
            layer,
            name: name.into(),
        }
    }

    pub(super) fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Sourced<U>, E> {
        Ok(Sourced {
            value: change(self.value)?,
            layer: self.layer,
            name: self.name,
        })
    }
}
