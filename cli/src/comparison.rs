//! Comparing two schemas: by the schema model, and where an engine was asked by all objects.

use std::collections::BTreeSet;

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Changes;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::ObjectStep;
use limbeck_core::catalogue::Unchangeable;
use limbeck_core::diff::Diff;
use limbeck_core::diff::Rename;
use limbeck_core::diff::diff;
use limbeck_core::engine::Live;
use limbeck_core::operation::Operation;

use crate::context::Context;
use crate::differences::as_flag;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::schema_source::Found;
use crate::schema_source::Reach;

/// What leads from one schema to another.
pub(crate) struct Comparison {
    /// By operations.
    pub(crate) diff: Diff,
    /// What no operation says.
    pub(crate) objects: Vec<ObjectStep>,
    /// What stays as it is.
    pub(crate) unchangeable: Vec<Unchangeable>,
    /// Whether the program has changed the operations: then they lead elsewhere.
    pub(crate) is_rewritten: bool,
}

impl Comparison {
    /// Whether both are the same.
    pub(crate) fn is_empty(&self) -> bool {
        self.diff.is_empty() && self.objects.is_empty() && self.unchangeable.is_empty()
    }

    /// What leads from one to the other, with the renames of the models and of the flags.
    ///
    /// # Errors
    /// A rename does not fit, or one of a flag is about nothing that is there.
    pub(crate) fn between(from: &Found, to: &Found, said: &[Rename]) -> Result<Self, CommandError> {
        let renames: Vec<Rename> = to.renames.iter().chain(said).cloned().collect();
        let mut found = diff(&from.schema, &to.schema, &renames);
        for operation in &mut found.operations {
            to.in_own_words(operation);
        }
        refuse_unfit(&found)?;
        refuse_unused(said, &found)?;
        Ok(match object_changes(from, to) {
            None => Self::by_operations(found),
            Some(objects) => Self::of_both(found, objects, from, to),
        })
    }

    /// Whether something has a new name, which nothing but an operation says.
    pub(crate) fn has_new_names(&self) -> bool {
        has_new_names(&self.diff)
    }

    /// The same after the program has had its say.
    pub(crate) fn rewritten(mut self, from: &Found, context: &Context<'_>) -> Self {
        self.is_rewritten = context.rewrite(&mut self.diff.operations, &from.schema);
        self
    }

    fn by_operations(diff: Diff) -> Self {
        Self {
            diff,
            objects: Vec::new(),
            unchangeable: Vec::new(),
            is_rewritten: false,
        }
    }

    /// The engine knows whether there is a difference, and operations say it better where they can.
    fn of_both(mut diff: Diff, objects: Changes, from: &Found, to: &Found) -> Self {
        if objects.is_empty() {
            return Self::by_operations(Diff::default());
        }
        diff.left.clear();
        let named: BTreeSet<&str> = diff.operations.iter().flat_map(names).collect();
        let is_said = |step: &ObjectStep| {
            let id = &step.object;
            let of = part_of(id, from, to);
            id.kind.is_of_model()
                && (named.contains(id.name.as_str()) || of.is_some_and(|of| named.contains(of)))
        };
        let is_consequence = |step: &ObjectStep| {
            let both = catalogue(from).zip(catalogue(to));
            let both = both.and_then(|(from, to)| Some((from.get(&step.object)?, to.get(&step.object)?)));
            both.is_some_and(|(one, other)| one.is_made_like(other) && one.settings == other.settings)
        };
        // What tables may need comes before them, and operations say nothing of it; but new names nothing else says.
        let are_before_tables = objects
            .steps
            .iter()
            .any(|step| step.object.kind < Kind::Table && !step.statements.is_empty());
        let all_are_native = diff.operations.is_empty() || (are_before_tables && !has_new_names(&diff));
        if all_are_native {
            diff.operations.clear();
            diff.losses.clear();
            return Self {
                objects: objects.steps,
                unchangeable: objects.left,
                is_rewritten: false,
                diff,
            };
        }
        let rest = objects
            .steps
            .into_iter()
            .filter(|step| !is_said(step) && !is_consequence(step));
        Self {
            objects: rest.collect(),
            unchangeable: objects.left,
            is_rewritten: false,
            diff,
        }
    }
}

fn has_new_names(diff: &Diff) -> bool {
    let mut operations = diff.operations.iter();
    operations.any(|operation| {
        matches!(
            operation,
            Operation::RenameTable { .. } | Operation::RenameColumn { .. }
        )
    })
}

/// What leads from all objects of one to all of the other; none where one of them is not known.
pub(crate) fn object_changes(from: &Found, to: &Found) -> Option<Changes> {
    if [from, to].iter().any(|found| found.reach != Reach::All) {
        return None;
    }
    let (one, other) = (from.live.as_ref()?, to.live.as_ref()?);
    match is_ordered(from, to) {
        true => one.changes_to(other),
        false => changes_but_order(one, other),
    }
}

/// Whether the order of columns counts: nothing that portable SQL says depends on it.
pub(crate) const fn is_ordered(from: &Found, to: &Found) -> bool {
    !from.is_of_portable() && !to.is_of_portable()
}

/// What leads from all objects of one database to all of another where the order of columns is no difference: portable SQL
/// cannot change it.
pub(crate) fn changes_but_order(from: &Live, to: &Live) -> Option<Changes> {
    let (one, other) = (from.catalogue.as_ref()?, to.catalogue.as_ref()?);
    Some(from.changes(&one.without_column_order(), &other.without_column_order()))
}

fn catalogue(found: &Found) -> Option<&Catalogue> {
    found.live.as_ref()?.catalogue.as_ref()
}

/// The name of what an object is part of.
fn part_of<'a>(id: &limbeck_core::catalogue::ObjectId, from: &'a Found, to: &'a Found) -> Option<&'a str> {
    let object = [from, to]
        .into_iter()
        .find_map(|found| catalogue(found)?.get(id))?;
    object.part_of.as_ref().map(|whole| whole.name.as_str())
}

/// The names that an operation is about.
pub(crate) fn names(operation: &Operation) -> Vec<&str> {
    let mut names: Vec<&str> = operation.table().into_iter().map(|name| name.as_str()).collect();
    match operation {
        Operation::CreateView(view) => names.push(view.name.as_str()),
        Operation::DropView { view } => names.push(view.as_str()),
        Operation::DropIndex { index } => names.push(index.as_str()),
        Operation::CreateIndex { index, .. } => names.push(index.name.as_str()),
        Operation::AddConstraint { constraint, .. } => names.push(constraint.name().as_str()),
        Operation::CreateTable(table) => names.push(table.name.as_str()),
        Operation::RenameTable { from, to } => names.extend([from.as_str(), to.as_str()]),
        _ => {}
    }
    names
}

fn refuse_unfit(found: &Diff) -> Result<(), CommandError> {
    let Some(rename) = found.unfit_renames.first() else {
        return Ok(());
    };
    let message = format!("{rename} does not fit: the old name is still wanted, or the new one is not free");
    Err(CommandError::new(ErrorKind::Usage, message)
        .with_hint("where names change places, write the revision by hand, with a third name in between"))
}

fn refuse_unused(said: &[Rename], found: &Diff) -> Result<(), CommandError> {
    match said.iter().find(|rename| !was_used(rename, found)) {
        None => Ok(()),
        Some(rename) => Err(CommandError::new(
            ErrorKind::Usage,
            format!("`{}` speaks of nothing that is there", as_flag(rename)),
        )
        .with_hint(
            "write the names as `limbeck check` shows them; a column stands in the table of the new name",
        )),
    }
}

fn was_used(rename: &Rename, found: &Diff) -> bool {
    found
        .operations
        .iter()
        .any(|operation| match (rename, operation) {
            (Rename::Table { from, to }, Operation::RenameTable { from: old, to: new }) => {
                from == old && to == new
            }
            (
                Rename::Column { table, from, to },
                Operation::RenameColumn {
                    table: of,
                    from: old,
                    to: new,
                },
            ) => table == of && from == old && to == new,
            _ => false,
        })
}
