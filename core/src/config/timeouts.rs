//! The table `[timeouts]`.

use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use super::Config;
use super::ConfigError;
use super::settings::DURATION;
use crate::driver::Timeouts;
use crate::script::parse_duration;

/// What is wrong with a limit.
const LIMIT: &str = "is neither `none` nor a time with its unit, like `5s`";

/// How long statements may wait and run, and what comes then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeoutSettings {
    /// The limits of each statement and transaction.
    pub limits: Timeouts,
    /// How often a step is tried that others keep from its locks.
    pub attempts: u32,
    /// How long the owner of a lease may be silent.
    pub lease: Duration,
}

/// The keys of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TimeoutKeys {
    lock: String,
    attempts: u32,
    statement: String,
    idle_in_transaction: String,
    lease: String,
}

impl Default for TimeoutKeys {
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

impl TimeoutKeys {
    /// What they say, or the key that is wrong and why.
    fn read(&self) -> Result<TimeoutSettings, (&'static str, &'static str)> {
        if self.attempts == 0 {
            return Err(("attempts", "is 0, and one attempt must be made"));
        }
        Ok(TimeoutSettings {
            limits: Timeouts {
                lock: limit("lock", &self.lock)?,
                statement: limit("statement", &self.statement)?,
                idle_in_transaction: limit("idle_in_transaction", &self.idle_in_transaction)?,
            },
            attempts: self.attempts,
            lease: parse_duration(&self.lease).ok_or(("lease", DURATION))?,
        })
    }
}

impl Config {
    /// The table, read.
    pub(super) fn timeouts(&self) -> Result<TimeoutSettings, ConfigError> {
        let read = self.settings.timeouts.read();
        read.map_err(|(key, problem)| self.wrong(&format!("timeouts.{key}"), problem))
    }
}

/// A limit that is perhaps none, or the key that is wrong and why.
pub(super) fn limit(key: &'static str, text: &str) -> Result<Option<Duration>, (&'static str, &'static str)> {
    match text {
        "none" => Ok(None),
        text => parse_duration(text).map(Some).ok_or((key, LIMIT)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::MigratorOptions;

    #[test]
    fn without_the_table_it_is_as_without_a_configuration() {
        let read = TimeoutKeys::default().read().unwrap();
        let options = MigratorOptions::default();
        assert_eq!(read.limits, options.timeouts);
        assert_eq!((read.attempts, read.lease), (options.attempts, options.lease));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |change: fn(&mut TimeoutKeys)| {
            let mut keys = TimeoutKeys::default();
            change(&mut keys);
            keys.read().unwrap_err().0
        };
        assert_eq!(wrong(|keys| keys.lock = "5".into()), "lock");
        assert_eq!(wrong(|keys| keys.statement = "never".into()), "statement");
        assert_eq!(wrong(|keys| keys.lease = "none".into()), "lease");
        assert_eq!(wrong(|keys| keys.attempts = 0), "attempts");
    }
}
