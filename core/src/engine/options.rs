//! How a [`Migrator`](super::Migrator) works.

use std::time::Duration;

use crate::diff::Ignored;
use crate::driver::Timeouts;
use crate::graph::Ahead;
use crate::history::HistoryTables;
use crate::operation::NamingConvention;

/// How a [`Migrator`](super::Migrator) works.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MigratorOptions {
    /// The tables that hold the history.
    pub tables: HistoryTables,
    /// How long to wait for the migration lock; 10 minutes unless set.
    pub lock_timeout: Duration,
    /// How long the owner of a lease may be silent before another run takes it over; 30 seconds unset. There is a lease where
    /// a session's lock cannot be relied on: behind a pooler, in a cluster, with a driver that has no locks.
    pub lease: Duration,
    /// How long statements may wait and run, on servers that can be told.
    pub timeouts: Timeouts,
    /// How often a part of a step is tried that waits for locks of other sessions in vain; 10 unless set.
    pub attempts: u32,
    /// What is one transaction: each step, or the run.
    pub transaction: TransactionScope,
    /// What to do when the database is ahead of the files.
    pub ahead: Ahead,
    /// Whether a downgrade may leave data gone: what a derived one re-creates empty, and what a written one says.
    pub data_loss: DataLoss,
    /// How unnamed constraints and indexes are named.
    pub naming: NamingConvention,
    /// Whether a run records what it leaves, for [`Migrator::is_as_left`](super::Migrator::is_as_left).
    pub fingerprint: Fingerprint,
    /// Whether an upgrade stops where somebody else has changed the database since the last run.
    pub drift: DriftCheck,
    /// What no comparison looks at.
    pub ignored: Ignored,
}

/// What takes effect together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransactionScope {
    /// Each step by itself: what comes before a step that fails stays.
    #[default]
    Step,
    /// All steps of a run, or none of them.
    ///
    /// A step that cannot be a part of a transaction cuts the run: one with `-- limbeck:no_transaction`, and one that sets what
    /// can only be set between transactions. The steps before it, it, and those after it then take effect one after the other,
    /// which a run tells before it begins. A database that does not take schema changes back with their transaction has no
    /// such runs, and [`EngineError::NoRunTransaction`](super::EngineError::NoRunTransaction) is the answer.
    ///
    /// Hooks are called outside of the transaction: those before the steps before it begins, those after the steps once it
    /// is committed.
    Run,
}

/// Whether a run that has come to its end records a hash of all objects in the journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fingerprint {
    /// It does not.
    #[default]
    Skip,
    /// It does, where the driver can read all objects.
    Record,
}

/// Whether an upgrade looks first whether somebody else has changed the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftCheck {
    /// It does not.
    #[default]
    Skip,
    /// It does, and stops where that is so.
    Stop,
}

/// Whether a downgrade may leave data gone: what a derived one re-creates empty because its upgrade dropped it, and what
/// a written one says with `-- limbeck:loses_data`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataLoss {
    /// It is refused.
    #[default]
    Refuse,
    /// It was agreed to.
    Allow,
}

impl Default for MigratorOptions {
    fn default() -> Self {
        Self {
            tables: HistoryTables::default(),
            lock_timeout: Duration::from_secs(600),
            lease: Duration::from_secs(30),
            timeouts: Timeouts::MIGRATION,
            attempts: 10,
            transaction: TransactionScope::default(),
            ahead: Ahead::Refuse,
            data_loss: DataLoss::Refuse,
            naming: NamingConvention::default(),
            fingerprint: Fingerprint::default(),
            drift: DriftCheck::default(),
            ignored: Ignored::default(),
        }
    }
}
