//! The keys of `limbeck.toml`, and where they stand in a text.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use toml::de::DeTable;
use toml::de::DeValue;

use super::ConfigError;
use super::database::ALL;
use super::settings::NamedDatabase;
use super::settings::Settings;
use crate::sql::LineColumn;
use crate::sql::nearest;

/// Reads the text of `limbeck.toml`.
pub(super) fn read(path: &Path, text: &str) -> Result<Settings, ConfigError> {
    let table = DeTable::parse(text).map_err(|error| ConfigError::Syntax {
        path: path.to_owned(),
        line: line_of(text, error.span().map(|span| span.start)),
        offset: error.span().map(|span| span.start).unwrap_or_default(),
        message: error.message().lines().next().unwrap_or_default().to_owned(),
    })?;
    let reader = Reader { path, text };
    reader.check(table.get_ref(), "", &keys_of(&Settings::default()))?;
    toml::from_str(text).map_err(|error| {
        let at = error.span().map(|span| span.start);
        ConfigError::Value {
            path: path.to_owned(),
            line: line_of(text, at),
            key: key_at(table.get_ref(), "", at).unwrap_or_default(),
            problem: format!("cannot be used: {}", without_values(error.message())),
        }
    })
}

/// The keys of a table, each with those of the table that is its value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Keys(pub(super) BTreeMap<String, Keys>);

/// The keys that a table of settings can have: those that its default value is written with.
pub(super) fn keys_of(settings: &impl Serialize) -> Keys {
    fn keys(value: &Value) -> Keys {
        let fields = value.as_object().into_iter().flatten();
        Keys(fields.map(|(key, value)| (key.clone(), keys(value))).collect())
    }
    serde_json::to_value(settings)
        .map(|value| keys(&value))
        .unwrap_or_default()
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn check(&self, table: &DeTable<'_>, prefix: &str, keys: &Keys) -> Result<(), ConfigError> {
        for (key, value) in table {
            let name = key.get_ref();
            let line = line_of(self.text, Some(key.span().start));
            let Some(inner) = keys.0.get(name.as_ref()) else {
                return Err(ConfigError::UnknownKey {
                    path: self.path.to_owned(),
                    line,
                    key: format!("{prefix}{name}"),
                    near: nearest(name, keys.0.keys().map(String::as_str)).map(str::to_owned),
                });
            };
            let prefix = format!("{prefix}{name}.");
            match (name.as_ref(), value.get_ref()) {
                ("databases", DeValue::Table(databases)) => self.databases(databases, &prefix)?,
                (_, DeValue::Table(table)) => self.check(table, &prefix, inner)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn databases(&self, databases: &DeTable<'_>, prefix: &str) -> Result<(), ConfigError> {
        let keys = keys_of(&NamedDatabase::default());
        for (name, value) in databases {
            let key = format!("{prefix}{}", name.get_ref());
            if name.get_ref() == ALL {
                return Err(ConfigError::Value {
                    path: self.path.to_owned(),
                    line: line_of(self.text, Some(name.span().start)),
                    problem: "has a name that means every database: give it another one".to_owned(),
                    key,
                });
            }
            match value.get_ref() {
                DeValue::Table(table) => self.check(table, &format!("{key}."), &keys)?,
                _ => {
                    return Err(ConfigError::Value {
                        path: self.path.to_owned(),
                        line: line_of(self.text, Some(name.span().start)),
                        problem: format!("is not a table: write `[{key}]` and its keys below"),
                        key,
                    });
                }
            }
        }
        Ok(())
    }
}

/// The line, from 1, of a byte.
fn line_of(text: &str, offset: Option<usize>) -> usize {
    LineColumn::at(text, offset.unwrap_or_default()).line
}

/// Whether a key stands in a text; the tables that it is in are given with it.
pub(super) fn has_key(text: &str, key: &str) -> bool {
    DeTable::parse(text).is_ok_and(|table| offset_of(table.get_ref(), key).is_some())
}

/// The line, from 1, on which a key stands; the tables that it is in are given with it: `databases.billing.url`.
pub(super) fn line_of_key(text: &str, key: &str) -> usize {
    let offset = DeTable::parse(text)
        .ok()
        .and_then(|table| offset_of(table.get_ref(), key));
    line_of(text, offset)
}

/// The keys of the table `databases`, in the order of the text.
pub(super) fn databases(text: &str) -> Vec<String> {
    let Ok(table) = DeTable::parse(text) else {
        return Vec::new();
    };
    let databases = table
        .get_ref()
        .iter()
        .find(|(key, _)| key.get_ref() == "databases");
    let Some(DeValue::Table(databases)) = databases.map(|(_, value)| value.get_ref()) else {
        return Vec::new();
    };
    let mut keys: Vec<(usize, String)> = databases
        .iter()
        .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, key)| key).collect()
}

fn offset_of(table: &DeTable<'_>, path: &str) -> Option<usize> {
    table.iter().find_map(|(key, value)| {
        let rest = path.strip_prefix(key.get_ref().as_ref())?;
        match (rest.strip_prefix('.'), value.get_ref()) {
            (Some(rest), DeValue::Table(table)) => offset_of(table, rest),
            (None, _) if rest.is_empty() => Some(key.span().start),
            _ => None,
        }
    })
}

/// The key whose value covers a byte.
fn key_at(table: &DeTable<'_>, prefix: &str, offset: Option<usize>) -> Option<String> {
    let offset = offset?;
    table.iter().find_map(|(key, value)| {
        let name = format!("{prefix}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => key_at(table, &format!("{name}."), Some(offset)),
            _ => value.span().contains(&offset).then_some(name),
        }
    })
}

/// A reader's sentence without the text of the value, which may be a secret.
fn without_values(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    match (line.find('"'), line.rfind('"')) {
        (Some(first), Some(last)) if first < last => format!(
            "{}…{}",
            line.get(..first).unwrap_or_default(),
            line.get(last + 1..).unwrap_or_default()
        ),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::REFERENCE;

    #[test]
    fn the_reference_holds_the_defaults() {
        let settings: Settings = toml::from_str(REFERENCE).unwrap();
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn the_reference_lists_exactly_the_keys() {
        let commented = |line: &str| {
            let setting = line.strip_prefix("# ")?;
            let name = setting.split(" = ").next()?;
            let is_key = setting.contains(" = ") && name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
            (is_key || setting.starts_with('[')).then(|| setting.to_owned())
        };
        let lines: Vec<String> = REFERENCE
            .lines()
            .map(|line| commented(line).unwrap_or_else(|| line.to_owned()))
            .collect();
        let everything: Value = toml::from_str(&lines.join("\n")).unwrap();
        let mut listed = keys_of(&everything);
        let databases = listed.0.insert("databases".to_owned(), Keys::default()).unwrap();
        assert_eq!(listed, keys_of(&Settings::default()));
        let named: Vec<&Keys> = databases.0.values().collect();
        assert_eq!(named, [&keys_of(&NamedDatabase::default())]);
    }
}
