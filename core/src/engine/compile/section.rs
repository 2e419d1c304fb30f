//! The sections of a script.

use super::CompiledStatement;
use super::CompiledStep;
use super::Compiler;
use super::Source;
use super::render::take_in;
use super::touched::said;
use crate::engine::EngineError;
use crate::script::Script;
use crate::script::Section;
use crate::sql::StatementClass;
use crate::sql::classify;

impl Compiler<'_> {
    /// What a section sends, if it runs here; one that runs elsewhere may be the model of what a native section makes.
    pub(super) fn compile_section(
        &mut self,
        step: &mut CompiledStep,
        script: &Script,
        section: &Section,
    ) -> Result<(), EngineError> {
        let runs = section
            .audience
            .runs_on(self.migrator.driver().name(), self.dialect.name());
        if !section.audience.is_native() {
            if !runs && self.known.replay().is_none() {
                return Ok(());
            }
            let statements = self
                .operations(script, section)?
                .into_iter()
                .map(|(statement, operations)| {
                    if runs {
                        step.lose(script, &statement);
                        if let Some(touches) = &statement.touches {
                            said(step, touches);
                        }
                    }
                    (Source::of(script, statement), operations)
                });
            let statements: Vec<_> = statements.collect();
            if runs {
                return self.portable(step, script, statements);
            }
            for (source, operations) in statements {
                self.known
                    .apply(self.dialect, script, &operations, source.place.as_ref());
            }
            return Ok(());
        }
        if !runs {
            return Ok(());
        }
        step.unsettles = true;
        for statement in section.statements(script.file(), self.dialect.lexical_rules())? {
            let sql = statement.span.slice(script.file().text());
            step.lose(script, &statement);
            self.touch_native(step, &statement, sql);
            let source = Source::of(script, statement);
            match self.dialect.around_native(sql).filter(|_| source.is_plain()) {
                Some(rendering) => take_in(step, |_| source.place.clone(), rendering),
                None => step.statements.extend(self.native(sql, &source)?),
            }
        }
        self.known.taint_by_section(self.dialect, script, section)
    }

    fn native(&self, sql: &str, source: &Source) -> Result<Option<CompiledStatement>, EngineError> {
        let class = classify(sql, self.dialect.lexical_rules());
        match (class, &source.place) {
            (StatementClass::Empty, _) => Ok(None),
            (StatementClass::Transaction, Some(place)) => {
                Err(EngineError::TransactionControl { place: place.clone() })
            }
            _ => Ok(Some(source.statement(sql.to_owned(), class))),
        }
    }
}
