//! What a revision is made of.

use std::collections::BTreeSet;

use limbeck_core::catalogue::Changes;
use limbeck_core::dialect::Dialect;
use limbeck_core::diff::Diff;
use limbeck_core::engine::Live;
use limbeck_core::operation::Operation;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::Schema;

use super::native;
use super::prove::Reached;
use super::prove::reached;
use super::sections::Sections;
use super::write;
use crate::comparison::Comparison;
use crate::comparison::changes_but_order;
use crate::comparison::is_ordered;
use crate::comparison::names;
use crate::comparison::object_changes;
use crate::context::Context;
use crate::differences::step_in_words;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::new_script::Planned;
use crate::schema_source::Found;
use crate::schema_source::Reach;

/// A revision that leads from one schema to another.
pub(crate) struct Generated {
    /// What it does, for who gives no message.
    pub(crate) message: String,
    pub(crate) sections: Sections,
    pub(super) before: Before,
    pub(super) wanted: Wanted,
    /// Whether the order of columns must be that of what is wanted.
    pub(super) is_ordered: bool,
}

/// How the schema before a revision is made in a scratch database.
pub(super) enum Before {
    /// From the schema model.
    Schema(Schema),
    /// By the revisions before it.
    History,
}

/// What a revision must lead to.
pub(super) enum Wanted {
    /// What an engine makes of this.
    Schema(Schema),
    /// This.
    Live(Live),
}

/// Makes a revision of what leads from one schema to another: of portable SQL as far as that can say it, of the engine's
/// own words where it cannot.
pub(crate) async fn draft(
    from: &Found,
    to: &Found,
    found: &Comparison,
    planned: &Planned,
    context: &Context<'_>,
) -> Result<Generated, CommandError> {
    let before = match from.is_portable() && from.reach == Reach::All {
        true => Before::Schema(from.schema.clone()),
        false => Before::History,
    };
    let drafting = Drafting {
        from,
        to,
        found,
        planned,
        context,
        before: &before,
    };
    let portable = drafting.portable()?;
    if found.is_rewritten {
        let wanted = Wanted::Schema(led_to(&from.schema, &portable.operations.operations)?);
        return Ok(Generated::new(found, portable.sections, before, wanted));
    }
    let wanted = wanted(to);
    let needs_more = portable.part == Part::NewNames || !found.objects.is_empty();
    let sections = match needs_more || matches!(wanted, Wanted::Live(_)) {
        true => drafting.with_rest(portable, needs_more).await?,
        false => portable.sections,
    };
    Ok(Generated {
        is_ordered: is_ordered(from, to),
        ..Generated::new(found, sections, before, wanted)
    })
}

/// A revision on its way from a comparison to its sections.
struct Drafting<'a, 'c> {
    from: &'a Found,
    to: &'a Found,
    found: &'a Comparison,
    planned: &'a Planned,
    context: &'a Context<'c>,
    before: &'a Before,
}

/// What is written as portable SQL.
struct Portable {
    part: Part,
    operations: Diff,
    sections: Sections,
}

impl Drafting<'_, '_> {
    /// As much portable SQL as leads there and back.
    fn portable(&self) -> Result<Portable, CommandError> {
        if !says_all(self.found) {
            return self.portable_of(Part::NewNames);
        }
        match self.portable_of(Part::All) {
            // The way back may have no words where the way there has.
            Err(_) if object_changes(self.from, self.to).is_some() => self.portable_of(Part::NewNames),
            portable => portable,
        }
    }

    fn portable_of(&self, part: Part) -> Result<Portable, CommandError> {
        let operations = part.of(&self.found.diff);
        let sections = match operations.operations.is_empty() {
            true => Sections::default(),
            false => write::portable(&operations, self.from, self.context)?,
        };
        Ok(Portable {
            part,
            operations,
            sections,
        })
    }

    /// The sections with what the engine has to do beside portable SQL.
    async fn with_rest(&self, mut portable: Portable, needs_more: bool) -> Result<Sections, CommandError> {
        let mut rest = match self.rest_of(&portable).await {
            // Portable SQL alone may need what only the engine's words make.
            Err(error) if portable.part == Part::All && is_refusal(&error) => {
                portable = self.portable_of(Part::NewNames)?;
                self.rest_of(&portable).await?
            }
            first => first?,
        };
        // What the engine would have to do over again is better said in its own words at once, and so is what portable SQL
        // cannot give back.
        let is_better = |rest: &Rest| !rest.leads_back || rest.repeats(&portable.operations);
        if portable.part == Part::All && rest.as_ref().is_some_and(is_better) {
            portable = self.portable_of(Part::NewNames)?;
            rest = self.rest_of(&portable).await?;
        }
        match rest {
            None if needs_more => return Err(no_words(self.found)),
            Some(rest) if !rest.there.is_empty() => {
                let migrator = self.context.reader()?;
                let native = native::sections(&rest.there, &rest.back, migrator.driver(), rest.dialect)?;
                portable.sections.native = Some(native);
            }
            _ => {}
        }
        Ok(portable.sections)
    }

    /// What leads to the other schema once the portable sections have run; none where the engine is not asked.
    async fn rest_of(&self, portable: &Portable) -> Result<Option<Rest>, CommandError> {
        let (from, to) = (self.from, self.to);
        let Some(live) = &to.live else {
            return Ok(None);
        };
        let (both, leads_back) = match portable.operations.operations.is_empty() {
            true => (object_changes(from, to).zip(object_changes(to, from)), true),
            false if object_changes(from, to).is_none() => (None, true),
            false => {
                let reached = reached(self.planned, &portable.sections, self.before, self.context);
                let Reached { there, leads_back } = reached.await?;
                let changes = match is_ordered(from, to) {
                    true => there.changes_to(live).zip(live.changes_to(&there)),
                    false => changes_but_order(&there, live).zip(changes_but_order(live, &there)),
                };
                (changes, leads_back)
            }
        };
        Ok(both.map(|(there, back)| Rest {
            there,
            back,
            leads_back,
            dialect: live.dialect,
        }))
    }
}

impl Generated {
    fn new(found: &Comparison, sections: Sections, before: Before, wanted: Wanted) -> Self {
        Self {
            message: message(found),
            sections,
            before,
            wanted,
            is_ordered: false,
        }
    }
}

/// Which operations are written as portable SQL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of them.
    All,
    /// Those that give new names, which nothing else says.
    NewNames,
}

impl Part {
    fn of(self, diff: &Diff) -> Diff {
        let mut part = diff.clone();
        if self == Self::NewNames {
            part.losses.clear();
            part.operations.retain(|operation| {
                matches!(
                    operation,
                    Operation::RenameTable { .. } | Operation::RenameColumn { .. }
                )
            });
        }
        part
    }
}

/// What the engine has to do beside the operations.
struct Rest {
    there: Changes,
    back: Changes,
    /// Whether the downgrade of the operations gives back all that was there.
    leads_back: bool,
    dialect: &'static dyn Dialect,
}

impl Rest {
    /// Whether it is about what the operations are about.
    fn repeats(&self, operations: &Diff) -> bool {
        let names: BTreeSet<&str> = operations.operations.iter().flat_map(names).collect();
        let mut steps = self.there.steps.iter();
        steps.any(|step| names.contains(step.object.name.as_str()))
    }
}

/// Whether it is the statement that cannot be, and not the scratch database.
fn is_refusal(error: &CommandError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Statement | ErrorKind::Unsupported | ErrorKind::Script
    )
}

/// Whether portable SQL can say all operations, and they are all there is.
fn says_all(found: &Comparison) -> bool {
    let mut operations = found.diff.operations.iter();
    found.diff.left.is_empty() && operations.all(|operation| portable_sql(operation).is_ok())
}

/// The schema to which operations lead.
fn led_to(before: &Schema, operations: &[Operation]) -> Result<Schema, CommandError> {
    let mut schema = before.clone();
    for operation in operations {
        schema.apply(operation).map_err(|error| {
            let message = format!("what the program has made of the comparison does not fit: {error}");
            CommandError::new(ErrorKind::Unsupported, message)
        })?;
    }
    Ok(schema)
}

fn wanted(to: &Found) -> Wanted {
    match &to.live {
        Some(live) if !to.is_of_portable() => Wanted::Live(live.clone()),
        _ => Wanted::Schema(to.schema.clone()),
    }
}

fn message(found: &Comparison) -> String {
    if !found.diff.operations.is_empty() {
        return write::message(&found.diff.operations);
    }
    let steps = found.objects.iter().filter(|step| !step.statements.is_empty());
    write::summary(steps.map(step_in_words))
}

/// The refusal where the engine is not asked, and portable SQL has no words.
fn no_words(found: &Comparison) -> CommandError {
    let operation = found
        .diff
        .operations
        .iter()
        .find_map(|operation| portable_sql(operation).err());
    let why = found.diff.left.first().map(ToString::to_string);
    let why = why.or_else(|| operation.map(|error| error.to_string()));
    CommandError::new(
        ErrorKind::Unsupported,
        why.unwrap_or_else(|| "portable SQL does not say this".to_owned()),
    )
    .with_hint("write the revision by hand, with what leads there step by step")
}
