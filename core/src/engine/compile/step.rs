//! What compiling gives.

use std::sync::Arc;
use std::time::Duration;

use crate::dialect::Guard;
use crate::engine::Migration;
use crate::engine::StepLoss;
use crate::engine::StepSummary;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::RowChange;
use crate::script::Script;
use crate::script::SourceStatement;
use crate::sql::Place;
use crate::sql::StatementClass;

/// A step with everything that it sends.
#[derive(Clone)]
#[non_exhaustive]
pub struct CompiledStep {
    /// The revision.
    pub revision: RevisionId,
    /// The direction.
    pub direction: Direction,
    /// The revision's message.
    pub message: String,
    /// The statements, in order.
    pub statements: Vec<CompiledStatement>,
    /// Whether all of it is one transaction.
    pub transactional: bool,
    /// What a person should know about them.
    pub notes: Vec<String>,
    /// Data that is gone after a downgrade.
    pub losses: Vec<StepLoss>,
    /// The checksum of the script side that they come from.
    pub checksum: Option<String>,
    /// How the rows of the version table change.
    pub rows: RowChange,
    /// Whether it may change the settings of its session: native SQL and Rust code may.
    pub(crate) unsettles: bool,
    /// The code of a revision written in Rust.
    pub(crate) code: Option<Arc<dyn Migration>>,
}

/// One statement of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CompiledStatement {
    /// What is done.
    pub action: Action,
    /// Where it comes from.
    pub place: Option<Place>,
    /// What kind of statement it is.
    pub class: StatementClass,
    /// Whether it shares the step's transaction.
    pub isolation: Isolation,
    /// SQL that gives a row when the statement has taken effect.
    pub probe: Option<String>,
    /// How long it may run.
    pub timeout: Option<Duration>,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Runs SQL.
    Execute(String),
    /// Runs a query that must give no rows.
    Assert(String),
    /// Asks a dialect's question, which must find no rows.
    Guard(Guard),
    /// Runs the data step of a revision written in Rust.
    Code,
}

impl Action {
    /// The SQL that is sent; a data step in Rust has none of its own.
    pub fn sql(&self) -> Option<&str> {
        match self {
            Self::Execute(sql) | Self::Assert(sql) | Self::Guard(Guard { query: sql, .. }) => Some(sql),
            Self::Code => None,
        }
    }
}

/// Whether a statement shares the step's transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// It runs in the step's transaction, with what stands beside it.
    Shared,
    /// It runs by itself: its file says `-- limbeck:no_transaction`.
    Alone,
}

impl CompiledStep {
    /// Takes in what a statement of a downgrade says that it loses. In an upgrade that is a note for readers.
    pub(super) fn lose(&mut self, script: &Script, statement: &SourceStatement) {
        if self.direction == Direction::Downgrade {
            self.losses.extend(StepLoss::declared(script, statement));
        }
    }

    /// The step, for people.
    pub fn summary(&self) -> StepSummary {
        StepSummary::new(
            self.revision.clone(),
            self.direction,
            self.message.clone(),
            self.statements.len(),
        )
    }
}
