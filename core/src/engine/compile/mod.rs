//! From the plan's steps to the statements that are really sent.

mod source;
mod step;

use std::collections::HashMap;
use std::sync::Arc;

pub use self::step::Action;
pub use self::step::CompiledStatement;
pub use self::step::CompiledStep;
pub use self::step::Isolation;

use self::source::Source;
use crate::dialect::Capabilities;
use crate::dialect::Dialect;
use crate::dialect::NoteKind;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::dialect::Version;
use crate::driver::ServerInfo;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::engine::groups::is_one_transaction;
use crate::engine::replay;
use crate::engine::replay::Derived;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::Step;
use crate::operation::Operation;
use crate::operation::Operations;
use crate::operation::PortableOptions;
use crate::operation::parse_statement;
use crate::script::Audience;
use crate::script::Script;
use crate::script::Section;
use crate::script::SourceStatement;
use crate::sql::LexicalRules;
use crate::sql::Place;
use crate::sql::StatementClass;
use crate::sql::classify;

/// Compiles steps for one server.
pub(crate) struct Compiler<'a> {
    pub(crate) migrator: &'a Migrator,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) version: Version,
    derived: HashMap<RevisionId, Derived>,
}

impl<'a> Compiler<'a> {
    /// A compiler for the server at the other end of a session.
    pub(crate) fn new(migrator: &'a Migrator, server: &ServerInfo) -> Self {
        Self::offline(migrator, server.dialect, server.version)
    }

    /// A compiler for a server that is not there.
    pub(crate) fn offline(migrator: &'a Migrator, dialect: &'static dyn Dialect, version: Version) -> Self {
        Self {
            migrator,
            dialect,
            version,
            derived: HashMap::new(),
        }
    }

    /// Everything that some steps send.
    pub(crate) fn steps(mut self, steps: &[Step]) -> Result<Vec<CompiledStep>, EngineError> {
        self.derive(steps)?;
        steps.iter().map(|step| self.step(step)).collect()
    }

    /// Derives the downgrades that some steps lack, all with one replay.
    pub(crate) fn derive(&mut self, steps: &[Step]) -> Result<(), EngineError> {
        let mut missing = Vec::new();
        for step in steps.iter().filter(|step| step.direction == Direction::Downgrade) {
            let script = self.migrator.script(&step.revision)?;
            if !script.is_rust() && !self.is_written(script, Direction::Downgrade) {
                missing.push(step.revision.clone());
            }
        }
        if !missing.is_empty() {
            self.derived = replay::derive(self, &missing)?;
        }
        Ok(())
    }

    /// Everything that a step sends.
    ///
    /// A downgrade that is not written must have been derived.
    pub(crate) fn step(&mut self, step: &Step) -> Result<CompiledStep, EngineError> {
        let script = self.migrator.script(&step.revision)?;
        let mut compiled = CompiledStep {
            revision: step.revision.clone(),
            direction: step.direction,
            message: script.message().to_owned(),
            statements: Vec::new(),
            transactional: true,
            notes: Vec::new(),
            losses: Vec::new(),
            checksum: Some(self.checksum(script, step.direction)?),
            rows: step.rows.clone(),
            unsettles: script.is_rust(),
            code: None,
        };
        if script.is_rust() {
            self.compile_code(&mut compiled)?;
        } else if let Some(derived) = self.derived.remove(&step.revision) {
            let derived = derived?;
            self.render(&mut compiled, &derived.inverse.operations, &Source::default())?;
            compiled.losses = derived.losses;
        } else {
            for section in self.sections(script, step.direction) {
                self.compile_section(&mut compiled, script, section)?;
            }
            compiled.notes.extend(self.empty_upgrade(script, step.direction));
        }
        compiled.transactional = is_one_transaction(&compiled.statements, self.capabilities());
        Ok(compiled)
    }

    /// What to say of an upgrade that was never written; one that only joins branches needs no text.
    fn empty_upgrade(&self, script: &Script, direction: Direction) -> Option<String> {
        let joins = self.migrator.graph().revises(script.revision()).count() > 1;
        let is_blank = |section: &Section| section.is_blank(script.file().text());
        let is_empty = direction == Direction::Upgrade && script.sections_of(direction).all(is_blank);
        (is_empty && !joins).then(|| {
            format!(
                "{}: the upgrade section is empty, so nothing runs",
                script.file().name()
            )
        })
    }

    fn capabilities(&self) -> Capabilities {
        self.dialect.capabilities(&self.version)
    }

    /// The checksum of the side of a script that runs here.
    pub(crate) fn checksum(&self, script: &Script, direction: Direction) -> Result<String, EngineError> {
        let checksum = script.checksum(
            direction,
            self.migrator.driver().name(),
            self.dialect.name(),
            self.dialect.lexical_rules(),
        )?;
        Ok(checksum.to_string())
    }

    /// The sections of a direction that run here, in file order.
    pub(crate) fn sections<'s>(
        &self,
        script: &'s Script,
        direction: Direction,
    ) -> impl Iterator<Item = &'s Section> + use<'s> {
        let (driver, dialect) = (self.migrator.driver().name(), self.dialect.name());
        script.sections().iter().filter(move |section| {
            section.direction == direction && section.audience.runs_on(driver, dialect)
        })
    }

    /// The portable statements of a section with their operations.
    pub(crate) fn operations(
        &self,
        script: &Script,
        section: &Section,
    ) -> Result<Vec<(SourceStatement, Vec<Operation>)>, EngineError> {
        let options = self.portable_options();
        let file = script.file();
        section
            .statements(file, &LexicalRules::STANDARD)?
            .into_iter()
            .map(|source| {
                let operations = parse_statement(file.text(), source.span, &options).map_err(|error| {
                    EngineError::Portable {
                        place: Place::new(Arc::clone(file), error.span),
                        error,
                    }
                })?;
                Ok((source, operations))
            })
            .collect()
    }

    fn portable_options(&self) -> PortableOptions {
        let drivers = self.migrator.scripts().driver_words();
        PortableOptions::with_naming(self.migrator.options().naming.clone()).knowing(drivers.clone())
    }

    fn compile_section(
        &self,
        step: &mut CompiledStep,
        script: &Script,
        section: &Section,
    ) -> Result<(), EngineError> {
        if !matches!(section.audience, Audience::Native { .. }) {
            for (statement, operations) in self.operations(script, section)? {
                let source = Source::of(script, &statement);
                self.render(step, &operations, &source)?;
                step.lose(script, &statement);
            }
            return Ok(());
        }
        step.unsettles = true;
        for statement in section.statements(script.file(), self.dialect.lexical_rules())? {
            let source = Source::of(script, &statement);
            let sql = statement.span.slice(script.file().text());
            step.statements.extend(self.native(sql, &source)?);
            step.lose(script, &statement);
        }
        Ok(())
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

    fn render(
        &self,
        step: &mut CompiledStep,
        operations: &[Operation],
        source: &Source,
    ) -> Result<(), EngineError> {
        let rendering = self
            .dialect
            .render(operations, &RenderContext::new(self.version))
            .map_err(|error: RenderError| EngineError::Render {
                revision: step.revision.clone(),
                place: source.place.clone(),
                error,
            })?;
        for statement in rendering.statements {
            for guard in statement.guards {
                step.statements.push(CompiledStatement {
                    action: Action::Guard(guard),
                    ..source.statement(String::new(), StatementClass::Query)
                });
            }
            let class = classify(&statement.sql, self.dialect.lexical_rules());
            step.statements.push(source.statement(statement.sql, class));
        }
        for note in rendering
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::LeftOut)
        {
            step.notes.push(match &source.place {
                Some(place) => format!("{place}: {}", note.message),
                None => format!("revision {}: {}", step.revision, note.message),
            });
        }
        Ok(())
    }

    fn is_written(&self, script: &Script, direction: Direction) -> bool {
        script.is_written(direction, self.migrator.driver().name(), self.dialect.name())
    }

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

    fn compile_code(&self, step: &mut CompiledStep) -> Result<(), EngineError> {
        step.code = self.migrator.code(&step.revision);
        let operations = self
            .code_operations(&step.revision, step.direction)?
            .ok_or_else(|| EngineError::MissingCode {
                revision: step.revision.clone(),
            })?;
        self.render(step, &operations, &Source::default())?;
        if step.code.as_ref().is_some_and(|code| !code.has_data_step()) {
            return Ok(());
        }
        let data = CompiledStatement {
            action: Action::Code,
            ..Source::default().statement(String::new(), StatementClass::Rows)
        };
        match step.direction {
            Direction::Upgrade => step.statements.push(data),
            Direction::Downgrade => step.statements.insert(0, data),
        }
        Ok(())
    }
}
