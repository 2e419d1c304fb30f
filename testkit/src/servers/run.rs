//! The databases of one process on one server.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use limbeck_core::dialect::Version;
use limbeck_core::driver::DatabaseUrl;

use super::Engine;
use super::running;
use super::session::Session;

/// What the names of the databases begin with. The number of the run follows, and that of the database.
const PREFIX: &str = "limbeck_test_";

/// The first version of PostgreSQL that drops a database with its sessions.
const FORCE: Version = Version::new(13, 0, 0);

/// A run of tests: a number that no other one has, and a session that holds a lock on it for as long as the process
/// lives. Databases of a run without its lock are nobody's.
#[derive(Debug)]
pub(super) struct Run {
    engine: Engine,
    session: Session,
    number: u64,
    made: AtomicUsize,
    /// What the server says of its version.
    pub(super) version_text: String,
    pub(super) version: Version,
}

impl Run {
    /// Connects, takes the lock, and drops what runs that were killed have left.
    pub(super) fn begin(engine: Engine, url: &DatabaseUrl) -> Result<Self, String> {
        let session = Session::open(engine, url)?;
        let version_text = running::version(engine, &session)?;
        let is_mariadb = version_text.contains("MariaDB");
        if engine != Engine::Postgres && is_mariadb != (engine == Engine::MariaDb) {
            return Err(format!("the server is no {engine}: it says {version_text}"));
        }
        let run = Self {
            engine,
            session,
            number: RandomState::new().hash_one(std::process::id()),
            made: AtomicUsize::new(0),
            version: version_text
                .parse()
                .map_err(|error: limbeck_core::dialect::VersionError| error.to_string())?,
            version_text,
        };
        run.stay()?;
        run.lock()?;
        run.sweep()?;
        Ok(run)
    }

    /// Makes an empty database and returns its name.
    pub(super) fn create(&self) -> Result<String, String> {
        let count = self.made.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{:016x}_{count}", self.number);
        // What somebody has put into template1 is no part of an empty database.
        self.session.rows(match self.engine {
            Engine::Postgres => format!("CREATE DATABASE {name} TEMPLATE template0"),
            Engine::MySql | Engine::MariaDb => format!("CREATE DATABASE {name}"),
        })?;
        Ok(name)
    }

    /// Drops a database, and the sessions that are still in it.
    pub(super) fn drop(&self, name: &str) -> Result<(), String> {
        match self.engine {
            Engine::Postgres if self.version >= FORCE => {
                self.session
                    .rows(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
            }
            Engine::Postgres => {
                self.session
                    .rows(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"))?;
                self.session.rows(format!(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
                ))?;
                self.session.rows(format!("DROP DATABASE IF EXISTS {name}"))?;
            }
            Engine::MySql | Engine::MariaDb => {
                let sessions = format!("SELECT id FROM information_schema.processlist WHERE db = '{name}'");
                for id in self.session.rows(sessions)? {
                    // It may have ended by itself.
                    let _ = self.session.rows(format!("KILL {id}"));
                }
                self.session.rows(format!("DROP DATABASE IF EXISTS {name}"))?;
            }
        }
        Ok(())
    }

    /// The server must not end a session that waits for the next test, nor make a test wait for ever.
    fn stay(&self) -> Result<(), String> {
        let settings: &[&str] = match self.engine {
            // A setting that this version does not have is no row.
            Engine::Postgres => &[
                "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN \
                 ('idle_session_timeout', 'statement_timeout')",
            ],
            Engine::MySql | Engine::MariaDb => &[
                "SET SESSION wait_timeout = 31536000",
                "SET SESSION lock_wait_timeout = 60",
            ],
        };
        settings
            .iter()
            .try_for_each(|setting| self.session.rows(*setting).map(drop))
    }

    fn lock(&self) -> Result<(), String> {
        let number = self.number;
        let rows = self.session.rows(match self.engine {
            Engine::Postgres => format!("SELECT pg_try_advisory_lock({})::int", number.cast_signed()),
            Engine::MySql | Engine::MariaDb => format!("SELECT GET_LOCK('{PREFIX}{number:016x}', 0)"),
        })?;
        match rows.concat().as_str() {
            "1" => Ok(()),
            other => Err(format!("the server gives no lock to this run of tests: {other}")),
        }
    }

    /// The databases of the server.
    pub(super) fn names(&self) -> Result<Vec<String>, String> {
        self.session.rows(match self.engine {
            Engine::Postgres => "SELECT datname FROM pg_database",
            Engine::MySql | Engine::MariaDb => "SELECT schema_name FROM information_schema.schemata",
        })
    }

    fn sweep(&self) -> Result<(), String> {
        for name in self.names()? {
            if let Some(number) = run_of(&name)
                && !self.lives(number)?
            {
                // Another process may sweep at the same time.
                let _ = self.drop(&name);
            }
        }
        Ok(())
    }

    /// Whether a session of the server holds the lock of a run. Numbers are used once, so one that has ended stays so.
    fn lives(&self, number: u64) -> Result<bool, String> {
        let rows = self.session.rows(match self.engine {
            // In any database: advisory locks are local to one, and another process may be in another.
            Engine::Postgres => format!(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 \
                 AND classid::bigint = {} AND objid::bigint = {}",
                number >> 32,
                number & u64::from(u32::MAX)
            ),
            Engine::MySql | Engine::MariaDb => {
                format!("SELECT 1 FROM (SELECT IS_USED_LOCK('{PREFIX}{number:016x}') AS id) AS it WHERE id IS NOT NULL")
            }
        })?;
        Ok(!rows.is_empty())
    }
}

/// The number of the run that a database belongs to.
fn run_of(name: &str) -> Option<u64> {
    let (number, count) = name.strip_prefix(PREFIX)?.split_once('_')?;
    let is_number = number.len() == 16 && count.parse::<usize>().is_ok();
    is_number.then(|| u64::from_str_radix(number, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::run_of;

    #[test]
    fn only_databases_of_runs_are_swept() {
        assert_eq!(run_of("limbeck_test_00000000000000ff_12"), Some(255));
        for name in [
            "limbeck_test_4711_0",
            "limbeck_test_00000000000000ff_x",
            "shop",
            "limbeck_test_",
        ] {
            assert_eq!(run_of(name), None, "{name}");
        }
    }
}
