//! The table `[backup]`.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::Config;
use super::ConfigError;
use super::database::unusable;
use super::timeouts::limit;

/// The variable that says whether every run makes a backup first.
pub(super) const VARIABLE: &str = "LIMBECK_BACKUP";

/// What a template of file names may hold.
const PLACEHOLDERS: [&str; 3] = ["{database}", "{time}", "{revision}"];

/// How backups are made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BackupSettings {
    /// A command for the shell; none for what the driver can do itself.
    pub command: Option<String>,
    /// The folder of the files.
    pub folder: PathBuf,
    /// The template of their names, with `{time}`, `{database}` and `{revision}`.
    pub file: String,
    /// Whether every run that has something to do makes one first.
    pub always: bool,
    /// How long the command may run.
    pub timeout: Option<Duration>,
}

/// The keys of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BackupKeys {
    command: Option<String>,
    folder: String,
    file: String,
    always: bool,
    timeout: String,
}

impl Default for BackupKeys {
    fn default() -> Self {
        Self {
            command: None,
            folder: "backups".to_owned(),
            file: "{database}_{time}_{revision}.backup".to_owned(),
            always: false,
            timeout: "none".to_owned(),
        }
    }
}

impl Config {
    /// How backups are made, with their folder in that of the configuration.
    ///
    /// # Errors
    /// A value is wrong.
    pub fn backup(&self) -> Result<BackupSettings, ConfigError> {
        let keys = &self.settings.backup;
        let mut rest = keys.file.clone();
        for placeholder in PLACEHOLDERS {
            rest = rest.replace(placeholder, "");
        }
        if !keys.file.contains("{time}") {
            return Err(self.wrong(
                "backup.file",
                "has no `{time}`, so that one backup would be in the way of the next",
            ));
        }
        if rest.contains(['{', '}', '/', '\\']) {
            let problem =
                "may hold `{database}`, `{time}` and `{revision}`, and is the name of a file in `folder`";
            return Err(self.wrong("backup.file", problem));
        }
        let timeout = limit("timeout", &keys.timeout);
        Ok(BackupSettings {
            command: keys.command.clone(),
            folder: self.root().join(&keys.folder),
            file: keys.file.clone(),
            always: self.always()?,
            timeout: timeout.map_err(|(key, problem)| self.wrong(&format!("backup.{key}"), problem))?,
        })
    }

    /// What the variable says, else the key.
    fn always(&self) -> Result<bool, ConfigError> {
        match self.variables.get(VARIABLE) {
            None => Ok(self.settings.backup.always),
            Some(said) => match said.value.as_str() {
                "always" => Ok(true),
                "never" => Ok(false),
                _ => Err(unusable(said, "is neither `always` nor `never`")),
            },
        }
    }
}
