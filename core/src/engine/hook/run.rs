//! What a hook hears of the run.

use std::time::Duration;

use crate::driver::DatabaseUrl;
use crate::engine::AppliedStep;
use crate::engine::StepSummary;
use crate::graph::Direction;

/// The run that a hook is called in, as far as it has come.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HookRun<'a> {
    /// Its id in the journal.
    pub id: &'a str,
    /// The database. It prints without its secrets.
    pub database: &'a DatabaseUrl,
    /// Whether it is an upgrade or a downgrade.
    pub direction: Direction,
    /// All its steps, in order.
    pub steps: &'a [StepSummary],
    /// Those that are recorded.
    pub applied: &'a [AppliedStep],
    /// The rows of the version table as they are now, sorted.
    pub revisions: &'a [String],
    /// How long ago its first hook was called, on the client's monotonic clock.
    pub elapsed: Duration,
}
