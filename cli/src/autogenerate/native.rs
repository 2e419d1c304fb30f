//! Sections in the engine's own SQL.

use limbeck_core::catalogue::Action;
use limbeck_core::catalogue::Changes;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::ObjectStep;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Driver;
use limbeck_core::script::NativeSections;
use limbeck_core::sql::in_file;

use super::write::REQUEST;
use crate::differences::on_one_line;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// The sections with what leads there and back.
///
/// # Errors
/// Something stays as it is, or a statement cannot stand in a file.
pub(super) fn sections(
    there: &Changes,
    back: &Changes,
    driver: &dyn Driver,
    dialect: &dyn Dialect,
) -> Result<NativeSections, CommandError> {
    let upgrade = format!("{REQUEST}{}{}", text(there, None, dialect)?, checks(there));
    Ok(NativeSections::new(
        audience(driver, dialect),
        upgrade,
        text(back, Some(there), dialect)?,
    ))
}

/// The dialect alone: what one of them says another may not understand.
fn audience(driver: &dyn Driver, dialect: &dyn Dialect) -> String {
    let others = driver.dialects().iter().map(|other| other.name());
    let others: Vec<&str> = others.filter(|other| *other != dialect.name()).collect();
    match driver.name() == dialect.name() && !others.is_empty() {
        true => format!("{} except {}", dialect.name(), others.join(", ")),
        false => dialect.name().to_owned(),
    }
}

/// The statements of changes. What `undone` has lost comes back empty, for which a downgrade wants consent.
fn text(changes: &Changes, undone: Option<&Changes>, dialect: &dyn Dialect) -> Result<String, CommandError> {
    if let Some(left) = changes.left.first() {
        return Err(CommandError::new(ErrorKind::Unsupported, left.to_string())
            .with_hint("write the revision by hand, with what leads there step by step"));
    }
    let mut text = String::new();
    for step in &changes.steps {
        for loss in &step.losses {
            text.push_str(&format!(
                "-- This loses {} of {}.\n",
                on_one_line(loss),
                on_one_line(&step.object.to_string())
            ));
        }
        let lost = undone.into_iter().flat_map(|undone| &undone.steps);
        let lost = lost.filter(|lost| lost.object == step.object && !step.statements.is_empty());
        for loss in lost.flat_map(|lost| &lost.losses) {
            let what = on_one_line(&format!("{loss} of {}", step.object));
            text.push_str(&format!("-- limbeck:loses_data {what}\n"));
        }
        for statement in &step.statements {
            text.push_str(&in_file(statement, dialect.lexical_rules()).ok_or_else(|| no_text(statement))?);
        }
    }
    Ok(text)
}

fn no_text(statement: &str) -> CommandError {
    let message = format!("this statement cannot stand in a file: {statement}");
    CommandError::new(ErrorKind::Unsupported, message).with_hint("write it into a native section by hand")
}

/// What rows may contradict, or what takes long with many of them.
fn checks(changes: &Changes) -> String {
    let lines: Vec<String> = changes.steps.iter().filter_map(to_check).collect();
    if lines.is_empty() {
        return String::new();
    }
    let lines = lines.iter().map(|line| format!("--   {}\n", on_one_line(line)));
    format!(
        "-- To check, where the tables have rows:\n{}",
        lines.collect::<String>()
    )
}

fn to_check(step: &ObjectStep) -> Option<String> {
    let object = &step.object;
    match (step.action, object.kind) {
        (Action::Create, Kind::Constraint | Kind::ForeignKey) => {
            Some(format!("{object}: the rows of its table keep to it"))
        }
        (Action::Create, Kind::Index) => Some(format!(
            "{object}: building it keeps writers of its table waiting"
        )),
        (Action::Drop, Kind::Sequence) if !step.statements.is_empty() => Some(format!(
            "{object}: a sequence in its place begins anew, and must be set behind the highest number"
        )),
        (Action::Alter, Kind::Type) => Some(format!("{object}: each value that is there is one of it")),
        (Action::Alter, Kind::Table) => Some(format!(
            "{object}: each row fits the new definition; the table may be written anew"
        )),
        _ => None,
    }
}
