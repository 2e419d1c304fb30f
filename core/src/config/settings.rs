//! What `limbeck.toml` can say.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use super::backup::BackupKeys;
use super::hooks::HookKeys;
use super::local::LocalKeys;
use super::metrics::MetricsKeys;
use super::timeouts::TimeoutKeys;
use crate::engine::TransactionScope;
use crate::graph::Ahead;
use crate::operation::NamingConvention;

/// The keys of `limbeck.toml`. Serialising the default gives all of them, which is how their list is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    pub(super) name: Option<String>,
    pub(super) version_locations: Vec<String>,
    pub(super) recursive_version_locations: bool,
    pub(super) file_template: String,
    pub(super) truncate_slug_length: usize,
    pub(super) post_write: Vec<String>,
    pub(super) environment_variable: String,
    pub(super) url: Option<String>,
    pub(super) version_table: String,
    pub(super) transaction: String,
    pub(super) ahead: String,
    pub(super) lock_timeout: String,
    pub(super) cache: bool,
    pub(super) timeouts: TimeoutKeys,
    pub(super) dialects: Vec<String>,
    pub(super) models: ModelKeys,
    pub(super) seeds: SeedKeys,
    pub(super) local: LocalKeys,
    pub(super) naming: NamingConvention,
    pub(super) hooks: HookKeys,
    pub(super) backup: BackupKeys,
    pub(super) metrics: MetricsKeys,
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
            post_write: Vec::new(),
            environment_variable: "LIMBECK_ENV".to_owned(),
            url: None,
            version_table: "limbeck_version".to_owned(),
            transaction: "step".to_owned(),
            ahead: "refuse".to_owned(),
            lock_timeout: "10m".to_owned(),
            cache: true,
            timeouts: TimeoutKeys::default(),
            dialects: Vec::new(),
            models: ModelKeys::default(),
            seeds: SeedKeys::default(),
            local: LocalKeys::default(),
            naming: NamingConvention::default(),
            hooks: HookKeys::default(),
            backup: BackupKeys::default(),
            metrics: MetricsKeys::default(),
            databases: BTreeMap::new(),
        }
    }
}

/// The table `[models]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ModelKeys {
    pub(super) file: Option<String>,
    pub(super) command: Option<String>,
    pub(super) sql: ModelSql,
    pub(super) ignore: Vec<String>,
}

/// The table `[seeds]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SeedKeys {
    pub(super) location: String,
}

impl Default for SeedKeys {
    fn default() -> Self {
        Self {
            location: "seeds".to_owned(),
        }
    }
}

/// In which words models are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelSql {
    /// Portable SQL.
    #[default]
    Portable,
    /// The SQL of the engine at hand.
    Native,
}

/// A table `[databases.NAME]`: what is said here wins over the same key at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NamedDatabase {
    pub(super) url: Option<String>,
    pub(super) version_table: Option<String>,
    pub(super) transaction: Option<String>,
    pub(super) ahead: Option<String>,
    pub(super) lock_timeout: Option<String>,
}

/// What is wrong with a value of `transaction`.
pub(super) const TRANSACTION: &str = "is neither `step` nor `run`";

/// The value of `transaction`.
pub(super) fn parse_transaction(text: &str) -> Option<TransactionScope> {
    match text {
        "step" => Some(TransactionScope::Step),
        "run" => Some(TransactionScope::Run),
        _ => None,
    }
}

/// What is wrong with a value of `ahead`.
pub(super) const AHEAD: &str = "is neither `refuse` nor `warn`";

/// What is wrong with a value of `lock_timeout`.
pub(super) const DURATION: &str = "is no time with its unit, like `30s` or `10m`";

/// The value of `ahead`.
pub(super) fn parse_ahead(text: &str) -> Option<Ahead> {
    match text {
        "refuse" => Some(Ahead::Refuse),
        "warn" => Some(Ahead::Warn),
        _ => None,
    }
}
