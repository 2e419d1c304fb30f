//! Older libraries can do less, and say so.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Version;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Schema;
use limbeck_sqlite::SQLITE;

use super::support::*;

fn operations() -> Vec<Operation> {
    let (table, column) = (name("t"), name("a"));
    vec![
        Operation::RenameColumn {
            table: table.clone(),
            from: column.clone(),
            to: name("b"),
        },
        Operation::DropColumn {
            table: table.clone(),
            column: column.clone(),
        },
        Operation::AlterColumn {
            table: table.clone(),
            column,
            change: ColumnChange::SetNotNull,
        },
        Operation::AddConstraint {
            table: table.clone(),
            constraint: Constraint::Check(check("ck", "a > 0")),
        },
        Operation::DropConstraint {
            table,
            constraint: name("ck"),
        },
    ]
}

/// How each operation is written: as nothing, by itself, or by a rebuild.
fn written_in(version: Version) -> String {
    let mut table = numbered(
        "t",
        vec![column("a", DataType::Integer), column("c", DataType::Integer)],
    );
    table.checks = vec![check("ck", "c > 0")];
    let mut schema = Schema::new();
    schema.tables.insert(name("t"), table);
    let context = RenderContext::new(version).with_schema(&schema);
    let written = |operation| match SQLITE.render(&[operation], &context) {
        Ok(rendering) if rendering.before.is_empty() => "alone",
        Ok(_) => "rebuild",
        Err(_) => "refused",
    };
    operations()
        .into_iter()
        .map(written)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn each_version_writes_what_it_can() {
    assert_eq!(
        written_in(Version::new(3, 24, 0)),
        "refused rebuild rebuild rebuild rebuild"
    );
    assert_eq!(
        written_in(Version::new(3, 34, 1)),
        "alone rebuild rebuild rebuild rebuild"
    );
    assert_eq!(
        written_in(Version::new(3, 52, 0)),
        "alone alone rebuild rebuild rebuild"
    );
    assert_eq!(
        written_in(Version::new(3, 53, 0)),
        "alone alone alone alone alone"
    );
}

#[test]
fn the_bundled_library_is_new_enough_for_all() {
    assert_eq!(written_in(bundled()), "alone alone alone alone alone");
}

#[test]
fn schema_changes_are_taken_back() {
    assert!(SQLITE.capabilities(&bundled()).transactional_ddl);
    let database = database();
    execute(&database, SQLITE.begin());
    run(&database, &[Operation::CreateTable(numbered("t", vec![]))]);
    execute(&database, "ROLLBACK");
    assert_eq!(value::<i64>(&database, "SELECT count(*) FROM sqlite_schema"), 0);
}
