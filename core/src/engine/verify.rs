//! Looking for trouble before it happens.

use std::collections::HashMap;
use std::collections::HashSet;

use serde::Serialize;

use super::EngineError;
use super::Migrator;
use super::compile::CompiledStep;
use super::compile::Compiler;
use super::replay;
use super::replay::Misfit;
use super::replay::Replay;
use super::unknown_drivers::unknown_drivers;
use crate::driver::ConnectOptions;
use crate::driver::ServerInfo;
use crate::graph::Direction;
use crate::graph::GraphError;
use crate::graph::Revision;
use crate::graph::RevisionId;
use crate::graph::Step;
use crate::script::LoadError;
use crate::sql::Place;

/// Something that `verify` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What kind of trouble, one word.
    pub kind: String,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The sentence.
    pub message: String,
    /// The place, for people.
    #[serde(skip)]
    pub place: Option<Place>,
    /// What to do about it.
    #[serde(skip)]
    pub hints: Vec<String>,
}

impl Finding {
    /// A finding of this kind without a place.
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            file: None,
            line: None,
            message: message.into(),
            place: None,
            hints: Vec::new(),
        }
    }

    fn of(kind: &str, file: &str, error: &EngineError) -> Self {
        let place = error.place();
        let message = error.to_string();
        let prefix = place.map(|place| format!("{place}: ")).unwrap_or_default();
        let message = message.strip_prefix(&prefix).unwrap_or(&message);
        Self {
            file: Some(place.map_or(file, |place| place.file().name()).to_owned()),
            line: place.map(|place| place.line_column().line),
            place: place.cloned(),
            hints: error.hints(),
            ..Self::new(kind, message)
        }
    }

    fn of_misfit(misfit: &Misfit) -> Self {
        Self {
            file: Some(misfit.place.file().name().to_owned()),
            line: Some(misfit.place.line_column().line),
            place: Some(misfit.place.clone()),
            hints: misfit.error.hint().into_iter().collect(),
            ..Self::new("schema", misfit.error.to_string())
        }
    }
}

impl From<&LoadError> for Finding {
    fn from(error: &LoadError) -> Self {
        Self {
            file: Some(error.file.clone()),
            line: error.line,
            place: error.place.clone(),
            hints: error.hint.clone().into_iter().collect(),
            ..Self::new(error.kind, error.message.clone())
        }
    }
}

impl Migrator {
    /// Compiles every revision in both directions for this database, replays the history from its beginning, and
    /// compares the applied revisions with what ran.
    /// Nothing is written.
    pub async fn verify(&self) -> Result<Vec<Finding>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        let mut findings = self.verify_scripts(session.server());
        for unknown in self.graph().unknown_rows(&Self::rows(&state)) {
            let message = format!("the database holds revision {unknown}, which no file has");
            let error = GraphError::UnknownRows {
                rows: vec![unknown],
                direction: Some(Direction::Upgrade),
            };
            findings.push(Finding {
                hints: error.hint().into_iter().collect(),
                ..Finding::new("unknown", message)
            });
        }
        for script in self.changed(&state, &session)? {
            let file = script.file.clone();
            findings.push(Finding::of("changed", &file, &EngineError::Changed(vec![script])));
        }
        if let Some(progress) = state.progress() {
            let message = format!(
                "the {} of {} has run in part ({} of {} statements)",
                progress.direction, progress.revision, progress.done, progress.of
            );
            findings.push(Finding {
                hints: self.unfinished(progress, "verify").hints(),
                ..Finding::new("unfinished", message)
            });
        }
        let doubt = state.doubt();
        let is_running = self.is_running(&mut session, doubt.as_ref()).await?;
        if let Some(doubt) = doubt.filter(|_| !is_running) {
            let error = EngineError::Doubt(doubt);
            findings.push(Finding {
                hints: error.hints(),
                ..Finding::new("doubt", error.to_string())
            });
        }
        let _ = session.close().await;
        Ok(findings)
    }

    /// Compiles every revision in both directions and replays the history, without a database.
    pub fn verify_scripts(&self, server: &ServerInfo) -> Vec<Finding> {
        let mut compiler = Compiler::new(self, server);
        let directions = [Direction::Upgrade, Direction::Downgrade];
        let both_ways = |revision: &Revision| directions.map(|direction| Step::bare(&revision.id, direction));
        let steps: Vec<Step> = self.graph().iter().flat_map(both_ways).collect();
        let mut findings = Vec::new();
        // A fault that stops the replay is one of those that compiling finds in its own place.
        let is_replayed = compiler.derive(&steps).is_ok();
        let mut refused = if is_replayed {
            self.refused(server)
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
}

impl Migrator {
    /// What the dialect refuses in the steps that it can only write from the schema.
    fn refused(&self, server: &ServerInfo) -> HashMap<(RevisionId, Direction), EngineError> {
        let replayer = Compiler::new(self, server);
        let mut compiler = Compiler::new(self, server);
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
        EngineError::DataFile { .. } => Some("data_file"),
        EngineError::TransactionControl { .. } => Some("transaction_control"),
        _ => Some("script"),
    }
}
