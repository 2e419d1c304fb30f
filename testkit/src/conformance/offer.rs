//! What a driver may leave out.

use std::fmt;
use std::time::Duration;

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Scope;
use limbeck_core::driver::TryLock;

use super::bench::Bench;
use super::failure::Failure;

/// Something that a driver may leave out, so that checks which need it are passed over.
///
/// A driver declares what it leaves out. The suite asks it, and fails when it declares too little or too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Offer {
    /// Locks of a session: `try_lock`
    Locks,
    /// Locks that two sessions hold in one database at the same time, under two names
    LocksApart,
    /// Waiting until a lock is given back: `await_unlock`
    LockWait,
    /// Who holds a lock, without taking it: `lock_holder`
    LockHolder,
    /// An SQL scalar that proves a lock: `lock_proof`
    LockProof,
    /// What a session does: `activity`
    Activity,
    /// For whom a session waits: `blockers`
    Blockers,
    /// Interrupting a statement: `canceller`
    Cancel,
    /// Reading the schema: `introspect`
    Introspection,
    /// All objects in the engine's own words: `catalogue`, and the dialect's `alter_object`
    Objects,
    /// Looking for faults of the data: `check_data`
    DataCheck,
    /// A session in an empty namespace: `scratch`
    Scratch,
    /// Creating and dropping databases: `administer`
    Administration,
    /// Copies of a database: `backup`
    Backup,
}

impl Offer {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Locks,
        Self::LocksApart,
        Self::LockWait,
        Self::LockHolder,
        Self::LockProof,
        Self::Activity,
        Self::Blockers,
        Self::Cancel,
        Self::Introspection,
        Self::Objects,
        Self::DataCheck,
        Self::Scratch,
        Self::Administration,
        Self::Backup,
    ];

    /// Asks the driver.
    pub(crate) async fn is_offered(self, bench: &Bench) -> Result<bool, Failure> {
        let mut connection = bench.connect().await?;
        let name = bench.lock_name(&*connection);
        let answer = match self {
            Self::Locks => offered(connection.try_lock(&name).await)?,
            Self::LocksApart => {
                let other = LockName::new(&connection.server().schema, "limbeck_other");
                let mut second = bench.connect().await?;
                match (connection.try_lock(&name).await, second.try_lock(&other).await) {
                    (Ok(TryLock::Acquired), Ok(answer)) => answer == TryLock::Acquired,
                    _ => false,
                }
            }
            Self::LockWait => offered(connection.await_unlock(&name, Duration::ZERO).await)?,
            Self::LockHolder => offered(connection.lock_holder(&name).await)?,
            Self::LockProof => connection.lock_proof(&name).is_some(),
            Self::Activity | Self::Blockers => {
                let second = bench.connect().await?;
                let session = second.server().session.clone();
                if self == Self::Activity {
                    offered(connection.activity(&session).await)?
                } else {
                    offered(connection.blockers(&session).await)?
                }
            }
            Self::Cancel => connection.canceller().is_some(),
            Self::Introspection => offered(connection.introspect(Scope::All).await)?,
            Self::Objects => offered(connection.catalogue().await)?,
            Self::DataCheck => offered(connection.check_data().await)?,
            Self::Scratch => {
                let (url, options) = (bench.url()?, ConnectOptions::read_write());
                offered(bench.driver().scratch(&url, &options).await)?
            }
            Self::Administration => {
                offered(bench.driver().administer(&bench.url()?, Administer::Create).await)?
            }
            Self::Backup => {
                let folder = tempfile::tempdir()?;
                offered(
                    bench
                        .driver()
                        .backup(&bench.url()?, &folder.path().join("copy"))
                        .await,
                )?
            }
        };
        Ok(answer)
    }
}

/// Whether an answer is more than that there is none.
fn offered<T>(answer: Result<T, DriverError>) -> Result<bool, DriverError> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.kind == DriverErrorKind::Unsupported => Ok(false),
        Err(error) => Err(error),
    }
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Locks => "locks",
            Self::LocksApart => "two locks in one database",
            Self::LockWait => "waiting for a lock",
            Self::LockHolder => "looking at locks",
            Self::LockProof => "a proof of locks",
            Self::Activity => "looking at other sessions",
            Self::Blockers => "looking for whom a session waits",
            Self::Cancel => "interrupting a statement",
            Self::Introspection => "reading the schema",
            Self::Objects => "reading all objects",
            Self::DataCheck => "looking for faults of the data",
            Self::Scratch => "scratch databases",
            Self::Administration => "creating and dropping databases",
            Self::Backup => "copies of a database",
        })
    }
}
