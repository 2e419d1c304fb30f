//! The settings of a session.

use std::borrow::Cow;
use std::time::Duration;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Trust;

use crate::dialect::POSTGRES;
use crate::settings::Settings;

/// What makes a session ours, and makes it so again.
#[derive(Clone, Debug)]
pub(crate) struct Setup {
    /// Settings that a pooler keeps for its client too.
    session: Vec<String>,
    /// The others, as `name = value`.
    limits: Vec<String>,
    trust: Trust,
}

impl Setup {
    pub(crate) fn new(settings: &Settings, options: &ConnectOptions, trust: Trust) -> Self {
        let mut limits = vec![
            limit("lock_timeout", options.timeouts.lock),
            limit("statement_timeout", options.timeouts.statement),
            limit(
                "idle_in_transaction_session_timeout",
                options.timeouts.idle_in_transaction,
            ),
        ];
        // What the catalogue gives as text is read again.
        limits.push("quote_all_identifiers = off".to_owned());
        if let Some(path) = &settings.search_path {
            limits.push(format!("search_path = {}", names(path).join(", ")));
        }
        if options.access == Access::ReadOnly && trust == Trust::Session {
            limits.push("default_transaction_read_only = on".to_owned());
        }
        Self {
            session: POSTGRES
                .session_settings()
                .iter()
                .map(|sql| (*sql).to_owned())
                .collect(),
            limits,
            trust,
        }
    }

    /// A session that was found out to be shared.
    pub(crate) fn share(&mut self) {
        self.trust = Trust::Shared;
    }

    /// What a new session is told.
    pub(crate) fn statements(&self) -> String {
        let mut all = self.session.clone();
        if self.trust == Trust::Session {
            all.extend(self.limits.iter().map(|setting| format!("SET {setting}")));
        }
        all.join("; ")
    }

    /// What a session is told after a script has had it. The options of its start are what it is reset to.
    pub(crate) fn again(&self) -> String {
        match self.trust {
            Trust::Session => format!(
                "RESET SESSION AUTHORIZATION; RESET ALL; DISCARD TEMP; {}",
                self.statements()
            ),
            // Who knows whose session it is by now.
            _ => self.statements(),
        }
    }

    /// A statement as it is sent: in a session that is shared, settings end with their transaction.
    pub(crate) fn outgoing<'a>(&self, sql: &'a str) -> Cow<'a, str> {
        if self.trust == Trust::Session || sql != POSTGRES.begin() {
            return Cow::Borrowed(sql);
        }
        let mut text = sql.to_owned();
        for setting in &self.limits {
            text.push_str("; SET LOCAL ");
            text.push_str(setting);
        }
        Cow::Owned(text)
    }
}

/// A limit in milliseconds; 0 is none.
pub(crate) fn limit(name: &str, time: Option<Duration>) -> String {
    format!("{name} = {}", time.map_or(0, |time| time.as_millis().max(1)))
}

/// The names of a search_path, each as SQL.
pub(crate) fn names(path: &str) -> Vec<String> {
    path.split(',').map(|name| schema_name(name.trim())).collect()
}

/// A name of the search_path as people write it: in quotes, or folded.
fn schema_name(name: &str) -> String {
    if name.starts_with('"') {
        return name.to_owned();
    }
    POSTGRES.quote_identifier(&name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(url: &str, trust: Trust) -> Setup {
        let settings = Settings::read(&url.parse().unwrap()).unwrap();
        let mut options = ConnectOptions::read_write();
        options.timeouts.lock = Some(Duration::from_secs(2));
        Setup::new(&settings, &options, trust)
    }

    #[test]
    fn a_shared_session_is_set_for_a_transaction() {
        let setup = setup("postgres://db/x?search_path=App,\"Y z\"", Trust::Shared);
        insta::assert_snapshot!(
            setup.outgoing("BEGIN"),
            @r#"BEGIN; SET LOCAL lock_timeout = 2000; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL quote_all_identifiers = off; SET LOCAL search_path = "app", "Y z""#
        );
        assert_eq!(setup.outgoing("SELECT 1"), "SELECT 1");
        assert!(!setup.statements().contains("lock_timeout"));
    }

    #[test]
    fn a_session_of_our_own_is_set_once() {
        let setup = setup("postgres://db/x", Trust::Session);
        assert_eq!(setup.outgoing("BEGIN"), "BEGIN");
        assert!(
            setup
                .again()
                .starts_with("RESET SESSION AUTHORIZATION; RESET ALL; DISCARD TEMP; SET client_encoding")
        );
        assert!(setup.again().contains("SET lock_timeout = 2000"));
    }
}
