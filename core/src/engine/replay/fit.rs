//! Whether pending revisions fit the schema that the history makes.

use super::Misfit;
use super::misfits;
use crate::engine::EngineError;
use crate::engine::compile::Compiler;
use crate::graph::Plan;
use crate::graph::RevisionId;

/// Refuses what contradicts the schema that the history makes. What is only missing from it may be in the database: not
/// every table comes from a revision.
pub(crate) fn check_fit(compiler: &Compiler<'_>, plan: &Plan) -> Result<(), EngineError> {
    let pending: Vec<RevisionId> = plan.steps.iter().map(|step| step.revision.clone()).collect();
    let contradicts =
        |misfit: &Misfit| misfit.error.missing().is_none() && pending.contains(&misfit.revision);
    match misfits(compiler, &pending)?.into_iter().find(contradicts) {
        Some(Misfit { place, error, .. }) => Err(EngineError::Misfit { place, error }),
        None => Ok(()),
    }
}
