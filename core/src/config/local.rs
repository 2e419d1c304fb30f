//! The table `[local]`.

use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use super::Config;

/// The server for development, and the tests that use it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocalSettings {
    /// The compose file, where it is named.
    pub compose: Option<PathBuf>,
    /// Its service that is the database.
    pub service: String,
    /// The command for the shell that runs the integration tests.
    pub test: Option<String>,
}

/// The keys of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct LocalKeys {
    compose: Option<String>,
    service: String,
    test: Option<String>,
}

impl Default for LocalKeys {
    fn default() -> Self {
        Self {
            compose: None,
            service: "db".to_owned(),
            test: None,
        }
    }
}

impl Config {
    /// The server for development, and the tests that use it.
    pub fn local(&self) -> LocalSettings {
        let keys = &self.settings.local;
        LocalSettings {
            compose: keys.compose.as_ref().map(|file| self.root().join(file)),
            service: keys.service.clone(),
            test: keys.test.clone(),
        }
    }
}
