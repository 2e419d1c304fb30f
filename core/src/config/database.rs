//! The database of a command, and the settings that go with it.

use std::time::Duration;

use super::Config;
use super::ConfigError;
use super::Layer;
use super::Sourced;
use super::TimeoutSettings;
use super::keys;
use super::keys::has_key;
use super::settings::AHEAD;
use super::settings::DURATION;
use super::settings::NamedDatabase;
use super::settings::TRANSACTION;
use super::settings::parse_ahead;
use super::settings::parse_transaction;
use super::url::Part;
use crate::driver::DatabaseUrl;
use crate::driver::UrlVariables;
use crate::engine::TransactionScope;
use crate::graph::Ahead;
use crate::script::parse_duration;
use crate::sql::nearest;

/// What a command says about its database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DatabaseChoice<'a> {
    /// The flag `--url`.
    pub url: Option<&'a str>,
    /// The flag `--database`: a name of limbeck.toml.
    pub name: Option<&'a str>,
    /// The URL to take when no layer names a database.
    pub fallback: Option<&'a str>,
}

impl<'a> DatabaseChoice<'a> {
    /// What the flags `--url` and `--database` say, and what holds when nothing says anything.
    pub const fn new(url: Option<&'a str>, name: Option<&'a str>, fallback: Option<&'a str>) -> Self {
        Self { url, name, fallback }
    }
}

/// A database and its settings, each with the layer it comes from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DatabaseSettings {
    /// Its name in limbeck.toml.
    pub name: Option<String>,
    /// Its URL.
    pub url: Sourced<DatabaseUrl>,
    /// The variables that made the URL or replaced parts of it, without their values.
    pub parts: Vec<Part>,
    /// The version table.
    pub version_table: Sourced<String>,
    /// What of a run is one transaction.
    pub transaction: Sourced<TransactionScope>,
    /// What `upgrade` does when the database is ahead of the files.
    pub ahead: Sourced<Ahead>,
    /// How long to wait for the lock.
    pub lock_timeout: Sourced<Duration>,
    /// How long statements may wait and run, and what comes then.
    pub timeouts: TimeoutSettings,
}

/// The name that means every database.
pub(super) const ALL: &str = "all";

/// A database of limbeck.toml.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    pub(super) database: &'a NamedDatabase,
}

impl Config {
    /// The database that a command works on. `variables` are those of all drivers there are.
    ///
    /// # Errors
    /// No database is named, or one that does not exist; a value is wrong.
    pub fn database(
        &self,
        choice: &DatabaseChoice<'_>,
        variables: &[UrlVariables],
    ) -> Result<DatabaseSettings, ConfigError> {
        let named = self.chosen(choice, variables)?;
        let (url, parts) = self.url(choice, named, variables)?;
        let of = |pick: fn(&NamedDatabase) -> Option<&String>| {
            named.and_then(|named| pick(named.database)).cloned()
        };
        let lock_timeout = self.setting(
            "lock_timeout",
            named,
            of(|database| database.lock_timeout.as_ref()),
            Some(self.settings.lock_timeout.clone()),
        );
        let ahead = self.setting(
            "ahead",
            named,
            of(|database| database.ahead.as_ref()),
            Some(self.settings.ahead.clone()),
        );
        Ok(DatabaseSettings {
            name: named.map(|named| named.name.to_owned()),
            url,
            parts,
            version_table: self.version_table_of(named)?,
            transaction: self.transaction_of(named)?,
            ahead: parsed(required(ahead)?, parse_ahead, AHEAD)?,
            lock_timeout: parsed(required(lock_timeout)?, parse_duration, DURATION)?,
            timeouts: self.timeouts()?,
        })
    }

    /// The version table of the database that a command is about, also where nothing says how to reach it.
    ///
    /// # Errors
    /// Several databases could be meant, or one that does not exist; the value is wrong.
    pub fn version_table(
        &self,
        choice: &DatabaseChoice<'_>,
        variables: &[UrlVariables],
    ) -> Result<Sourced<String>, ConfigError> {
        match self.chosen(choice, variables) {
            Err(ConfigError::NoDatabase) => self.version_table_of(None),
            named => self.version_table_of(named?),
        }
    }

    fn version_table_of(&self, named: Option<Named<'_>>) -> Result<Sourced<String>, ConfigError> {
        let inner = named.and_then(|named| named.database.version_table.clone());
        let top = Some(self.settings.version_table.clone());
        required(self.setting("version_table", named, inner, top))
    }

    /// What of a run is one transaction, also where nothing says how to reach the database.
    ///
    /// # Errors
    /// As for [`Self::version_table`].
    pub fn transaction(
        &self,
        choice: &DatabaseChoice<'_>,
        variables: &[UrlVariables],
    ) -> Result<Sourced<TransactionScope>, ConfigError> {
        match self.chosen(choice, variables) {
            Err(ConfigError::NoDatabase) => self.transaction_of(None),
            named => self.transaction_of(named?),
        }
    }

    fn transaction_of(&self, named: Option<Named<'_>>) -> Result<Sourced<TransactionScope>, ConfigError> {
        let inner = named.and_then(|named| named.database.transaction.clone());
        let top = Some(self.settings.transaction.clone());
        let setting = required(self.setting("transaction", named, inner, top))?;
        parsed(setting, parse_transaction, TRANSACTION)
    }

    /// The database of limbeck.toml that is meant; none when something else says where the database is.
    fn chosen(
        &self,
        choice: &DatabaseChoice<'_>,
        variables: &[UrlVariables],
    ) -> Result<Option<Named<'_>>, ConfigError> {
        match choice.name {
            Some(name) => self.named(name).map(Some),
            None if choice.url.is_some() || choice.fallback.is_some() || self.names_a_database(variables) => {
                Ok(None)
            }
            None => self.only_named(),
        }
    }

    /// The names of the databases in limbeck.toml.
    pub fn database_names(&self) -> impl Iterator<Item = &str> {
        self.settings.databases.keys().map(String::as_str)
    }

    /// Whether a name of `--database` means every database.
    pub fn means_all(name: &str) -> bool {
        name == ALL
    }

    /// Every database that is configured: the one without a name, where there is one, and those with a name in the order
    /// of limbeck.toml.
    ///
    /// # Errors
    /// There is none.
    pub fn all_databases(
        &self,
        choice: &DatabaseChoice<'_>,
        variables: &[UrlVariables],
    ) -> Result<Vec<Option<String>>, ConfigError> {
        let has_default = choice.fallback.is_some() || self.names_a_database(variables);
        let mut all: Vec<Option<String>> = has_default.then_some(None).into_iter().collect();
        all.extend(keys::databases(&self.text).into_iter().map(Some));
        match all.is_empty() {
            true => Err(ConfigError::NoDatabase),
            false => Ok(all),
        }
    }

    fn named<'a>(&'a self, name: &str) -> Result<Named<'a>, ConfigError> {
        let found = self.settings.databases.get_key_value(name);
        found
            .map(|(name, database)| Named { name, database })
            .ok_or_else(|| ConfigError::UnknownDatabase {
                name: name.to_owned(),
                near: nearest(name, self.database_names()).map(str::to_owned),
                known: self.database_names().map(str::to_owned).collect(),
            })
    }

    /// The one database that has a name, when nothing else is configured.
    fn only_named(&self) -> Result<Option<Named<'_>>, ConfigError> {
        let mut all = self
            .settings
            .databases
            .iter()
            .map(|(name, database)| Named { name, database });
        match (all.next(), all.next()) {
            (None, _) => Err(ConfigError::NoDatabase),
            (only, None) => Ok(only),
            _ => Err(ConfigError::Undecided {
                known: self.database_names().map(str::to_owned).collect(),
            }),
        }
    }

    /// A setting: its variable, else what the named database says, else what stands at the top.
    fn setting(
        &self,
        key: &str,
        named: Option<Named<'_>>,
        inner: Option<String>,
        top: Option<String>,
    ) -> Option<Sourced<String>> {
        let variable = format!("LIMBECK_{}", key.to_ascii_uppercase());
        if let Some(value) = self.variables.get(&variable) {
            return Some(value.clone());
        }
        let file = || Layer::File(self.file.clone().unwrap_or_default());
        match (named, inner) {
            (Some(named), Some(value)) => Some(Sourced::new(
                value,
                file(),
                format!("databases.{}.{key}", named.name),
            )),
            _ if has_key(&self.text, key) => top.map(|value| Sourced::new(value, file(), key)),
            _ => top.map(|value| Sourced::new(value, Layer::Default, key)),
        }
    }
}

fn required(setting: Option<Sourced<String>>) -> Result<Sourced<String>, ConfigError> {
    let setting = setting.unwrap_or_else(|| Sourced::new(String::new(), Layer::Default, ""));
    if setting.value.is_empty() {
        return Err(unusable(&setting, "is empty"));
    }
    Ok(setting)
}

fn parsed<T>(
    setting: Sourced<String>,
    parse: impl FnOnce(&str) -> Option<T>,
    problem: &str,
) -> Result<Sourced<T>, ConfigError> {
    let error = unusable(&setting, problem);
    setting.try_map(|value| parse(&value).ok_or(error))
}

pub(super) fn unusable<T>(setting: &Sourced<T>, problem: &str) -> ConfigError {
    ConfigError::Variable {
        name: setting.name.clone(),
        layer: setting.layer.to_string(),
        problem: problem.to_owned(),
    }
}
