//! Foreign keys: every action and every moment of checking, as they really work.

use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::ReferentialAction;
use rusqlite::Connection;

use super::support::*;

fn family(change: impl FnOnce(&mut ForeignKey)) -> (Connection, String) {
    let database = database();
    let mut key = ForeignKey::new(
        name("fk_child_parent"),
        names(&["parent_id"]),
        name("parent"),
        names(&["id"]),
    );
    change(&mut key);
    let mut child = numbered(
        "child",
        vec![with_default(column("parent_id", DataType::BigInt), "2")],
    );
    child.foreign_keys = vec![key];
    run(&database, &[Operation::CreateTable(numbered("parent", vec![]))]);
    let sql = run(&database, &[Operation::CreateTable(child)]);
    execute(
        &database,
        "INSERT INTO parent (id) VALUES (1), (2); INSERT INTO child (parent_id) VALUES (1)",
    );
    let clause = sql
        .lines()
        .find(|line| line.contains("FOREIGN KEY"))
        .unwrap()
        .trim();
    (database, clause.to_owned())
}

fn parent_of_child(database: &Connection) -> Option<i64> {
    value(database, "SELECT max(parent_id) FROM child")
}

#[test]
fn no_action_and_restrict() {
    let (database, clause) = family(|_| {});
    insta::assert_snapshot!(clause, @r#"CONSTRAINT "fk_child_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id")"#);
    assert!(failure(&database, "DELETE FROM parent").contains("FOREIGN KEY"));
    assert!(failure(&database, "INSERT INTO child (parent_id) VALUES (9)").contains("FOREIGN KEY"));

    let (database, clause) = family(|key| {
        key.on_delete = ReferentialAction::Restrict;
        key.referenced_columns.clear();
    });
    insta::assert_snapshot!(clause, @r#"CONSTRAINT "fk_child_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ON DELETE RESTRICT"#);
    assert!(failure(&database, "DELETE FROM parent").contains("FOREIGN KEY"));
}

#[test]
fn cascade() {
    let (database, clause) = family(|key| {
        key.on_delete = ReferentialAction::Cascade;
        key.on_update = ReferentialAction::Cascade;
    });
    insta::assert_snapshot!(clause, @r#"CONSTRAINT "fk_child_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id") ON DELETE CASCADE ON UPDATE CASCADE"#);
    execute(&database, "UPDATE parent SET id = 7 WHERE id = 1");
    assert_eq!(parent_of_child(&database), Some(7));
    execute(&database, "DELETE FROM parent WHERE id = 7");
    assert_eq!(value::<i64>(&database, "SELECT count(*) FROM child"), 0);
}

#[test]
fn set_null_and_set_default() {
    let (database, clause) = family(|key| key.on_delete = ReferentialAction::SetNull);
    assert!(clause.ends_with("ON DELETE SET NULL"), "{clause}");
    execute(&database, "DELETE FROM parent WHERE id = 1");
    assert_eq!(parent_of_child(&database), None);

    let (database, clause) = family(|key| key.on_delete = ReferentialAction::SetDefault);
    assert!(clause.ends_with("ON DELETE SET DEFAULT"), "{clause}");
    execute(&database, "DELETE FROM parent WHERE id = 1");
    assert_eq!(parent_of_child(&database), Some(2));
}

#[test]
fn a_deferred_key_is_checked_at_the_end() {
    let (database, clause) = family(|key| key.deferrable = Deferrable::InitiallyDeferred);
    insta::assert_snapshot!(clause, @r#"CONSTRAINT "fk_child_parent" FOREIGN KEY ("parent_id") REFERENCES "parent" ("id") DEFERRABLE INITIALLY DEFERRED"#);
    execute(
        &database,
        "BEGIN; INSERT INTO child (parent_id) VALUES (9); INSERT INTO parent (id) VALUES (9); COMMIT",
    );
    execute(&database, "BEGIN; INSERT INTO child (parent_id) VALUES (99)");
    assert!(failure(&database, "COMMIT").contains("FOREIGN KEY"));

    let (database, clause) = family(|key| key.deferrable = Deferrable::InitiallyImmediate);
    assert!(clause.ends_with("DEFERRABLE INITIALLY IMMEDIATE"), "{clause}");
    execute(&database, "BEGIN");
    assert!(failure(&database, "INSERT INTO child (parent_id) VALUES (9)").contains("FOREIGN KEY"));
}
