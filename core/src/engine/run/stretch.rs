//! Cutting a run into the parts that take effect together.

use std::ops::Range;

use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::engine::TransactionScope;
use crate::engine::compile::CompiledStep;

impl Migrator {
    /// Refuses runs in one transaction where schema changes are not taken back with it.
    pub(crate) fn check_transaction_scope(
        &self,
        dialect: &dyn Dialect,
        server: &Version,
    ) -> Result<(), EngineError> {
        let is_run = self.options().transaction == TransactionScope::Run;
        if is_run && !dialect.capabilities(server).transactional_ddl {
            let dialect = dialect.name();
            return Err(EngineError::NoRunTransaction { dialect });
        }
        Ok(())
    }

    /// What to say of steps that cut a run which was to be one transaction.
    pub(crate) fn cut_notice(&self, steps: &[CompiledStep]) -> Option<String> {
        let cuts: Vec<&str> = steps
            .iter()
            .filter(|step| !step.joins_others())
            .map(|step| step.revision.as_str())
            .collect();
        let is_cut =
            self.options().transaction == TransactionScope::Run && !cuts.is_empty() && steps.len() > 1;
        is_cut.then(|| {
            format!(
                "this run is more than one transaction: {} can't share one with other revisions, so what comes before takes \
                 effect first",
                cuts.join(", ")
            )
        })
    }
}

/// Whether the first step of a run has run in part already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstStep {
    /// All of it is to be run.
    Whole,
    /// An earlier run has begun it.
    Resumed,
}

/// The parts of a run, as positions of its steps: each takes effect as a whole, one after the other.
pub(crate) fn stretches(
    steps: &[CompiledStep],
    scope: TransactionScope,
    first: FirstStep,
) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (at, step) in steps.iter().enumerate() {
        let is_resumed = at == 0 && first == FirstStep::Resumed;
        let joins = scope == TransactionScope::Run && step.joins_others() && !is_resumed;
        match stretches.last_mut() {
            Some(stretch) if is_open && joins => stretch.end = at + 1,
            _ => stretches.push(at..at + 1),
        }
        is_open = joins;
    }
    stretches
}
