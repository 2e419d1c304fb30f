//! What `limbeck.toml` can say.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use crate::driver::Timeouts;
use crate::graph::Ahead;
use crate::operation::NamingConvention;
use crate::script::parse_duration;

/// The keys of `limbeck.toml`. Serialising the default gives all of them, which is how their list is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) version_locations: Vec<String>,
    pub(super) recursive_version_locations: bool,
    pub(super) file_template: String,
    pub(super) truncate_slug_length: usize,
    pub(super) environment_variable: String,
    pub(super) url: Option<String>,
    pub(super) version_table: String,
    pub(super) ahead: String,
    pub(super) lock_timeout: String,
    pub(super) timeouts: TimeoutSettings,
    pub(super) dialects: Vec<String>,
    pub(super) naming: NamingConvention,
    pub(super) databases: BTreeMap<String, NamedDatabase>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            version_locations: vec!["migrations".to_owned()],
            recursive_version_locations: false,
            file_template: "{id}_{slug}".to_owned(),
            truncate_slug_length: 40,
            environment_variable: "LIMBECK_ENV".to_owned(),
            url: None,
            version_table: "limbeck_version".to_owned(),
            ahead: "refuse".to_owned(),
            lock_timeout: "10m".to_owned(),
            timeouts: TimeoutSettings::default(),
            dialects: Vec::new(),
            naming: NamingConvention::default(),
            databases: BTreeMap::new(),
        }
    }
}

/// The table `[timeouts]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TimeoutSettings {
    pub(super) lock: String,
    pub(super) attempts: u32,
    pub(super) statement: String,
    pub(super) idle_in_transaction: String,
    pub(super) lease: String,
}

impl Default for TimeoutSettings {
    fn default() -> Self {
        Self {
            lock: "5s".to_owned(),
            attempts: 10,
            statement: "none".to_owned(),
            idle_in_transaction: "5m".to_owned(),
            lease: "30s".to_owned(),
        }
    }
}

impl TimeoutSettings {
    /// The limits.
    ///
    /// # Errors
    /// The key that is wrong, and why.
    pub(super) fn read(&self) -> Result<Timeouts, (&'static str, &'static str)> {
        let mut timeouts = Timeouts::NONE;
        timeouts.lock = limit("lock", &self.lock)?;
        timeouts.statement = limit("statement", &self.statement)?;
        timeouts.idle_in_transaction = limit("idle_in_transaction", &self.idle_in_transaction)?;
        if self.attempts == 0 {
            return Err(("attempts", "is 0, and one attempt must be made"));
        }
        self.lease()?;
        Ok(timeouts)
    }

    /// How long the owner of a lease may be silent.
    pub(super) fn lease(&self) -> Result<Duration, (&'static str, &'static str)> {
        parse_duration(&self.lease).ok_or(("lease", DURATION))
    }
}

fn limit(key: &'static str, text: &str) -> Result<Option<Duration>, (&'static str, &'static str)> {
    match text {
        "none" => Ok(None),
        text => parse_duration(text).map(Some).ok_or((key, LIMIT)),
    }
}

/// A table `[databases.NAME]`: what is said here wins over the same key at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NamedDatabase {
    pub(super) url: Option<String>,
    pub(super) version_table: Option<String>,
    pub(super) ahead: Option<String>,
    pub(super) lock_timeout: Option<String>,
}

/// What is wrong with a value of `ahead`.
pub(super) const AHEAD: &str = "is neither `refuse` nor `warn`";

/// What is wrong with a value of `lock_timeout`.
pub(super) const DURATION: &str = "is no time with its unit, like `30s` or `10m`";

/// What is wrong with a limit.
const LIMIT: &str = "is neither `none` nor a time with its unit, like `5s`";

/// The value of `ahead`.
pub(super) fn parse_ahead(text: &str) -> Option<Ahead> {
    match text {
        "refuse" => Some(Ahead::Refuse),
        "warn" => Some(Ahead::Warn),
        _ => None,
    }
}
