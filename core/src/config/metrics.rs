//! The table `[metrics]`.

use std::path::PathBuf;

use serde::Deserialize;
use serde::Serialize;

use super::Config;
use super::ConfigError;

/// What stands for the name of the database in the name of the file.
const DATABASE: &str = "{database}";

/// The keys of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct MetricsKeys {
    file: Option<String>,
}

impl Config {
    /// The file into which metrics about a database of this name are written, if any.
    pub fn metrics_file(&self, database: &str) -> Option<PathBuf> {
        let file = self.settings.metrics.file.as_ref()?;
        Some(self.root().join(file.replace(DATABASE, database)))
    }

    /// Several databases need a file each: a later run would write over what an earlier one has told of another.
    pub(super) fn check_metrics(&self) -> Result<(), ConfigError> {
        let Some(file) = &self.settings.metrics.file else {
            return Ok(());
        };
        if self.settings.databases.len() > 1 && !file.contains(DATABASE) {
            let problem = "has no `{database}`, and each of several databases needs a file of its own";
            return Err(self.wrong("metrics.file", problem));
        }
        Ok(())
    }
}
