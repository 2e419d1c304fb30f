//! Data that a downgrade does not give back, and the consent to that.

use std::sync::Arc;

use super::CompiledStep;
use super::EngineError;
use super::options::DataLoss;
use crate::graph::RevisionId;
use crate::script::Script;
use crate::script::SourceStatement;
use crate::sql::Place;

/// Data that is gone after a downgrade.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepLoss {
    /// The revision that is taken back.
    pub revision: RevisionId,
    /// The `-- limbeck:loses_data` line of a written downgrade; for a derived one, the statement of the upgrade that
    /// dropped the data.
    pub place: Place,
    /// What is gone, for people.
    pub data: String,
}

impl StepLoss {
    /// What a statement of a written downgrade says that it loses.
    pub(crate) fn declared(script: &Script, statement: &SourceStatement) -> Vec<Self> {
        let of = |words: &str| match words {
            "" => "what the statement is about".to_owned(),
            words => words.to_owned(),
        };
        let lost = statement.loses_data.iter();
        lost.map(|lost| Self {
            revision: script.revision().clone(),
            place: Place::new(Arc::clone(script.file()), lost.line),
            data: of(&lost.words),
        })
        .collect()
    }
}

/// Refuses steps that lose data to which nobody has agreed.
pub(crate) fn check_consent(steps: &[CompiledStep], consent: DataLoss) -> Result<(), EngineError> {
    let losses: Vec<StepLoss> = steps.iter().flat_map(|step| &step.losses).cloned().collect();
    match consent {
        DataLoss::Refuse if !losses.is_empty() => Err(EngineError::DataLoss { losses }),
        DataLoss::Refuse | DataLoss::Allow => Ok(()),
    }
}
