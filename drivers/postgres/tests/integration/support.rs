//! Short ways from portable SQL to PostgreSQL's.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_postgres::POSTGRES;

/// The oldest server that has everything but NULLS NOT DISTINCT and virtual columns.
pub(super) const OLD: Version = Version::new(12, 0, 0);

pub(super) const NEW: Version = Version::new(15, 0, 0);

pub(super) fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

/// The operations of portable statements.
pub(super) fn portable(text: &str) -> Vec<Operation> {
    let mut operations = Operations::default();
    operations
        .execute(text)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    operations.into_operations()
}

/// Rendered from an empty schema on.
pub(super) fn rendering(operations: &[Operation], server: Version) -> Result<Rendering, RenderError> {
    let schema = Schema::new();
    POSTGRES.render(operations, &RenderContext::new(server).with_schema(&schema))
}

/// Portable SQL, for a new server and from an empty schema on.
pub(super) fn written(text: &str) -> String {
    shown(&rendering(&portable(text), NEW).unwrap())
}

/// The statements, each after what is asked before it and before what explains its refusal.
pub(super) fn shown(rendering: &Rendering) -> String {
    let mut text = String::new();
    for statement in &rendering.statements {
        for guard in statement.asked_before() {
            text.push_str(&format!(
                "-- asks: {}\n-- else: {} …\n",
                guard.query, guard.refusal
            ));
        }
        text.push_str(&statement.sql);
        text.push_str(";\n");
        for guard in statement.asked_after_refusal() {
            text.push_str(&format!(
                "-- explains: {}\n-- with: {} …\n",
                guard.query, guard.refusal
            ));
        }
    }
    text
}

/// The message and the hint with which the last statement is refused.
pub(super) fn refusal(text: &str, server: Version) -> String {
    let operations = portable(text);
    let error = rendering(&operations, server).unwrap_err();
    assert_eq!(error.operation(), Some(operations.len() - 1));
    match error.hint() {
        Some(hint) => format!("{error}\nhint: {hint}"),
        None => error.to_string(),
    }
}
