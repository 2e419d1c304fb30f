//! What is wrong with the files.

use std::collections::HashMap;
use std::collections::HashSet;

use super::Finding;
use crate::data_file::DataFault;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::replay;
use crate::engine::replay::Replay;
use crate::engine::unknown_drivers::unknown_drivers;
use crate::graph::Direction;
use crate::graph::Revision;
use crate::graph::RevisionId;
use crate::graph::Step;

impl Migrator {
    /// Compiles every revision in both directions for a server, and replays the history, without a database.
    pub(crate) fn verify_scripts(&self, dialect: &'static dyn Dialect, server: Version) -> Vec<Finding> {
        let mut compiler = Compiler::offline(self, dialect, server);
        let directions = [Direction::Upgrade, Direction::Downgrade];
        let both_ways = |revision: &Revision| directions.map(|direction| Step::bare(&revision.id, direction));
        let steps: Vec<Step> = self.graph().iter().flat_map(both_ways).collect();
        let mut findings = Vec::new();
        // A fault that stops the replay is one of those that compiling finds in its own place.
        let is_replayed = compiler.derive(&steps).is_ok();
        let mut refused = if is_replayed {
            self.refused(dialect, server)
        } else {
            HashMap::new()
        };
        for step in &steps {
            let refused = refused.remove(&(step.revision.clone(), step.direction));
            let Some(error) = compiler.step(step).err().or(refused) else {
                continue;
            };
            if let Some(kind) = finding_kind(&error) {
                let origin = self
                    .graph()
                    .get(&step.revision)
                    .map_or("", |revision| &revision.origin);
                let finding = Finding::of(kind, origin, &error);
                // A fault of a script as a whole shows in both directions.
                if !findings.contains(&finding) {
                    findings.push(finding);
                }
            }
        }
        findings.extend(unknown_drivers(self.scripts(), &compiler));
        if !is_replayed {
            return findings;
        }
        // What cannot be replayed has been found above.
        let all: Vec<RevisionId> = self.graph().heads().map(|head| head.id.clone()).collect();
        let misfits = replay::misfits(&compiler, &all).unwrap_or_default();
        // What does not fit has no inverse either: one finding says it.
        let misfit_files: HashSet<&str> = misfits.iter().map(|misfit| misfit.place.file().name()).collect();
        findings.retain(|finding| {
            finding.kind != "no_downgrade"
                || !finding
                    .file
                    .as_deref()
                    .is_some_and(|file| misfit_files.contains(file))
        });
        findings.extend(misfits.iter().map(Finding::of_misfit));
        findings
    }

    /// What the dialect refuses in the steps that it can only write from the schema.
    fn refused(
        &self,
        dialect: &'static dyn Dialect,
        server: Version,
    ) -> HashMap<(RevisionId, Direction), EngineError> {
        let replayer = Compiler::offline(self, dialect, server);
        let mut compiler = Compiler::offline(self, dialect, server);
        let mut refused = HashMap::new();
        let all: Vec<RevisionId> = self.graph().heads().map(|head| head.id.clone()).collect();
        let visit = |before: &Replay, revision: &RevisionId| {
            for direction in [Direction::Upgrade, Direction::Downgrade] {
                let step = Step::bare(revision, direction);
                let Some(blind) = compiler.step(&step).ok().filter(CompiledStep::is_deferred) else {
                    continue;
                };
                let checked = match compiler.step_after(before, &step) {
                    Err(EngineError::UnknownSchema { .. }) => blind.verify_loads(),
                    other => other.and_then(|step| step.verify_loads()),
                };
                if let Err(error) = checked {
                    refused.insert((revision.clone(), direction), error);
                }
            }
        };
        // A history that cannot be replayed is found faulty by compiling it.
        Replay::walk(&replayer, &all, visit).map_or_else(|_| HashMap::new(), |_| refused)
    }
}

/// The word for an error that compiling gave; none for what an author decided.
fn finding_kind(error: &EngineError) -> Option<&'static str> {
    match error {
        EngineError::Irreversible { .. } => None,
        // Only the database knows the table, and there it is read.
        EngineError::UnknownSchema { .. } => None,
        EngineError::Render { error, .. } if error.is_unknown() => None,
        EngineError::Script(error) => Some(error.kind()),
        EngineError::NoDowngrade { .. } => Some("no_downgrade"),
        EngineError::MissingCode { .. } => Some("missing_code"),
        EngineError::Render { .. } => Some("unsupported"),
        EngineError::Portable { .. } | EngineError::Code { .. } => Some("syntax"),
        // The statement is told not to fit the schema.
        EngineError::DataFile { error, .. } if matches!(error.fault, DataFault::NoTable { .. }) => None,
        EngineError::DataFile { .. } => Some("data_file"),
        EngineError::TransactionControl { .. } => Some("transaction_control"),
        _ => Some("script"),
    }
}
