//! What a run tells while it runs.

use std::time::Duration;

use crate::driver::Blocker;
use crate::driver::Holder;
use crate::engine::HookFailure;
use crate::engine::TouchedTables;
use crate::graph::Direction;
use crate::graph::RevisionId;

/// Something that happened in a run.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another run holds the lock. Told once, and again when the holder changes.
    LockWaiting {
        /// Who holds it, where that is known.
        holder: Option<&'a Holder>,
    },
    /// The lock is ours, after a wait.
    LockAcquired {
        /// How long it took.
        waited: Duration,
    },
    /// Everything is planned and compiled; the first step follows.
    RunStarted {
        /// The steps, in order.
        steps: &'a [StepSummary],
    },
    /// A step begins.
    StepStarted {
        /// Its position, from 0.
        index: usize,
        /// The step.
        step: &'a StepSummary,
    },
    /// Others kept a part of the present step from its locks for too long. It was taken back and is tried again.
    LockTimeout {
        /// Which attempt has failed, from 1.
        attempt: u32,
        /// How many there are.
        attempts: u32,
        /// Who is in the way, as far as that is known.
        blockers: &'a [Blocker],
        /// How long until the next attempt.
        pause: Duration,
    },
    /// A statement of the present step has succeeded.
    StatementDone {
        /// Its position in the step, from 0.
        index: usize,
        /// How many the step has.
        of: usize,
    },
    /// The present step is recorded.
    StepDone {
        /// Its position, from 0.
        index: usize,
        /// The step.
        step: &'a StepSummary,
        /// How long it took.
        elapsed: Duration,
    },
    /// A seed has written its rows. They are kept when all seeds of the run have written theirs.
    SeedDone {
        /// Its name.
        name: &'a str,
        /// How many rows its file has; none of SQL and code.
        rows: Option<usize>,
        /// How long it took.
        elapsed: Duration,
    },
    /// A hook failed after what it was to be told of. The run goes on.
    HookFailed {
        /// Which, when and why.
        failure: &'a HookFailure,
    },
    /// Something a person should know.
    Notice {
        /// The sentence.
        message: &'a str,
    },
}

/// A step, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepSummary {
    /// The revision.
    pub revision: RevisionId,
    /// The direction.
    pub direction: Direction,
    /// The revision's message.
    pub message: String,
    /// How many statements it runs.
    pub statements: usize,
    /// The tables that it touches.
    pub tables: TouchedTables,
}

impl StepSummary {
    /// A step of this many statements, of which nobody has said what they touch.
    pub fn new(revision: RevisionId, direction: Direction, message: String, statements: usize) -> Self {
        Self {
            revision,
            direction,
            message,
            statements,
            tables: TouchedTables::Any,
        }
    }

    /// The same, touching these tables.
    pub fn touching(mut self, tables: TouchedTables) -> Self {
        self.tables = tables;
        self
    }
}

/// Is told what happens in a run.
pub trait Observer: Send {
    /// Something happened. The run waits until this returns.
    fn event(&mut self, event: &Event<'_>);
}

/// A closure is one: `|event: &Event<'_>| eprintln!("{event}")`.
impl<F: FnMut(&Event<'_>) + Send> Observer for F {
    fn event(&mut self, event: &Event<'_>) {
        self(event);
    }
}

/// An [`Observer`] that looks away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ignore;

impl Observer for Ignore {
    fn event(&mut self, _event: &Event<'_>) {}
}
