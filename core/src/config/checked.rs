//! What each database may set, checked when the file is read: also where that database is not the one in use.

use super::Config;
use super::ConfigError;
use super::settings::AHEAD;
use super::settings::DURATION;
use super::settings::TRANSACTION;
use super::settings::parse_ahead;
use super::settings::parse_transaction;
use crate::script::parse_duration;

/// A key whose values are words or times.
struct Checked {
    key: &'static str,
    means_something: fn(&str) -> bool,
    /// What to say of a value that means nothing.
    problem: &'static str,
}

/// Those that each database may set.
const PER_DATABASE: [Checked; 3] = [
    Checked {
        key: "transaction",
        means_something: |text| parse_transaction(text).is_some(),
        problem: TRANSACTION,
    },
    Checked {
        key: "ahead",
        means_something: |text| parse_ahead(text).is_some(),
        problem: AHEAD,
    },
    Checked {
        key: "lock_timeout",
        means_something: |text| parse_duration(text).is_some(),
        problem: DURATION,
    },
];

impl Config {
    /// Checks what a database says for itself, in the order of [`PER_DATABASE`].
    pub(super) fn check_database(
        &self,
        prefix: &str,
        values: [Option<&String>; PER_DATABASE.len()],
    ) -> Result<(), ConfigError> {
        for (checked, value) in PER_DATABASE.iter().zip(values) {
            if value.is_some_and(|text| !(checked.means_something)(text)) {
                return Err(self.wrong(&format!("{prefix}{}", checked.key), checked.problem));
            }
        }
        Ok(())
    }
}
