//! The history without a database: every section is portable SQL, and every downgrade leads back.

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::operation::Operation;
use limbeck_core::operation::PortableOptions;
use limbeck_core::operation::parse_statement;
use limbeck_core::schema::Schema;
use limbeck_core::script::Audience;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::SourceKind;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::Place;

use crate::graph::registry;

const TABLES: [&str; 28] = [
    "app_specific_auth_token",
    "derived_storage_for_image",
    "federated_login",
    "image",
    "image_storage",
    "label",
    "log_entry",
    "log_entry_2",
    "log_entry_3",
    "manifest",
    "manifest_blob",
    "manifest_label",
    "notification",
    "organization",
    "organization_member",
    "repository",
    "repository_build",
    "repository_build_trigger",
    "repository_notification",
    "repository_permission",
    "repository_tag",
    "star",
    "tag",
    "tag_manifest",
    "team",
    "team_member",
    "team_role",
    "user",
];

/// The portable operations of a script in one direction.
pub(crate) fn operations(script: &Script, direction: Direction) -> Vec<Operation> {
    let text = script.file().text();
    let portable = script
        .sections_of(direction)
        .filter(|section| matches!(section.audience, Audience::Portable { .. }));
    let statements = portable.flat_map(|section| {
        section
            .statements(script.file(), &LexicalRules::STANDARD)
            .unwrap_or_else(|error| panic!("{error}"))
    });
    let parsed = statements
        .filter(|statement| statement.kind == SourceKind::Sql)
        .flat_map(|statement| {
            parse_statement(text, statement.span, &PortableOptions::default()).unwrap_or_else(|error| {
                let place = Place::new(script.file().clone(), error.span);
                panic!("{place}: {} ({:?})", error.message, error.hint)
            })
        });
    parsed.collect()
}

fn apply(set: &ScriptSet, revision: &RevisionId, direction: Direction, schema: &mut Schema) {
    let script = set.script(revision).unwrap();
    for operation in operations(script, direction) {
        schema
            .apply(&operation)
            .unwrap_or_else(|error| panic!("{} {direction}: {error}", script.file().name()));
    }
}

#[test]
fn the_upgrades_build_the_tables_and_the_downgrades_take_them_away() {
    let set = registry();
    let plan = set
        .graph()
        .plan_upgrade(&Rows::default(), "heads", Ahead::Refuse)
        .unwrap();
    let mut schema = Schema::default();
    let mut before = Vec::new();
    for step in &plan.steps {
        before.push(schema.clone());
        apply(&set, &step.revision, Direction::Upgrade, &mut schema);
    }
    let tables: Vec<_> = schema.tables.keys().map(|name| name.as_str()).collect();
    assert_eq!(tables, TABLES);
    for (step, before) in plan.steps.iter().zip(before).rev() {
        apply(&set, &step.revision, Direction::Downgrade, &mut schema);
        assert_eq!(schema, before, "{} leads back", step.revision);
    }
    assert!(schema.tables.is_empty());
}
