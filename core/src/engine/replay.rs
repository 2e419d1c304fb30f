//! The schema that a history makes, without a database, and the downgrades that follow from it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EngineError;
use super::compile::Compiler;
use super::options::DataLoss;
use crate::graph::Ahead;
use crate::graph::Direction;
use crate::graph::Rows;
use crate::operation::ApplyError;
use crate::operation::DataKind;
use crate::operation::Inverse;
use crate::operation::Operation;
use crate::operation::derive_downgrade;
use crate::schema::Name;
use crate::schema::Schema;
use crate::script::Audience;
use crate::script::Script;
use crate::sql::Place;
use crate::sql::StatementClass;
use crate::sql::classify;
use crate::sql::named_objects;

/// The operations that take a script's upgrade back.
pub(crate) fn derived_downgrade(
    compiler: &Compiler<'_>,
    script: &Script,
) -> Result<Vec<Operation>, EngineError> {
    let revision = script.revision().clone();
    if let Some(why) = script.irreversible() {
        return Err(EngineError::Irreversible {
            revision,
            why: why.to_owned(),
        });
    }
    let refuse = |why: String| EngineError::NoDowngrade {
        revision: revision.clone(),
        why,
        error: None,
    };
    let mut upgrade = Vec::new();
    for section in compiler.sections(script, Direction::Upgrade) {
        if matches!(section.audience, Audience::Native { .. }) {
            return Err(refuse("its upgrade has native SQL".to_owned()));
        }
        for (_, operations) in compiler.operations(script, section)? {
            upgrade.extend(operations);
        }
    }
    if upgrade.is_empty() {
        return Ok(Vec::new());
    }
    let before = Replay::before(compiler, script)?;
    if let Some(since) = upgrade.iter().find_map(|operation| before.unknown_to(operation)) {
        return Err(refuse(format!(
            "what it changes was changed by revision {since} in a way that can't be replayed"
        )));
    }
    let Inverse {
        operations, losses, ..
    } = derive_downgrade(&upgrade, &before.schema).map_err(|error| EngineError::NoDowngrade {
        revision: revision.clone(),
        why: error.to_string(),
        error: Some(error),
    })?;
    if !losses.is_empty() && compiler.migrator.options().data_loss == DataLoss::Refuse {
        let losses = losses.iter().map(ToString::to_string).collect();
        return Err(EngineError::DataLoss { revision, losses });
    }
    Ok(operations)
}

/// A portable statement that does not fit the schema before it.
pub(crate) struct Misfit {
    /// The statement.
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) error: ApplyError,
}

/// Replays the whole history, parents first, and gives the statements that do not fit, as far as the schema is known.
///
/// # Errors
/// A script cannot be compiled; what was found before it is lost, because the same fault is found by compiling.
pub(crate) fn misfits(compiler: &Compiler<'_>) -> Result<Vec<Misfit>, EngineError> {
    let plan = compiler
        .migrator
        .graph()
        .plan_upgrade(&Rows::default(), "heads", Ahead::Refuse)?;
    let mut replay = Replay::default();
    for step in &plan.steps {
        replay.apply(compiler, compiler.migrator.script(&step.revision)?)?;
    }
    Ok(replay.misfits)
}

/// A schema made by replay, and what of it is not known.
#[derive(Default)]
struct Replay {
    schema: Schema,
    /// Objects that a native statement has named, with the revision that did.
    opaque: BTreeMap<String, String>,
    /// The revision since which nothing is known.
    everything: Option<String>,
    /// What did not fit while everything was known.
    misfits: Vec<Misfit>,
}

impl Replay {
    /// The schema before a revision: the portable operations of all its ancestors, in order.
    fn before(compiler: &Compiler<'_>, script: &Script) -> Result<Self, EngineError> {
        let target = script.revision().as_str();
        let plan = compiler
            .migrator
            .graph()
            .plan_upgrade(&Rows::default(), target, Ahead::Refuse)?;
        let mut replay = Self::default();
        for step in plan.steps.iter().filter(|step| step.revision.as_str() != target) {
            replay.apply(compiler, compiler.migrator.script(&step.revision)?)?;
        }
        Ok(replay)
    }

    fn apply(&mut self, compiler: &Compiler<'_>, script: &Script) -> Result<(), EngineError> {
        let id = script.revision().as_str();
        if script.is_rust() {
            self.everything.get_or_insert_with(|| id.to_owned());
        }
        let (driver, dialect) = (compiler.migrator.driver().name(), compiler.dialect.name());
        for section in script
            .sections()
            .iter()
            .filter(|section| section.direction == Direction::Upgrade)
        {
            if matches!(section.audience, Audience::Native { .. }) {
                if section.audience.runs_on(driver, dialect) {
                    self.taint(compiler, script, section.span.slice(script.file().text()));
                }
                continue;
            }
            for (statement, operations) in compiler.operations(script, section)? {
                for operation in operations {
                    if let Err(error) = self.schema.apply(&operation) {
                        let place = Place::new(Arc::clone(script.file()), statement.span);
                        self.does_not_fit(id, Misfit { place, error });
                    }
                }
            }
        }
        Ok(())
    }

    /// After native SQL the model may lack what a statement names: then nothing is known any more. Otherwise the
    /// statement is at fault, and what is missing after it, it would have made.
    fn does_not_fit(&mut self, id: &str, misfit: Misfit) {
        let is_known = self.everything.is_none() && self.opaque.is_empty();
        if is_known && (self.misfits.is_empty() || misfit.error.missing().is_none()) {
            self.misfits.push(misfit);
        } else if !is_known {
            self.everything.get_or_insert_with(|| id.to_owned());
        }
    }

    fn taint(&mut self, compiler: &Compiler<'_>, script: &Script, sql: &str) {
        let rules = compiler.dialect.lexical_rules();
        let id = script.revision().as_str();
        for slice in crate::sql::split(sql, rules) {
            let statement = slice.body.slice(sql);
            match classify(statement, rules) {
                StatementClass::Empty | StatementClass::Rows | StatementClass::Query => {}
                StatementClass::Schema => {
                    for name in named_objects(statement, rules) {
                        self.opaque.insert(name.to_lowercase(), id.to_owned());
                    }
                }
                _ => {
                    self.everything.get_or_insert_with(|| id.to_owned());
                }
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
        let opaque = names
            .iter()
            .find_map(|name| self.opaque.get(&name.as_str().to_lowercase()));
        opaque.or(self.everything.as_ref()).map(String::as_str)
    }
}
