//! Which value comes from where.

use std::path::PathBuf;

use serde_json::Value;

use super::Config;
use super::Layer;
use super::Sourced;
use super::backup;
use super::cache;
use super::keys;
use crate::driver::DatabaseUrl;

/// A file of variables that the configuration looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvFile {
    /// Where it stands.
    pub path: PathBuf,
    /// Whether it is there.
    pub is_there: bool,
}

/// A setting, its value without secrets, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explained {
    /// The key, with the tables that it stands in.
    pub key: String,
    /// The value, for people; none for what is not set.
    pub value: Option<String>,
    /// Its layer.
    pub layer: Layer,
    /// The variable that gave it, where it was one.
    pub variable: Option<String>,
}

impl Config {
    /// Where the environment was chosen; none when it was not.
    pub fn mode_source(&self) -> Option<&Sourced<String>> {
        self.variables.get(&self.settings.environment_variable)
    }

    /// The files of variables, from the least to the most specific.
    pub fn env_files(&self) -> Vec<EnvFile> {
        let names = self.env_file_names();
        let files = names.into_iter().map(|name| self.root().join(name));
        files
            .map(|path| EnvFile {
                is_there: self.variables.was_read(&path),
                path,
            })
            .collect()
    }

    /// All settings but the URLs of the databases, which say more: see [`Config::database`]. What a database with a name
    /// says itself is among them.
    pub fn settings(&self) -> Vec<Explained> {
        let mut found = Vec::new();
        let value = serde_json::to_value(&self.settings).unwrap_or_default();
        flatten("", &value, &mut |key, value| {
            let is_told_elsewhere = match key.strip_prefix(NAMED) {
                Some(own) => own.ends_with(".url") || value.is_null(),
                None => key == "url",
            };
            if !is_told_elsewhere {
                found.push(self.explained(key, value));
            }
        });
        found
    }

    fn explained(&self, key: &str, value: &Value) -> Explained {
        let variable = SET_BY_VARIABLES.iter().find(|(set, _)| *set == key);
        if let Some((_, variable)) = variable
            && let Some(set) = self.variables.get(variable)
        {
            return Explained {
                key: key.to_owned(),
                value: Some(set.value.clone()),
                layer: set.layer.clone(),
                variable: Some((*variable).to_owned()),
            };
        }
        let layer = match keys::has_key(&self.text, key) {
            true => self.file_layer(),
            false => Layer::Default,
        };
        Explained {
            key: key.to_owned(),
            value: in_words(value),
            layer,
            variable: None,
        }
    }
}

/// What the keys of a database with a name begin with.
const NAMED: &str = "databases.";

/// The settings that a variable wins over, and the variable.
const SET_BY_VARIABLES: [(&str, &str); 6] = [
    ("version_table", "LIMBECK_VERSION_TABLE"),
    ("transaction", "LIMBECK_TRANSACTION"),
    ("ahead", "LIMBECK_AHEAD"),
    ("lock_timeout", "LIMBECK_LOCK_TIMEOUT"),
    ("cache", cache::VARIABLE),
    ("backup.always", backup::VARIABLE),
];

/// Calls `told` with each value that is no table, and its key.
fn flatten(prefix: &str, value: &Value, told: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                let key = match prefix {
                    "" => key.clone(),
                    prefix => format!("{prefix}.{key}"),
                };
                flatten(&key, value, told);
            }
        }
        value => told(prefix, value),
    }
}

/// A value as `limbeck.toml` has it. What is the URL of a database has no secret.
fn in_words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.contains("://") => Some(
            text.parse()
                .map_or("***".to_owned(), |url: DatabaseUrl| url.to_string()),
        ),
        Value::String(text) => Some(text.clone()),
        value => Some(value.to_string()),
    }
}
