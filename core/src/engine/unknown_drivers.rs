//! Drivers that scripts name and nobody knows.

use std::sync::Arc;

use super::EngineError;
use super::Finding;
use super::compile::Compiler;
use crate::schema::DriverWords;
use crate::script::LoadError;
use crate::script::Script;
use crate::script::ScriptError;
use crate::script::ScriptFault;
use crate::script::ScriptSet;
use crate::sql::Lexer;
use crate::sql::LexicalRules;
use crate::sql::SourceFile;
use crate::sql::Span;

/// The words of sections and of column types that name no known driver.
pub(super) fn unknown_drivers(scripts: &ScriptSet, compiler: &Compiler<'_>) -> Vec<Finding> {
    let sections = scripts.unknown_drivers();
    let types = scripts
        .iter()
        // What cannot be read has been found by compiling it.
        .flat_map(|script| of_types(script, scripts.driver_words(), compiler).unwrap_or_default());
    sections
        .into_iter()
        .chain(types)
        .map(|error| Finding::from(&LoadError::from(error)))
        .collect()
}

/// The drivers of column types such as `TEXT other(CITEXT)`.
fn of_types(
    script: &Script,
    words: &DriverWords,
    compiler: &Compiler<'_>,
) -> Result<Vec<ScriptError>, EngineError> {
    let mut found = Vec::new();
    let portable = script
        .sections()
        .iter()
        .filter(|section| !section.audience.is_native());
    for section in portable {
        for (statement, operations) in compiler.operations(script, section)? {
            let drivers = operations.iter().flat_map(|operation| operation.data_types());
            for driver in drivers.flat_map(|data_type| data_type.drivers()) {
                if let Err(unknown) = words.check(driver) {
                    let span = word_in(script.file(), statement.span, driver);
                    let fault = ScriptFault::UnknownDriver(unknown);
                    found.push(ScriptError::at(script.file(), span, fault));
                }
            }
        }
    }
    Ok(found)
}

/// Where the word stands in a statement.
fn word_in(file: &Arc<SourceFile>, statement: Span, word: &str) -> Span {
    Lexer::within(file.text(), statement, &LexicalRules::STANDARD)
        .map(|token| token.span)
        .find(|span| span.slice(file.text()).eq_ignore_ascii_case(word))
        .unwrap_or(statement)
}
