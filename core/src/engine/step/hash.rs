//! The hash by which a step that has run in part is recognised.

use std::ops::Range;

use sha2::Digest;
use sha2::Sha256;

use crate::engine::compile::CompiledStatement;
use crate::engine::compile::CompiledStep;

/// Hash of the SQL of a step, group by group.
#[derive(Default)]
pub(crate) struct StepHash {
    hash: Sha256,
    any: bool,
}

impl StepHash {
    pub(crate) fn add(&mut self, step: &CompiledStep, range: Range<usize>) {
        for statement in step.statements.get(range).unwrap_or_default() {
            self.push(statement);
        }
    }

    fn push(&mut self, statement: &CompiledStatement) {
        self.any = true;
        self.hash.update(statement.action.identity().as_bytes());
        self.hash.update([0]);
    }

    pub(crate) fn text(&self) -> Option<String> {
        self.any.then(|| {
            let digits: String = self
                .hash
                .clone()
                .finalize()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            format!("sha256:{digits}")
        })
    }

    /// The hash of the first `statements` of a step.
    pub(crate) fn of(step: &CompiledStep, statements: usize) -> Option<String> {
        let mut hash = Self::default();
        for statement in step.statements.iter().take(statements) {
            hash.push(statement);
        }
        hash.text()
    }
}
