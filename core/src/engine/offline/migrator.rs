//! Dialect, server version and scripts, joined.

use std::sync::Arc;

use super::writer::Next;
use super::writer::Writer;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::driver::Driver;
use crate::engine::EngineError;
use crate::engine::Finding;
use crate::engine::Migration;
use crate::engine::Migrator;
use crate::engine::MigratorOptions;
use crate::engine::PlannedRun;
use crate::engine::Purge;
use crate::engine::TransactionScope;
use crate::engine::compile::Compiler;
use crate::engine::loss::check_consent;
use crate::engine::run::FirstStep;
use crate::engine::run::stretches;
use crate::graph::Ahead;
use crate::graph::Direction;
use crate::graph::Rows;
use crate::script::ScriptSet;

/// Writes what a [`Migrator`] would run, for a database that is not there.
///
/// The text is the same whenever and wherever it is written. Running it leaves what the run would leave, but for who
/// ran it, where, when and how long it took. Wherever `from` is asked for, it says what is applied: revision
/// expressions, none of them for an empty database.
pub struct Offline {
    migrator: Migrator,
    dialect: &'static dyn Dialect,
    server: Version,
}

/// SQL for the engine's own client.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OfflineSql {
    /// The text.
    pub text: String,
    /// What a person should know about it.
    pub notes: Vec<String>,
}

impl Offline {
    /// Writes for one of the driver's dialects, and for the oldest server that Limbeck works with.
    pub fn new(driver: Arc<dyn Driver>, dialect: &'static dyn Dialect, scripts: Arc<ScriptSet>) -> Self {
        Self {
            migrator: Migrator::offline(driver, scripts),
            dialect,
            server: dialect.floor(),
        }
    }

    /// Writes what a migrator would run on a server of this dialect and version.
    pub fn of(migrator: &Migrator, dialect: &'static dyn Dialect, server: Version) -> Self {
        Self {
            migrator: migrator.without_database(),
            dialect,
            server,
        }
    }

    /// The same for a server of this version.
    pub fn with_server(self, server: Version) -> Self {
        Self { server, ..self }
    }

    /// The same with these options. Those about the lock mean nothing here.
    pub fn with_options(self, options: MigratorOptions) -> Self {
        Self {
            migrator: self.migrator.with_options(options),
            ..self
        }
    }

    /// The same with the code of a revision written in Rust.
    pub fn with_migration(self, migration: Arc<dyn Migration>) -> Self {
        Self {
            migrator: self.migrator.with_migration(migration),
            ..self
        }
    }

    /// The steps to `target` with the statements that a file of them holds, between those of the history.
    ///
    /// # Errors
    /// An expression means nothing or too much, or a step cannot be written without a database.
    pub fn plan(&self, direction: Direction, from: &[&str], target: &str) -> Result<PlannedRun, EngineError> {
        let rows = self.rows(from)?;
        let graph = self.migrator.graph();
        let plan = match direction {
            Direction::Upgrade => graph.plan_upgrade(&rows, target, Ahead::Refuse)?,
            Direction::Downgrade => graph.plan_downgrade(&rows, target, &[])?,
        };
        let steps = self.compiler().replayed(&rows, &plan.steps)?;
        Ok(PlannedRun {
            warnings: steps.iter().flat_map(|step| step.notes.iter().cloned()).collect(),
            heads_after: plan.rows_after.0,
            steps,
        })
    }

    /// What applies `target` and all that it needs.
    ///
    /// # Errors
    /// As for [`Self::plan`].
    pub fn upgrade(&self, from: &[&str], target: &str) -> Result<OfflineSql, EngineError> {
        let plan = self.plan(Direction::Upgrade, from, target)?;
        self.steps(Direction::Upgrade, self.rows(from)?, target, plan)
    }

    /// What takes back everything above `target`.
    ///
    /// # Errors
    /// As for [`Self::plan`]; data would be gone to which nobody has agreed.
    pub fn downgrade(&self, from: &[&str], target: &str) -> Result<OfflineSql, EngineError> {
        let plan = self.plan(Direction::Downgrade, from, target)?;
        check_consent(&plan.steps, self.migrator.options().data_loss)?;
        self.steps(Direction::Downgrade, self.rows(from)?, target, plan)
    }

    /// What of the history the dialect cannot do. Whatever is wrong with the files for every dialect is not told.
    pub fn verify(&self) -> Vec<Finding> {
        let mut findings = self.migrator.verify_scripts(self.dialect, self.server);
        findings.retain(|finding| finding.kind == "unsupported");
        findings
    }

    /// What says that `targets` are applied.
    ///
    /// # Errors
    /// An expression means nothing or too much.
    pub fn stamp(&self, from: &[&str], targets: &[&str], purge: Purge) -> Result<OfflineSql, EngineError> {
        let rows = self.rows(from)?;
        let plan = self
            .migrator
            .graph()
            .plan_stamp(&rows, targets, purge == Purge::Everything)?;
        let mut writer = self.writer(rows);
        writer.header("stamp", &targets.join(" "));
        writer.tables(Next::Apart)?;
        writer.stamp(&plan.stamp);
        Ok(OfflineSql {
            text: writer.finish(),
            notes: Vec::new(),
        })
    }

    /// The rows of a version table to which all of these are applied.
    fn rows(&self, from: &[&str]) -> Result<Rows, EngineError> {
        let is_current = |expression: &&&str| expression.split(['@', '+', '-']).any(|part| part == "current");
        if let Some(expression) = from.iter().find(is_current) {
            return Err(EngineError::CurrentOffline {
                expression: (*expression).to_owned(),
            });
        }
        let plan = self.migrator.graph().plan_stamp(&Rows::empty(), from, true)?;
        Ok(plan.rows_after)
    }

    pub(crate) fn migrator(&self) -> &Migrator {
        &self.migrator
    }

    pub(crate) fn compiler(&self) -> Compiler<'_> {
        Compiler::offline(&self.migrator, self.dialect, self.server)
    }

    fn writer(&self, rows: Rows) -> Writer<'_> {
        Writer::new(self.dialect, self.server, &self.migrator.options().tables, rows)
    }

    fn steps(
        &self,
        direction: Direction,
        rows: Rows,
        target: &str,
        plan: PlannedRun,
    ) -> Result<OfflineSql, EngineError> {
        self.migrator
            .check_transaction_scope(self.dialect, &self.server)?;
        let mut writer = self.writer(rows);
        writer.header(&direction.to_string(), target);
        let scope = self.migrator.options().transaction;
        let stretches = stretches(&plan.steps, scope, FirstStep::Whole);
        match plan.steps.first() {
            Some(first) if scope == TransactionScope::Run && first.joins_others() => {
                writer.tables(Next::Together)?;
            }
            Some(_) => writer.tables(Next::Apart)?,
            None => writer.nothing_to_do(),
        }
        for stretch in stretches {
            let last = stretch.end - 1;
            for (at, step) in plan
                .steps
                .iter()
                .enumerate()
                .take(stretch.end)
                .skip(stretch.start)
            {
                let next = if at < last { Next::Together } else { Next::Apart };
                writer.step(step, next)?;
            }
        }
        Ok(OfflineSql {
            text: writer.finish(),
            notes: self
                .migrator
                .cut_notice(&plan.steps)
                .into_iter()
                .chain(plan.warnings)
                .collect(),
        })
    }
}
