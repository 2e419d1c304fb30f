//! The migration lock as a driver sees it.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;

/// The name of a migration lock: one fixed hash of schema and version table, the same in every release.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LockName {
    schema: String,
    version_table: String,
}

impl LockName {
    /// The lock of the history that `version_table` in `schema` holds. `schema` is the database or schema name that
    /// is pinned at connect, empty where there is none.
    pub fn new(schema: impl Into<String>, version_table: impl Into<String>) -> Self {
        Self {
            schema: schema.into(),
            version_table: version_table.into(),
        }
    }

    /// The version table.
    pub fn version_table(&self) -> &str {
        &self.version_table
    }

    /// The first eight bytes of the hash, for servers whose locks are numbers.
    pub fn number(&self) -> i64 {
        let digest = self.digest();
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(digest) {
            *to = from;
        }
        i64::from_be_bytes(bytes)
    }

    /// `limbeck:` and 32 hexadecimal digits, for servers whose locks are texts.
    pub fn text(&self) -> String {
        let digest = self.digest();
        let digits: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("limbeck:{digits}")
    }

    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.schema.as_bytes());
        hash.update([0]);
        hash.update(self.version_table.as_bytes());
        hash.finalize().into()
    }
}

/// The answer to an attempt at a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TryLock {
    /// This session holds it now.
    Acquired,
    /// Another session holds it.
    Held(Option<Holder>),
}

/// Who holds a lock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Holder {
    /// The user, of the database or of the machine.
    pub user: Option<String>,
    /// The machine.
    pub host: Option<String>,
    /// The process or session number.
    pub pid: Option<u64>,
    /// Since when, ISO 8601, UTC.
    pub since: Option<String>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.user.as_deref().unwrap_or("somebody"))?;
        if let Some(host) = &self.host {
            write!(f, " on {host}")?;
        }
        if let Some(pid) = self.pid {
            write!(f, ", process {pid}")?;
        }
        if let Some(since) = &self.since {
            write!(f, ", since {since}")?;
        }
        Ok(())
    }
}

/// A session that keeps another one waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Blocker {
    /// Who it is.
    pub holder: Holder,
    /// What it runs, or has run last.
    pub sql: Option<String>,
    /// How long its transaction has been open, seconds.
    pub seconds: Option<u64>,
}

impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.holder)?;
        if let Some(seconds) = self.seconds {
            write!(f, ", in a transaction for {seconds} s")?;
        }
        if let Some(sql) = &self.sql {
            write!(f, ": {}", sql.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
        Ok(())
    }
}

/// What a session is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Activity {
    /// It does not exist any more.
    Gone,
    /// It waits for its client.
    Idle,
    /// It runs a statement.
    Running {
        /// Since when, ISO 8601, UTC.
        since: Option<String>,
        /// The statement.
        sql: Option<String>,
    },
}
