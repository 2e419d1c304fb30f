//! From operations to the lines of a section, and back.

use crate::engine::EngineError;
use crate::engine::compile::Compiler;
use crate::graph::Direction;
use crate::operation::Inverse;
use crate::operation::Loss;
use crate::operation::PrintError;
use crate::operation::portable_name;
use crate::operation::portable_sql;
use crate::script::DirectiveWord;
use crate::script::NewDowngrade;
use crate::script::Script;
use crate::script::Section;
use crate::sql::SourceFile;

/// What undoes something, as the lines of a downgrade: one statement after another, and above those that create something
/// empty the directive that says so.
///
/// # Errors
/// Portable SQL has no words for an operation.
pub fn of(inverse: &Inverse) -> Result<String, PrintError> {
    let mut losses: Vec<&Loss> = inverse.losses.iter().collect();
    let mut text = String::new();
    for operation in &inverse.operations {
        if let Some(index) = losses.iter().position(|loss| loss.is_left_by(operation)) {
            let words = words(losses.remove(index));
            text.push_str(&format!("-- limbeck:{} {words}\n", DirectiveWord::LosesData));
        }
        text.push_str(&portable_sql(operation)?);
        text.push_str(";\n");
    }
    Ok(text)
}

fn words(loss: &Loss) -> String {
    match loss {
        Loss::Table(table) => format!("table {}", portable_name(table)),
        Loss::Column { table, column } => {
            format!("column {}.{}", portable_name(table), portable_name(column))
        }
    }
}

/// Whether the file with this section gives the same operations, and wants consent for the same losses. Names and texts
/// of revisions in Rust can hold lines that a file would take for its own.
pub(super) fn reads_back(
    compiler: &Compiler<'_>,
    script: &Script,
    downgrade: &NewDowngrade,
    inverse: &Inverse,
) -> bool {
    let text = script.with_downgrade(downgrade);
    let Ok(again) = Script::parse(SourceFile::new(script.file().name(), text)) else {
        return false;
    };
    let read = || -> Result<bool, EngineError> {
        let (mut operations, mut losses) = (Vec::new(), 0);
        let is_written = |section: &&Section| !section.is_blank(again.file().text());
        for section in again.sections_of(Direction::Downgrade).filter(is_written) {
            for (statement, parsed) in compiler.operations(&again, section)? {
                losses += statement.loses_data.len();
                operations.extend(parsed);
            }
        }
        Ok(operations == inverse.operations && losses == inverse.losses.len())
    };
    again.sections_of(Direction::Upgrade).count() == script.sections_of(Direction::Upgrade).count()
        && read().unwrap_or_default()
}
