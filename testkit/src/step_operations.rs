//! What a step of a history does, for tests that replay it.

use std::sync::Arc;

use limbeck_core::driver::Driver;
use limbeck_core::engine::Migration;
use limbeck_core::graph::Direction;
use limbeck_core::graph::Step;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::script::ScriptSet;
use limbeck_core::sql::LexicalRules;

/// The portable operations of a step's upgrade, those of its file before those of its code.
///
/// # Panics
/// The step is none of the history, it is not valid, or a native section of it runs on the driver's databases and does
/// not say that it touches nothing of the model.
#[allow(clippy::unwrap_used, reason = "a test whose history is broken has failed")]
pub fn step_operations(
    driver: &dyn Driver,
    set: &ScriptSet,
    code: &[Arc<dyn Migration>],
    step: &Step,
) -> Vec<Operation> {
    let mut operations = Operations::default();
    let script = set.script(&step.revision).unwrap();
    for section in script.sections_of(Direction::Upgrade) {
        if section.audience.is_native() {
            let changes_nothing = section
                .touches
                .as_ref()
                .is_some_and(|touches| touches.0.is_empty());
            for dialect in driver.dialects() {
                assert!(changes_nothing || !section.audience.runs_on(driver.name(), dialect.name()));
            }
            continue;
        }
        let statements = section.statements(script.file(), &LexicalRules::STANDARD);
        for statement in statements.unwrap() {
            let text = statement.span.slice(script.file().text());
            operations.execute(text).unwrap();
        }
    }
    for migration in code {
        if migration.revision() == step.revision.as_str() {
            migration.upgrade(&mut operations).unwrap();
        }
    }
    operations.into_operations()
}
