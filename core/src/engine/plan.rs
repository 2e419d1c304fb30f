//! What a run would do.

use crate::driver::ConnectOptions;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::engine::compile::CompiledStep;
use crate::engine::compile::Compiler;
use crate::engine::loss::check_consent;
use crate::engine::replay;
use crate::graph::Direction;
use crate::graph::Plan;
use crate::graph::RevisionId;
use crate::history::HistoryState;
use crate::history::JournalDirection;
use crate::history::JournalEntry;
use crate::history::Progress;

/// What a run would do.
#[non_exhaustive]
pub struct PlannedRun {
    /// The steps with the statements that would really be sent.
    pub steps: Vec<CompiledStep>,
    /// The rows of the version table afterwards.
    pub heads_after: Vec<String>,
    /// What a person should know.
    pub warnings: Vec<String>,
}

impl Migrator {
    /// What `upgrade` or `downgrade` to `target` would do to the database as it is. Nothing is written.
    pub async fn plan(&self, direction: Direction, target: &str) -> Result<PlannedRun, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        let plan = self.plan_from(direction, target, &state, &mut session).await?;
        let mut compiler = Compiler::new(self, session.server());
        let misfit = match direction {
            Direction::Upgrade => replay::check_fit(&compiler, &plan).err(),
            Direction::Downgrade => None,
        };
        let misfit = misfit.map(|error| format!("this would be refused: {error}"));
        let steps = compiler.online(&mut session, &state, &plan.steps).await?;
        let edited = self.changed(&state, &session)?;
        let refused =
            (!edited.is_empty()).then(|| format!("this would be refused: {}", EngineError::Changed(edited)));
        let lossy = check_consent(&steps, self.options().data_loss)
            .err()
            .map(|error| format!("this would be refused without `--allow-data-loss`: {error}"));
        let _ = session.close().await;
        let notes = steps.iter().flat_map(|step| step.notes.iter().cloned());
        Ok(PlannedRun {
            warnings: self
                .ahead_notice(&state)
                .into_iter()
                .chain(refused)
                .chain(misfit)
                .chain(lossy)
                .chain(notes)
                .collect(),
            heads_after: plan.rows_after.0,
            steps,
        })
    }

    /// The refusal while a step has run in part.
    pub(crate) fn unfinished(&self, progress: Progress, asked: &'static str) -> EngineError {
        let is_merge = self.graph().revises(&progress.revision).count() > 1;
        let finish = match progress.direction {
            JournalDirection::Downgrade if is_merge => "-1".to_owned(),
            JournalDirection::Downgrade => format!("{}-1", progress.revision),
            _ => progress.revision.clone(),
        };
        EngineError::Unfinished {
            progress,
            asked,
            finish,
        }
    }

    /// What to say of a database that is ahead of the files.
    pub(crate) fn ahead_notice(&self, state: &HistoryState) -> Option<String> {
        let unknown = self.graph().unknown_rows(&Self::rows(state));
        (!unknown.is_empty()).then(|| {
            format!(
                "the database is ahead of the files: no file has {}",
                unknown.join(", ")
            )
        })
    }

    /// The plan for a target, from the rows of `state`.
    pub(crate) async fn plan_from(
        &self,
        direction: Direction,
        target: &str,
        state: &HistoryState,
        session: &mut Session,
    ) -> Result<Plan, EngineError> {
        let rows = Self::rows(state);
        let plan = match direction {
            Direction::Upgrade => self.graph().plan_upgrade(&rows, target, self.options().ahead)?,
            Direction::Downgrade => {
                // Only `-N` asks what was applied last.
                let undo = if target.starts_with('-') {
                    still_applied(&self.read_journal(session).await?)
                } else {
                    Vec::new()
                };
                self.graph().plan_downgrade(&rows, target, &undo)?
            }
        };
        let ids = plan.steps.iter().flat_map(|step| &step.rows.insert);
        self.check_width(state, session, ids).await?;
        Ok(plan)
    }
}

/// The revisions that the journal says were applied and not taken back, newest first.
fn still_applied(newest_first: &[JournalEntry]) -> Vec<RevisionId> {
    let mut applied: Vec<RevisionId> = Vec::new();
    for entry in newest_first.iter().rev().filter(|entry| entry.completes_step()) {
        let Some(revision) = entry.revision.as_deref().and_then(|id| RevisionId::new(id).ok()) else {
            continue;
        };
        applied.retain(|other| *other != revision);
        if entry.direction == JournalDirection::Upgrade {
            applied.push(revision);
        }
    }
    applied.reverse();
    applied
}
