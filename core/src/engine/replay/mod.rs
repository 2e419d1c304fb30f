//! The schema that a history makes, without a database, and the downgrades that follow from it.

mod derive;
mod fit;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use derive::Derived;
pub(crate) use derive::Downgrade;
pub(crate) use derive::Upgrade;
pub(crate) use derive::derive;
pub(crate) use derive::derive_one;
pub(crate) use fit::check_fit;

use super::EngineError;
use super::compile::Compiler;
use crate::dialect::Dialect;
use crate::graph::Ahead;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::operation::ApplyError;
use crate::operation::DataKind;
use crate::operation::Operation;
use crate::operation::WorkingSchema;
use crate::schema::Name;
use crate::schema::Schema;
use crate::script::DirectiveWord;
use crate::script::Script;
use crate::script::Section;
use crate::script::Touches;
use crate::sql::Place;
use crate::sql::StatementClass;
use crate::sql::classify;
use crate::sql::named_objects;

/// A portable statement that does not fit the schema before it.
#[derive(Clone)]
pub(crate) struct Misfit {
    /// The revision.
    pub(crate) revision: RevisionId,
    /// The statement.
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) error: ApplyError,
}

/// Replays some revisions and all that they need, parents first, and gives the statements that do not fit, as far as
/// the schema is known.
///
/// # Errors
/// A script cannot be compiled; what was found before it is lost, because the same fault is found by compiling.
pub(crate) fn misfits(compiler: &Compiler<'_>, revisions: &[RevisionId]) -> Result<Vec<Misfit>, EngineError> {
    Ok(Replay::walk(compiler, revisions, |_, _| {})?.misfits)
}

/// A schema made by replay, and what of it is not known.
#[derive(Clone, Default)]
pub(crate) struct Replay {
    schema: WorkingSchema,
    /// Objects that a native statement has named, with the revision that did.
    opaque: BTreeMap<String, String>,
    /// The revision since which nothing is known.
    everything: Option<String>,
    /// The first revision that changes the database by native SQL or code, known or not.
    native: Option<String>,
    /// What did not fit while everything was known.
    misfits: Vec<Misfit>,
}

impl Replay {
    /// The schema of a database to which `rows` and all that they need are applied, made by replay.
    pub(crate) fn at(compiler: &Compiler<'_>, rows: &Rows) -> Result<Self, EngineError> {
        let known = rows.0.iter().filter_map(|row| compiler.migrator.graph().get(row));
        let revisions: Vec<RevisionId> = known.map(|revision| revision.id.clone()).collect();
        Self::walk(compiler, &revisions, |_, _| {})
    }

    /// The schema that a step of this revision finds, as far as the revision itself and what it needs have made it.
    pub(crate) fn before(
        compiler: &Compiler<'_>,
        revision: &RevisionId,
        direction: Direction,
    ) -> Result<Self, EngineError> {
        let mut before = Self::default();
        let after = Self::walk(compiler, std::slice::from_ref(revision), |replay, next| {
            if next == revision {
                before = replay.clone();
            }
        })?;
        Ok(match direction {
            Direction::Upgrade => before,
            Direction::Downgrade => after,
        })
    }

    /// A schema that was read, where a replay goes on.
    pub(crate) fn from_schema(schema: Schema) -> Self {
        Self {
            schema: WorkingSchema::new(schema),
            ..Self::default()
        }
    }

    /// The schema as far as it is known.
    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The first revision that changes the database by native SQL or code: the schema model may not hold what that makes.
    pub(crate) fn native(&self) -> Option<&str> {
        self.native.as_deref()
    }

    /// What did not fit while everything was known.
    pub(crate) fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// Whether anything is not known for sure.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.everything.is_some() || !self.opaque.is_empty()
    }

    /// What is not known, when anything is: an object or everything, and the revision since which.
    pub(crate) fn doubt(&self) -> Option<(Option<&str>, &str)> {
        let of_object = || {
            let (object, since) = self.opaque.first_key_value()?;
            Some((Some(object.as_str()), since.as_str()))
        };
        let of_all = self.everything.as_deref().map(|since| (None, since));
        of_all.or_else(of_object)
    }

    /// Nothing is known for sure since this revision.
    pub(crate) fn doubt_everything(&mut self, since: &str) {
        self.everything.get_or_insert_with(|| since.to_owned());
    }

    /// Replays the upgrades of some revisions and of all that they need, parents first. Before each, `visit` sees the
    /// schema as it is then.
    pub(crate) fn walk(
        compiler: &Compiler<'_>,
        revisions: &[RevisionId],
        mut visit: impl FnMut(&Self, &RevisionId),
    ) -> Result<Self, EngineError> {
        let graph = compiler.migrator.graph();
        let plan = graph.plan_upgrade_to(&Rows::default(), revisions, Ahead::Refuse)?;
        let mut replay = Self::default();
        for step in &plan.steps {
            visit(&replay, &step.revision);
            replay.apply(compiler, compiler.migrator.script(&step.revision)?)?;
        }
        Ok(replay)
    }

    /// Carries out the upgrade of a script.
    pub(crate) fn apply(&mut self, compiler: &Compiler<'_>, script: &Script) -> Result<(), EngineError> {
        if script.is_rust() {
            return self.apply_code(compiler, script);
        }
        let (driver, dialect) = (compiler.migrator.driver().name(), compiler.dialect.name());
        for section in script.sections_of(Direction::Upgrade) {
            if section.audience.is_native() {
                if section.audience.runs_on(driver, dialect) {
                    self.taint(compiler.dialect, script, section)?;
                }
                continue;
            }
            for (statement, operations) in compiler.operations(script, section)? {
                let place = Place::new(Arc::clone(script.file()), statement.span);
                self.follow(compiler.dialect, script, &operations, Some(&place));
            }
        }
        Ok(())
    }

    /// Carries out the operations of a statement. What stands nowhere is at the head of its file.
    pub(crate) fn follow(
        &mut self,
        dialect: &dyn Dialect,
        script: &Script,
        operations: &[Operation],
        place: Option<&Place>,
    ) {
        for operation in operations {
            let recognize = |schema: &mut Schema, operation: &Operation| dialect.recognize(schema, operation);
            self.schema.prepare(operation, recognize);
            if let Err(error) = self.schema.apply(operation) {
                self.does_not_fit(Misfit {
                    revision: script.revision().clone(),
                    place: place.cloned().unwrap_or_else(|| {
                        let line = script.header_line(DirectiveWord::Revision).unwrap_or_default();
                        Place::new(Arc::clone(script.file()), line)
                    }),
                    error,
                });
            }
        }
    }

    /// The operations of a revision written in Rust replay like portable SQL. What its data step does nobody knows,
    /// unless its file says what it touches.
    fn apply_code(&mut self, compiler: &Compiler<'_>, script: &Script) -> Result<(), EngineError> {
        if let Some(operations) = compiler.code_operations(script.revision(), Direction::Upgrade)? {
            let line = script.header_line(DirectiveWord::Rust).unwrap_or_default();
            let place = Place::new(Arc::clone(script.file()), line);
            self.follow(compiler.dialect, script, &operations, Some(&place));
        }
        let code = compiler.migrator.code(script.revision());
        if code.is_none_or(|code| code.has_data_step()) {
            self.native.get_or_insert_with(|| script.revision().to_string());
            self.taint_by(script, script.touches());
        }
        Ok(())
    }

    /// After native SQL the model may lack what a statement names: then nothing is known any more. Otherwise the
    /// statement is at fault, and what is missing after it, it would have made.
    fn does_not_fit(&mut self, misfit: Misfit) {
        let is_known = self.everything.is_none() && self.opaque.is_empty();
        if is_known && (self.misfits.is_empty() || misfit.error.missing().is_none()) {
            self.misfits.push(misfit);
        } else if !is_known {
            self.everything.get_or_insert_with(|| misfit.revision.to_string());
        }
    }

    /// What a native section makes unknown: the objects that its schema changes name, or what it says it touches.
    pub(crate) fn taint(
        &mut self,
        dialect: &dyn Dialect,
        script: &Script,
        section: &Section,
    ) -> Result<(), EngineError> {
        let rules = dialect.lexical_rules();
        for statement in section.statements(script.file(), rules)? {
            let sql = statement.span.slice(script.file().text());
            let class = classify(sql, rules);
            if matches!(
                class,
                StatementClass::Schema | StatementClass::Opaque | StatementClass::Unknown
            ) {
                let revision = || script.revision().to_string();
                self.native.get_or_insert_with(revision);
            }
            match (&statement.touches, class) {
                (Some(touches), _) => self.taint_by(script, Some(touches)),
                (None, StatementClass::Empty | StatementClass::Rows | StatementClass::Query) => {}
                (None, StatementClass::Schema) => {
                    self.taint_by(script, Some(&Touches(named_objects(sql, rules))));
                }
                (None, _) => self.taint_by(script, None),
            }
        }
        Ok(())
    }

    /// What a script says it touches is not known any more; all that there is when it says nothing.
    pub(crate) fn taint_by(&mut self, script: &Script, touches: Option<&Touches>) {
        let id = script.revision().as_str();
        match touches {
            Some(Touches(names)) => {
                for name in names {
                    self.opaque.insert(name.to_lowercase(), id.to_owned());
                }
            }
            None => {
                self.everything.get_or_insert_with(|| id.to_owned());
            }
        }
    }

    /// The revision that made unknown what an operation's inverse must know.
    fn unknown_to(&self, operation: &Operation) -> Option<&str> {
        let names: Vec<&Name> = match operation {
            Operation::DropTable { table }
            | Operation::DropColumn { table, .. }
            | Operation::AlterColumn { table, .. }
            | Operation::DropConstraint { table, .. }
            | Operation::CommentOnTable { table, .. }
            | Operation::CommentOnColumn { table, .. } => vec![table],
            Operation::DropIndex { index } => vec![index],
            Operation::DropView { view } => vec![view],
            Operation::Data(data) if data.kind != DataKind::Select => data.table.iter().collect(),
            _ => return None,
        };
        self.since(names)
    }

    /// The revision that made unknown what writing some operations must know.
    pub(crate) fn unknown_to_any(&self, operations: &[Operation]) -> Option<&str> {
        self.since(operations.iter().filter_map(|operation| match operation {
            Operation::DropIndex { index } => Some(index),
            Operation::DropView { view } => Some(view),
            other => other.table(),
        }))
    }

    fn since<'n>(&self, names: impl IntoIterator<Item = &'n Name>) -> Option<&str> {
        let mut names = names.into_iter();
        let opaque = names.find_map(|name| self.opaque.get(&name.as_str().to_lowercase()));
        opaque.or(self.everything.as_ref()).map(String::as_str)
    }
}
