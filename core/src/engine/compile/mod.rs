//! From the plan's steps to the statements that are really sent.
//!
//! What a dialect writes without knowing the schema is written at once. What it can only write from the definition of a
//! table is a [`Deferred`] statement: online it is written when its turn comes, from the table as it is then, and what is
//! compiled is a preview; without a database it is written from the replayed history. What would be the same for every
//! definition is not written again.

mod around;
mod code;
mod declared;
mod deferred;
mod known;
mod load;
mod online;
mod render;
mod section;
mod source;
mod step;
mod touched;
mod unit;

use std::collections::HashMap;
use std::sync::Arc;

pub(crate) use self::around::Around;
pub use self::deferred::Deferred;
pub(crate) use self::deferred::Needed;
pub use self::load::Load;
pub(crate) use self::load::render_rows;
pub(crate) use self::render::guards;
pub(crate) use self::render::render_error;
pub use self::step::Action;
pub use self::step::CompiledStatement;
pub use self::step::CompiledStep;
pub use self::step::Isolation;
pub use self::step::Message;

use self::known::Known;
use self::source::Source;
use crate::dialect::Capabilities;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::driver::ServerInfo;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::engine::TouchedTables;
use crate::engine::groups::is_one_transaction;
use crate::engine::replay;
use crate::engine::replay::Derived;
use crate::engine::replay::Replay;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::graph::Step;
use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::operation::PortableOptions;
use crate::operation::parse_statement;
use crate::operation::parse_table_name;
use crate::schema::Name;
use crate::schema::TokenRun;
use crate::script::Script;
use crate::script::Section;
use crate::script::SourceKind;
use crate::script::SourceStatement;
use crate::script::in_shares_of;
use crate::sql::LexicalRules;
use crate::sql::Place;
use crate::sql::SourceFile;

/// To parse fewer statements than this is done before another thread has begun.
const LEAST_STATEMENTS: usize = 32;

/// Compiles steps for one server.
pub(crate) struct Compiler<'a> {
    pub(crate) migrator: &'a Migrator,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) version: Version,
    derived: HashMap<RevisionId, Derived>,
    known: Known,
    /// The revision of which a part has run already.
    half_run: Option<String>,
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
            known: Known::Nothing,
            half_run: None,
        }
    }

    /// Everything that a step sends, written for the schema that a replay has made of all that its revision needs.
    pub(crate) fn step_after(&mut self, replay: &Replay, step: &Step) -> Result<CompiledStep, EngineError> {
        let mut replay = replay.clone();
        if step.direction == Direction::Downgrade {
            replay.apply(self, self.migrator.script(&step.revision)?)?;
        }
        self.known = Known::Replayed(replay);
        let compiled = self.step(step);
        self.known = Known::Nothing;
        compiled
    }

    /// Everything that some steps send, written without a database to which `rows` are applied.
    pub(crate) fn replayed(mut self, rows: &Rows, steps: &[Step]) -> Result<Vec<CompiledStep>, EngineError> {
        self.derive(steps)?;
        let mut compiled = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let mut next = self.step(step)?;
            next.refuse_code()?;
            if self.lacks_schema(&next) {
                self.known = Known::Replayed(Replay::at(&self, rows)?);
                compiled = steps
                    .iter()
                    .take(at)
                    .map(|earlier| self.step(earlier))
                    .collect::<Result<_, _>>()?;
                next = self.step(step)?;
            }
            compiled.push(next);
        }
        Ok(compiled)
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

    /// Everything that a step sends. What the step does to the schema is known afterwards, as far as the schema is.
    ///
    /// A downgrade that is not written must have been derived.
    pub(crate) fn step(&mut self, step: &Step) -> Result<CompiledStep, EngineError> {
        let script = self.migrator.script(&step.revision)?;
        let is_doubtful = self.known.is_doubtful();
        let mut compiled = CompiledStep {
            revision: step.revision.clone(),
            direction: step.direction,
            message: script.message().to_owned(),
            statements: Vec::new(),
            transactional: true,
            before: Vec::new(),
            notes: Vec::new(),
            losses: Vec::new(),
            tables: TouchedTables::default(),
            checksum: Some(self.checksum(script, step.direction)?),
            rows: step.rows.clone(),
            unsettles: script.is_rust(),
            provisional: false,
            code: None,
            around: Around::default(),
        };
        if script.is_rust() {
            self.compile_code(&mut compiled, script)?;
        } else if let Some(derived) = self.derived(step) {
            let derived = derived?;
            let operations = derived.inverse.operations.iter();
            let statements = operations
                .map(|operation| (Source::default(), vec![operation.clone()]))
                .collect();
            self.portable(&mut compiled, script, statements)?;
            compiled.losses.clone_from(&derived.losses);
        } else {
            for section in script.sections_of(step.direction) {
                self.compile_section(&mut compiled, script, section)?;
            }
            compiled.notes.extend(self.empty_upgrade(script, step.direction));
        }
        compiled.provisional = is_doubtful && compiled.is_deferred();
        if self.half_run.as_deref() == Some(step.revision.as_str()) {
            // It has run in parts, so nothing was set before it: what is set so goes with one transaction or not at all.
            compiled.before.clear();
        }
        compiled.surround()?;
        compiled.transactional = is_one_transaction(&compiled.statements, self.capabilities());
        Ok(compiled)
    }

    /// A derived downgrade; the reason that there is none is given once.
    fn derived(&mut self, step: &Step) -> Option<Derived> {
        if step.direction == Direction::Upgrade {
            return None;
        }
        match self.derived.get(&step.revision)? {
            Ok(operations) => Some(Ok(Arc::clone(operations))),
            Err(_) => self.derived.remove(&step.revision),
        }
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
        self.operations_of(script.file(), section)
    }

    /// The same of a section of any file.
    pub(crate) fn operations_of(
        &self,
        file: &Arc<SourceFile>,
        section: &Section,
    ) -> Result<Vec<(SourceStatement, Vec<Operation>)>, EngineError> {
        let options = self.portable_options();
        let statements = section.statements(file, &LexicalRules::STANDARD)?;
        let parse = |source: &SourceStatement| {
            let operations = match &source.kind {
                SourceKind::Load(load) => parse_table_name(file.text(), load.table).map(rows_into),
                _ => parse_statement(file.text(), source.span, &options),
            };
            operations.map_err(|error| EngineError::Portable {
                place: Place::new(Arc::clone(file), error.span),
                error,
            })
        };
        let parsed = in_shares_of(LEAST_STATEMENTS, &statements, |share| {
            share.iter().map(parse).collect()
        });
        let together = statements.into_iter().zip(parsed);
        together
            .map(|(source, operations)| Ok((source, operations?)))
            .collect()
    }

    /// What the upgrade of a script does in portable SQL, or by the operations of its code.
    pub(crate) fn upgrade_operations(&self, script: &Script) -> Result<Vec<Operation>, EngineError> {
        if script.is_rust() {
            let operations = self.code_operations(script.revision(), Direction::Upgrade)?;
            return Ok(operations.unwrap_or_default());
        }
        let mut all = Vec::new();
        let portable = self.sections(script, Direction::Upgrade);
        for section in portable.filter(|section| !section.audience.is_native()) {
            for (_, operations) in self.operations(script, section)? {
                all.extend(operations);
            }
        }
        Ok(all)
    }

    /// How portable SQL is read here.
    pub(crate) fn portable_options(&self) -> PortableOptions {
        let drivers = self.migrator.scripts().driver_words();
        PortableOptions::with_naming(self.migrator.options().naming.clone()).knowing(drivers.clone())
    }

    fn is_written(&self, script: &Script, direction: Direction) -> bool {
        script.is_written(direction, self.migrator.driver().name(), self.dialect.name())
    }
}

/// What the rows of a file are to replays and derivations: an INSERT into the table, of which nobody asks the values.
fn rows_into(table: Name) -> Vec<Operation> {
    let run = TokenRun(Vec::new());
    let rows = DataStatement::new(DataKind::Insert, Some(table), Vec::new(), run);
    vec![Operation::Data(rows)]
}
