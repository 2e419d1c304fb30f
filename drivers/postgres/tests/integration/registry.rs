//! The whole history of the registry.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::Rows;
use limbeck_core::operation::Operation;
use limbeck_core::operation::PortableOptions;
use limbeck_core::operation::parse_statement;
use limbeck_core::schema::Schema;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::SourceKind;
use limbeck_core::sql::LexicalRules;
use limbeck_postgres::POSTGRES;

use super::support::NEW;
use super::support::shown;

/// What the script's sections for PostgreSQL send, all of them portable. The statements of a section are rendered
/// together, but for its assertions.
fn step(script: &Script, direction: Direction, schema: &mut Schema) -> String {
    let file = script.file();
    let mut text = format!("-- {direction} {}\n", script.node().id);
    for section in script.sections_of(direction) {
        if !section.audience.runs_on("postgres", "postgres") {
            continue;
        }
        let mut operations = Vec::new();
        for statement in section.statements(file, &LexicalRules::STANDARD).unwrap() {
            let options = PortableOptions::default();
            let parsed = parse_statement(file.text(), statement.span, &options).unwrap();
            if statement.kind == SourceKind::Assert {
                text.push_str(&sent(&std::mem::take(&mut operations), schema));
                text.push_str("-- must find nothing:\n");
                text.push_str(&sent(&parsed, schema));
            } else {
                operations.extend(parsed);
            }
        }
        text.push_str(&sent(&operations, schema));
    }
    text
}

fn sent(operations: &[Operation], schema: &mut Schema) -> String {
    let context = RenderContext::new(NEW).with_schema(schema);
    let rendering = POSTGRES.render(operations, &context).unwrap();
    for operation in operations {
        schema.apply(operation).unwrap();
    }
    shown(&rendering)
}

#[test]
fn the_registry_goes_up_and_down() {
    let scripts = ScriptSet::load(&limbeck_registry::scripts()).unwrap();
    let plan = scripts
        .graph()
        .plan_upgrade(&Rows::default(), "heads", Ahead::Refuse)
        .unwrap();
    let mut schema = Schema::new();
    let mut up = String::new();
    let mut down = Vec::new();
    for planned in &plan.steps {
        let script = scripts.script(&planned.revision).unwrap();
        up.push_str(&step(script, Direction::Upgrade, &mut schema));
        down.push(script);
    }
    let mut back = String::new();
    for script in down.into_iter().rev() {
        back.push_str(&step(script, Direction::Downgrade, &mut schema));
    }
    assert_eq!(schema, Schema::new());
    insta::assert_snapshot!("up", up);
    insta::assert_snapshot!("down", back);
}
