//! What compiling gives.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use super::Around;
use super::Deferred;
use super::Load;
use crate::dialect::Guard;
use crate::engine::EngineError;
use crate::engine::Migration;
use crate::engine::StepLoss;
use crate::engine::StepSummary;
use crate::engine::TouchedTables;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::RowChange;
use crate::operation::Operation;
use crate::script::LockLimit;
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
    /// What is sent before the first transaction begins.
    pub before: Vec<String>,
    /// What a person should know about them.
    pub notes: Vec<String>,
    /// Data that is gone after a downgrade.
    pub losses: Vec<StepLoss>,
    /// The tables that it touches.
    pub tables: TouchedTables,
    /// The checksum of the script side that they come from.
    pub checksum: Option<String>,
    /// How the rows of the version table change.
    pub rows: RowChange,
    /// Whether it may change the settings of its session: native SQL and Rust code may.
    pub(crate) unsettles: bool,
    /// Whether something before it in the run decides how a part of it is written.
    pub(crate) provisional: bool,
    /// The code of a revision written in Rust.
    pub(crate) code: Option<Arc<dyn Migration>>,
    /// What belongs around its transaction, while it is being compiled.
    pub(super) around: Around,
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
    /// How long it may wait for a lock of another session, where that is not as configured.
    pub lock_limit: Option<LockLimit>,
    /// What tells the rows that are in its way, when the engine refuses it.
    pub(crate) explained_by: Vec<Guard>,
    /// The portable operations that it carries out; none for native text, and for what is written only later.
    pub(crate) operations: Vec<Operation>,
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
    /// Runs portable statements that are written when their turn comes.
    Render(Deferred),
    /// Inserts the rows of a file, which are read and written when their turn comes.
    Load(Load),
    /// Runs the data step of a revision written in Rust.
    Code,
}

/// A text that is sent, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message<'a> {
    /// For its effect.
    Statement(&'a str),
    /// The revision's query, which must give no rows.
    Assertion(&'a str),
    /// A dialect's question, which must find no rows.
    Guard(&'a Guard),
}

impl<'a> Message<'a> {
    /// The text.
    pub fn sql(self) -> &'a str {
        match self {
            Self::Statement(sql) | Self::Assertion(sql) => sql,
            Self::Guard(guard) => &guard.query,
        }
    }
}

impl Action {
    /// What is sent, in order. A data step in Rust has no text of its own, nor have the rows of a file, nor what too
    /// little is known to write.
    pub fn messages(&self) -> Vec<Message<'_>> {
        match self {
            Self::Execute(sql) => vec![Message::Statement(sql)],
            Self::Assert(sql) => vec![Message::Assertion(sql)],
            Self::Guard(guard) => vec![Message::Guard(guard)],
            Self::Render(deferred) => {
                let statements = deferred.preview.iter().flatten();
                let guarded = statements.flat_map(|statement| {
                    let guards = statement.asked_before().map(Message::Guard);
                    guards.chain([Message::Statement(&statement.sql)])
                });
                guarded.collect()
            }
            Self::Load(_) | Self::Code => Vec::new(),
        }
    }

    /// What tells it from another, however it is written: a text that does not change when the schema does.
    pub(crate) fn identity(&self) -> Cow<'_, str> {
        match self {
            Self::Execute(sql) | Self::Assert(sql) | Self::Guard(Guard { query: sql, .. }) => {
                Cow::Borrowed(sql)
            }
            Self::Render(deferred) => Cow::Owned(deferred.portable().join(";\n")),
            Self::Load(load) => Cow::Owned(load.identity()),
            Self::Code => Cow::Borrowed(""),
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
    /// The operations of the parts that are written when their turn comes.
    pub(super) fn deferred_operations(&self) -> Vec<Operation> {
        let actions = self.statements.iter().map(|statement| &statement.action);
        let deferred = actions.filter_map(|action| match action {
            Action::Render(deferred) => Some(deferred.operations.iter().cloned()),
            _ => None,
        });
        deferred.flatten().collect()
    }

    /// Whether it can share a transaction with the steps around it.
    pub(crate) const fn joins_others(&self) -> bool {
        self.transactional && self.before.is_empty()
    }

    /// Refuses what only a program with the code of the revision can run.
    pub(crate) fn refuse_code(&self) -> Result<(), EngineError> {
        let mut statements = self.statements.iter();
        match statements.find(|statement| statement.action == Action::Code) {
            Some(statement) => Err(EngineError::NotOffline {
                revision: self.revision.clone(),
                place: statement.place.clone(),
                why: "its Rust code has a data step, which runs only on a database",
            }),
            None => Ok(()),
        }
    }

    /// Whether a part of it is written when its turn comes.
    pub(crate) fn is_deferred(&self) -> bool {
        let mut actions = self.statements.iter().map(|statement| &statement.action);
        actions.any(|action| matches!(action, Action::Render(_) | Action::Load(_)))
    }

    /// Takes in what a statement of a downgrade says that it loses. In an upgrade that is a note for readers.
    pub(super) fn lose(&mut self, script: &Script, statement: &SourceStatement) {
        if self.direction == Direction::Downgrade {
            self.losses.extend(StepLoss::declared(script, statement));
        }
    }

    /// Reads the files whose rows it inserts, and gives the first fault.
    pub(crate) fn verify_loads(&self) -> Result<(), EngineError> {
        for statement in &self.statements {
            if let Action::Load(load) = &statement.action {
                load.verify().map_err(|error| EngineError::DataFile {
                    revision: self.revision.clone(),
                    place: statement.place.clone(),
                    error,
                })?;
            }
        }
        Ok(())
    }

    /// The step, for people.
    pub fn summary(&self) -> StepSummary {
        StepSummary::new(
            self.revision.clone(),
            self.direction,
            self.message.clone(),
            self.statements.len(),
        )
        .touching(self.tables.clone())
    }
}
