//! Revisions written in Rust.

use super::Action;
use super::CompiledStatement;
use super::CompiledStep;
use super::Compiler;
use super::Source;
use crate::engine::EngineError;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::operation::Operation;
use crate::operation::Operations;
use crate::script::Script;
use crate::sql::StatementClass;

impl Compiler<'_> {
    /// The operations of a revision written in Rust; none without its code.
    pub(crate) fn code_operations(
        &self,
        revision: &RevisionId,
        direction: Direction,
    ) -> Result<Option<Vec<Operation>>, EngineError> {
        let Some(code) = self.migrator.code(revision) else {
            return Ok(None);
        };
        let mut operations = Operations::new(self.portable_options());
        let answer = match direction {
            Direction::Upgrade => code.upgrade(&mut operations),
            Direction::Downgrade => code.downgrade(&mut operations),
        };
        answer.map_err(|error| EngineError::Code {
            revision: revision.clone(),
            error,
        })?;
        Ok(Some(operations.into_operations()))
    }

    /// The operations of a revision and its data step: after them upwards, before them downwards.
    pub(super) fn compile_code(
        &mut self,
        step: &mut CompiledStep,
        script: &Script,
    ) -> Result<(), EngineError> {
        step.code = self.migrator.code(&step.revision);
        let operations = self
            .code_operations(&step.revision, step.direction)?
            .ok_or_else(|| EngineError::MissingCode {
                revision: step.revision.clone(),
            })?;
        let has_data_step = step.code.as_ref().is_none_or(|code| code.has_data_step());
        if has_data_step {
            step.tables
                .add(script.touches().map(|touches| touches.0.iter().cloned()));
        }
        let data = || CompiledStatement {
            action: Action::Code,
            ..Source::default().statement(String::new(), StatementClass::Rows)
        };
        if has_data_step && step.direction == Direction::Downgrade {
            step.statements.push(data());
            self.known.taint(script);
        }
        // Each operation is a statement of its own: nothing in the code says where one ends.
        let statements = operations
            .into_iter()
            .map(|operation| (Source::default(), vec![operation]))
            .collect();
        self.portable(step, script, statements)?;
        if has_data_step && step.direction == Direction::Upgrade {
            step.statements.push(data());
            self.known.taint(script);
        }
        Ok(())
    }
}
