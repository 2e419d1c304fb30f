//! Writing operations in the server's dialect.

use std::borrow::Cow;

use super::Action;
use super::CompiledStatement;
use super::CompiledStep;
use super::Compiler;
use super::Deferred;
use super::Isolation;
use super::Source;
use super::around::Check;
use super::declared::DeclaredType;
use super::deferred::Needed;
use super::deferred::Rewriting;
use super::known::Known;
use super::unit::Unit;
use super::unit::units;
use crate::dialect::Guard;
use crate::dialect::Needs;
use crate::dialect::NoteKind;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::dialect::Rendering;
use crate::dialect::Statement;
use crate::engine::EngineError;
use crate::graph::RevisionId;
use crate::operation::Operation;
use crate::schema::Schema;
use crate::script::Script;
use crate::sql::Place;
use crate::sql::StatementClass;
use crate::sql::classify;

impl Compiler<'_> {
    /// Adds portable statements to a step.
    pub(super) fn portable(
        &mut self,
        step: &mut CompiledStep,
        script: &Script,
        statements: Vec<(Source, Vec<Operation>)>,
    ) -> Result<(), EngineError> {
        for unit in units(statements, self.capabilities().transactional_ddl) {
            self.unit(step, &unit)?;
            for (operation, source) in unit.operations.iter().zip(&unit.sources) {
                self.touch(step, script, operation);
                let operation = std::slice::from_ref(operation);
                self.known
                    .apply(self.dialect, script, operation, source.place.as_ref());
            }
        }
        Ok(())
    }

    fn unit(&self, step: &mut CompiledStep, unit: &Unit) -> Result<(), EngineError> {
        if let Some(source) = unit.source(0).load() {
            return self.load(step, unit, source);
        }
        let needed = Needed::by(self.dialect, &unit.operations);
        if !needed.is_nothing() {
            return self.defer(step, unit);
        }
        let rendering = self
            .dialect
            .render(&unit.operations, &RenderContext::new(self.version))
            .map_err(|error| refused(&step.revision, unit, error))?;
        self.write_out(step, unit, rendering);
        Ok(())
    }

    /// Adds each statement of a rendering by itself, behind what guards it.
    fn write_out(&self, step: &mut CompiledStep, unit: &Unit, rendering: Rendering) {
        self.ask_of_rows(step, unit);
        for statement in &rendering.statements {
            let source = unit.source(statement.operations.start);
            let class = classify(&statement.sql, self.dialect.lexical_rules());
            let compiled = source.statement(statement.sql.clone(), class);
            let (before, explained_by) = guards(statement, compiled.isolation);
            for guard in before {
                step.statements.push(CompiledStatement {
                    action: Action::Guard(guard),
                    ..source.statement(String::new(), StatementClass::Query)
                });
            }
            let others = rendering
                .statements
                .iter()
                .filter(|other| other.operations == statement.operations);
            // Of an operation that takes several statements the schema does not tell which of them have run.
            let is_only = others.count() == 1;
            let operations = unit
                .operations
                .get(statement.operations.clone())
                .filter(|_| is_only);
            step.statements.push(CompiledStatement {
                explained_by,
                operations: operations.unwrap_or_default().to_vec(),
                ..compiled
            });
        }
        take_in(step, |operation| unit.source(operation).place, rendering);
    }

    /// Notes what is to be asked before the next statement, if the step turns out to set something before its transaction.
    fn ask_of_rows(&self, step: &mut CompiledStep, unit: &Unit) {
        let guards = unit
            .operations
            .iter()
            .filter_map(|operation| self.dialect.guard_of_rows(operation));
        for guard in guards {
            let place = unit.source(0).place;
            let at = step.statements.len();
            step.around.rows.push((at, Check { guard, place }));
        }
    }

    /// Adds a statement that is written when its turn comes, with what it would be now.
    fn defer(&self, step: &mut CompiledStep, unit: &Unit) -> Result<(), EngineError> {
        let declared = self.declared_types(step, unit)?;
        let preview = self.preview(step, unit, &declared)?;
        if self.commits_every_statement()
            && let Some(rendering) = preview.around
        {
            self.write_out(step, unit, rendering);
            return Ok(());
        }
        let is_rows = unit
            .operations
            .iter()
            .all(|operation| matches!(operation, Operation::Data(_)));
        let class = if is_rows {
            StatementClass::Rows
        } else {
            StatementClass::Schema
        };
        self.ask_of_rows(step, unit);
        step.statements.push(CompiledStatement {
            action: Action::Render(Deferred {
                operations: unit.operations.clone(),
                preview: preview.statements,
                places: unit.sources.iter().map(|source| source.place.clone()).collect(),
                declared,
                rewriting: self.rewriting(unit),
            }),
            ..unit.source(0).statement(String::new(), class)
        });
        if let Some(rendering) = preview.around {
            take_in(step, |operation| unit.source(operation).place, rendering);
        }
        Ok(())
    }

    /// When a unit is written again from the database.
    fn rewriting(&self, unit: &Unit) -> Rewriting {
        let needs = |operation| self.dialect.needs(operation);
        let is_same_anyway = |operation| matches!(needs(operation), Needs::Nothing | Needs::ToRefuse(_));
        match &self.known {
            Known::Replayed(_) => Rewriting::Never,
            Known::Live(replay)
                if replay.unknown_to_any(&unit.operations).is_none()
                    && unit.operations.iter().all(is_same_anyway) =>
            {
                Rewriting::WhenRetried
            }
            Known::Live(_) | Known::Nothing => Rewriting::Always,
        }
    }

    /// Whether what is written now is what is sent, and each statement takes effect by itself, between its own intention and
    /// outcome.
    fn commits_every_statement(&self) -> bool {
        matches!(self.known, Known::Replayed(_)) && !self.capabilities().transactional_ddl
    }

    /// What a unit is, written from the schema as far as it is known.
    fn preview(
        &self,
        step: &mut CompiledStep,
        unit: &Unit,
        declared: &[DeclaredType],
    ) -> Result<Preview, EngineError> {
        let Some(replay) = self.known.replay() else {
            return Ok(Preview::default());
        };
        let unknown = replay.unknown_to_any(&unit.operations);
        let is_final = matches!(self.known, Known::Replayed(_));
        if let (true, Some(since)) = (is_final, unknown) {
            return Err(EngineError::UnknownSchema {
                revision: step.revision.clone(),
                place: unit.source(0).place,
                object: unit
                    .operations
                    .iter()
                    .find_map(Operation::table)
                    .map_or_else(|| "what it changes".to_owned(), ToString::to_string),
                since: since.to_owned(),
            });
        }
        let mut schema = Cow::Borrowed(replay.schema());
        for declared in declared {
            declared.set(schema.to_mut(), self.dialect, &self.version);
        }
        match self.written(unit, &schema) {
            Ok(rendering) => Ok(Preview {
                statements: Some(rendering.statements.clone()),
                around: Some(rendering),
            }),
            // What the engine itself would make of its text nobody knows before. But what stands around the
            // transaction must be known before it, and the model tells that.
            Err(error) if error.is_unknown() && !is_final => Ok(Preview {
                statements: None,
                around: self
                    .written(unit, &schema.into_owned().without_native_ddl())
                    .ok()
                    .or_else(|| Some(self.dialect.around(&unit.operations))),
            }),
            // The database may hold what is not known yet.
            Err(_) if unknown.is_some() => Ok(Preview {
                statements: None,
                around: Some(self.dialect.around(&unit.operations)),
            }),
            Err(error) => Err(refused(&step.revision, unit, error)),
        }
    }

    fn written(&self, unit: &Unit, schema: &Schema) -> Result<Rendering, RenderError> {
        let context = RenderContext::new(self.version).with_schema(schema);
        self.dialect.render(&unit.operations, &context)
    }
}

/// What is known of a unit before its turn comes.
#[derive(Default)]
struct Preview {
    /// Its statements.
    statements: Option<Vec<Statement>>,
    /// What belongs around the transaction, and the notes.
    around: Option<Rendering>,
}

/// What is asked before a statement, and what when it was refused. One that stands alone is asked before: behind its failure
/// there is no transaction to look into.
pub(crate) fn guards(statement: &Statement, isolation: Isolation) -> (Vec<Guard>, Vec<Guard>) {
    let before = statement.asked_before().cloned();
    let after = statement.asked_after_refusal().cloned();
    match isolation {
        Isolation::Shared => (before.collect(), after.collect()),
        Isolation::Alone => (before.chain(after).collect(), Vec::new()),
    }
}

/// What a rendering says beside its statements; `place_of` knows where an operation stands.
pub(super) fn take_in(
    step: &mut CompiledStep,
    place_of: impl Fn(usize) -> Option<Place>,
    rendering: Rendering,
) {
    step.unsettles |= !rendering.before.is_empty();
    for sql in rendering.before {
        if !step.before.contains(&sql) {
            step.before.push(sql);
        }
    }
    for check in rendering.checks {
        if !step.around.checks.iter().any(|other| other.guard == check) {
            step.around.checks.push(Check {
                guard: check,
                place: place_of(0),
            });
        }
    }
    for note in rendering.notes {
        if note.kind == NoteKind::LeftOut {
            let place = place_of(note.operation);
            step.notes.push(match place {
                Some(place) => format!("{place}: {}", note.message),
                None => format!("revision {}: {}", step.revision, note.message),
            });
        }
    }
}

fn refused(revision: &RevisionId, unit: &Unit, error: RenderError) -> EngineError {
    let place = unit.source(error.operation().unwrap_or_default()).place;
    render_error(revision, place, error)
}

/// The error of a dialect for a statement of a revision.
pub(crate) fn render_error(revision: &RevisionId, place: Option<Place>, error: RenderError) -> EngineError {
    EngineError::Render {
        revision: revision.clone(),
        place,
        error,
    }
}
