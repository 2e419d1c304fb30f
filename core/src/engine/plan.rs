//! What a run would do.

use super::EngineError;
use super::Migrator;
use super::compile::CompiledStep;
use super::compile::Compiler;
use crate::driver::ConnectOptions;
use crate::graph::Direction;

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
        let plan = self.plan_from(direction, target, &state, &mut session).await?;
        let steps = Compiler::new(self, session.server()).steps(&plan.steps)?;
        let edited = self.changed(&state, &session)?;
        let refused =
            (!edited.is_empty()).then(|| format!("this would be refused: {}", EngineError::Changed(edited)));
        let _ = session.close().await;
        let notes = steps.iter().flat_map(|step| step.notes.iter().cloned());
        Ok(PlannedRun {
            warnings: self
                .ahead_notice(&state)
                .into_iter()
                .chain(refused)
                .chain(notes)
                .collect(),
            heads_after: plan.rows_after.0,
            steps,
        })
    }
}
