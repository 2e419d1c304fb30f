//! What is written into the file.

use limbeck_core::diff::Diff;
use limbeck_core::engine::downgrade_text;
use limbeck_core::operation::Inverse;
use limbeck_core::operation::Operation;
use limbeck_core::operation::derive_downgrade;
use limbeck_core::operation::portable_sql;

use super::review::to_check;
use super::sections::Downgrade;
use super::sections::Sections;
use crate::context::Context;
use crate::differences::in_words;
use crate::differences::on_one_line;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::schema_source::Found;

fn sql(operation: &Operation) -> Result<String, CommandError> {
    portable_sql(operation).map_err(|error| {
        let message = format!("{}: {error}", in_words(operation));
        CommandError::new(ErrorKind::Unsupported, message)
            .with_hint("`limbeck diff` shows the rest; write this one into a native section")
    })
}

/// What stands above what nobody has written by hand.
pub(super) const REQUEST: &str = "-- Written by comparison: read it, and change what you know better.\n";

/// The portable sections.
pub(super) fn portable(found: &Diff, from: &Found, context: &Context<'_>) -> Result<Sections, CommandError> {
    Ok(Sections {
        upgrade: upgrade(found, from)?,
        downgrade: downgrade(found, from, context)?,
        native: None,
    })
}

/// The statements, with what they take away, between a request to read them and what is to be checked.
fn upgrade(found: &Diff, from: &Found) -> Result<String, CommandError> {
    let mut text = REQUEST.to_owned();
    let mut losses: Vec<_> = found.losses.iter().collect();
    for operation in &found.operations {
        if let Some(index) = losses.iter().position(|loss| loss.is_by(operation)) {
            let loss = on_one_line(&losses.remove(index).to_string());
            text.push_str(&format!("-- This loses {loss}.\n"));
        }
        text.push_str(&format!("{};\n", sql(operation)?));
    }
    let is_new = |operation: &&Operation| {
        operation.table().is_some_and(|table| {
            let mut made = found.operations.iter();
            made.any(|operation| matches!(operation, Operation::CreateTable(made) if made.name == *table))
        })
    };
    let of_old = found.operations.iter().filter(|operation| !is_new(operation));
    let checks: Vec<String> = of_old
        .filter_map(|operation| to_check(operation, &from.schema))
        .collect();
    if !checks.is_empty() {
        text.push_str("-- To check, where the tables have rows:\n");
        checks
            .iter()
            .for_each(|check| text.push_str(&format!("--   {}\n", on_one_line(check))));
    }
    Ok(text)
}

/// The way back; that there is none is told.
fn downgrade(found: &Diff, from: &Found, context: &Context<'_>) -> Result<Downgrade, CommandError> {
    match derive_downgrade(&found.operations, &from.schema) {
        Ok(inverse) => text_of(&inverse).map(Downgrade::Derived),
        Err(error) => {
            context
                .output
                .notes()
                .line(&format!("note: no downgrade could be derived: {error}"));
            let error = on_one_line(&error.to_string());
            let text = format!("-- No downgrade follows from this upgrade: {error}.\n");
            Ok(Downgrade::None(text))
        }
    }
}

fn text_of(inverse: &Inverse) -> Result<String, CommandError> {
    downgrade_text(inverse).map_err(|error| CommandError::new(ErrorKind::Unsupported, error.to_string()))
}

/// What operations do, in few words: `account: add email, and 3 more`.
pub(super) fn message(operations: &[Operation]) -> String {
    summary(operations.iter().map(in_words))
}

/// The first of several, and how many more there are.
pub(super) fn summary(mut all: impl Iterator<Item = String>) -> String {
    let first = on_one_line(&all.next().unwrap_or_default());
    match all.count() {
        0 => first,
        more => format!("{first}, and {more} more"),
    }
}
