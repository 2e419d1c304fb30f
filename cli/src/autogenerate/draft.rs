//! What a revision is made of.

use limbeck_core::diff::Diff;
use limbeck_core::engine::Live;
use limbeck_core::operation::Operation;
use limbeck_core::operation::portable_sql;
use limbeck_core::schema::Schema;

use super::native;
use super::prove::reached;
use super::sections::Sections;
use super::write;
use crate::comparison::Comparison;
use crate::comparison::changes_but_order;
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
    let portable = portable_part(found)?;
    let is_whole = portable.operations.len() == found.diff.operations.len();
    let mut sections = match portable.operations.is_empty() {
        true => Sections::default(),
        false => write::portable(&portable, from, context)?,
    };
    let before = match from.is_portable() && from.reach == Reach::All {
        true => Before::Schema(from.schema.clone()),
        false => Before::History,
    };
    let needs_more = !(is_whole && found.objects.is_empty());
    if needs_more && !found.is_rewritten {
        let (there, back) = match portable.operations.is_empty() {
            true => (object_changes(from, to), object_changes(to, from)),
            false => {
                let half = reached(planned, &sections, &before, context).await?;
                let wanted = to.live.as_ref();
                let leads = |from: &Live, to: &Live| changes_but_order(from, to);
                (
                    wanted.and_then(|wanted| leads(&half, wanted)),
                    wanted.and_then(|wanted| leads(wanted, &half)),
                )
            }
        };
        let (Some(there), Some(back)) = (there, back) else {
            return Err(no_words(found));
        };
        if !there.is_empty() {
            let migrator = context.reader()?;
            let live = to
                .live
                .as_ref()
                .or(from.live.as_ref())
                .ok_or_else(|| no_words(found))?;
            let driver = migrator.driver();
            sections.native = Some(native::sections(&there, &back, driver, live.dialect)?);
        }
    }
    let wanted = match found.is_rewritten {
        true => Wanted::Schema(led_to(&from.schema, &portable.operations)?),
        false => wanted(to),
    };
    Ok(Generated {
        message: message(found),
        sections,
        before,
        wanted,
    })
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

/// The operations that portable SQL can say: all of them, or those that give new names, which nothing else says.
fn portable_part(found: &Comparison) -> Result<Diff, CommandError> {
    let mut part = found.diff.clone();
    let says_all = found.diff.left.is_empty()
        && found
            .diff
            .operations
            .iter()
            .all(|operation| portable_sql(operation).is_ok());
    if !says_all {
        part.operations.retain(|operation| {
            matches!(
                operation,
                Operation::RenameTable { .. } | Operation::RenameColumn { .. }
            )
        });
        part.losses.clear();
    }
    Ok(part)
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
