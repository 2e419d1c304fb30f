//! What belongs around the transaction of a step.

use super::Action;
use super::CompiledStatement;
use super::CompiledStep;
use super::Isolation;
use super::Source;
use crate::dialect::Guard;
use crate::engine::EngineError;
use crate::sql::Place;
use crate::sql::StatementClass;

/// What is known only when the whole step is compiled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Around {
    /// What is asked when everything else is done, whatever stands behind the statements that want it.
    pub(super) checks: Vec<Check>,
    /// What is asked before a statement over rows, by its position, when the step sets something before its transaction.
    pub(super) rows: Vec<(usize, Check)>,
}

/// A question, and the statement for which it is asked.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) guard: Guard,
    pub(super) place: Option<Place>,
}

impl Check {
    fn statement(self) -> CompiledStatement {
        CompiledStatement {
            action: Action::Guard(self.guard),
            place: self.place,
            ..Source::default().statement(String::new(), StatementClass::Query)
        }
    }
}

impl CompiledStep {
    /// Puts the questions where they belong. What is set before the transaction holds for the whole step, so that is one
    /// transaction or nothing.
    pub(super) fn surround(&mut self) -> Result<(), EngineError> {
        let Around { checks, rows } = std::mem::take(&mut self.around);
        if self.before.is_empty() {
            return Ok(());
        }
        let mut statements = self.statements.iter();
        let alone = statements.find(|statement| statement.isolation == Isolation::Alone);
        // What is compiled again before it runs may turn out to set nothing.
        if let Some(alone) = alone.filter(|_| !self.provisional) {
            return Err(EngineError::NotAlone {
                revision: self.revision.clone(),
                place: alone.place.clone(),
                sql: self.before.join("; "),
            });
        }
        for (index, check) in rows.into_iter().rev() {
            self.statements.insert(index, check.statement());
        }
        self.statements.extend(checks.into_iter().map(Check::statement));
        Ok(())
    }
}
