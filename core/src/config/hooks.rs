//! The table `[hooks]`.

use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::Config;
use super::ConfigError;
use super::timeouts::limit;

/// Commands for the shell that run before and after a run and its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HookCommands {
    /// Each with the key that names it: `before_run`, `before_step`, `after_step`, `after_run` or `on_failure`.
    pub commands: Vec<(&'static str, String)>,
    /// How long each may run.
    pub timeout: Option<Duration>,
}

/// The keys of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct HookKeys {
    before_run: Vec<String>,
    before_step: Vec<String>,
    after_step: Vec<String>,
    after_run: Vec<String>,
    on_failure: Vec<String>,
    timeout: String,
}

impl Default for HookKeys {
    fn default() -> Self {
        Self {
            before_run: Vec::new(),
            before_step: Vec::new(),
            after_step: Vec::new(),
            after_run: Vec::new(),
            on_failure: Vec::new(),
            timeout: "10m".to_owned(),
        }
    }
}

impl Config {
    /// The commands of `[hooks]`, which run in the folder of the configuration.
    ///
    /// # Errors
    /// The time-out is none.
    pub fn hooks(&self) -> Result<HookCommands, ConfigError> {
        let keys = &self.settings.hooks;
        let timeout = limit("timeout", &keys.timeout);
        let all = [
            ("before_run", &keys.before_run),
            ("before_step", &keys.before_step),
            ("after_step", &keys.after_step),
            ("after_run", &keys.after_run),
            ("on_failure", &keys.on_failure),
        ];
        let commands = all
            .into_iter()
            .flat_map(|(key, commands)| commands.iter().map(move |command| (key, command.clone())));
        Ok(HookCommands {
            commands: commands.collect(),
            timeout: timeout.map_err(|(key, problem)| self.wrong(&format!("hooks.{key}"), problem))?,
        })
    }
}
