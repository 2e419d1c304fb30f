//! Rebuilds that fail, and what they leave: nothing.

use limbeck_core::driver::ConnectOptions;

use super::*;
use crate::support::connect;
use crate::support::number;
use crate::support::query;

const NATIVE: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, note TEXT);\n\
    CREATE TABLE child (t INT REFERENCES t ON DELETE CASCADE);\n\
    CREATE VIEW v AS SELECT a FROM t;\n\
    CREATE INDEX i ON t (a);\n\
    INSERT INTO t VALUES (1, 'x', 'n'), (2, 'y', NULL), (9, 'z', NULL);\nDELETE FROM t WHERE id = 9;\n\
    INSERT INTO child VALUES (1), (2)";

#[tokio::test]
async fn a_failed_rebuild_leaves_nothing_and_can_be_run_again() {
    let case = Case::new(NATIVE).await;
    // Each of these fails in another place: before the copy, in it, behind it, and behind the last statement.
    for statements in [
        "ALTER TABLE t ALTER COLUMN note SET NOT NULL; ALTER TABLE t ALTER COLUMN a SET DEFAULT 'q'",
        "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1 UNIQUE",
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER",
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES t (id)",
    ] {
        for _ in 0..2 {
            case.refusal(statements).await;
        }
    }
    case.alter("ALTER TABLE t ALTER COLUMN a SET DEFAULT 'q'").await;
    assert_eq!(case.after().rows, case.before.rows);
}

#[tokio::test]
async fn the_session_has_its_settings_again() {
    for second in ["SELECT 1", "INSERT INTO child VALUES (77)"] {
        let case = Case::new(NATIVE).await;
        let rebuild = "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN a SET DEFAULT 'q';\n";
        let checks = format!(
            "-- limbeck:upgrade sqlite\n-- limbeck:assert SELECT 1 FROM pragma_foreign_keys WHERE NOT foreign_keys\n\
             -- limbeck:assert SELECT 1 FROM pragma_legacy_alter_table WHERE legacy_alter_table\n{second};\n\
             -- limbeck:downgrade sqlite\nSELECT 1;\n"
        );
        let [first, _] = case.files("");
        let files = [first, ("b2", "a1", rebuild), ("c3", "b2", &checks)];
        let answer = case.project.migrator(&files).upgrade("heads", &mut Ignore).await;
        assert_eq!(answer.is_ok(), second == "SELECT 1", "{answer:?}");
    }
}

#[tokio::test]
async fn settings_are_put_back_in_a_session_too() {
    let workplace = crate::support::Workplace::new();
    let url = workplace.url("app.db");
    let mut connection = connect(&url, &ConnectOptions::read_write()).await.unwrap();
    for setting in [
        "foreign_keys = OFF",
        "legacy_alter_table = ON",
        "writable_schema = ON",
    ] {
        query(&mut connection, &format!("PRAGMA {setting}"))
            .await
            .unwrap();
    }
    connection.restore().await.unwrap();
    assert_eq!(number(&mut connection, "PRAGMA foreign_keys").await, 1);
    assert_eq!(number(&mut connection, "PRAGMA legacy_alter_table").await, 0);
    assert_eq!(number(&mut connection, "PRAGMA writable_schema").await, 0);
}

#[tokio::test]
async fn what_runs_by_itself_cannot_stand_beside_it() {
    let case = Case::new(NATIVE).await;
    let native = "-- limbeck:upgrade sqlite\nSELECT 1;\n-- limbeck:no_transaction\nPRAGMA foreign_keys = ON;\n\
                  -- limbeck:upgrade\nALTER TABLE t ALTER COLUMN a SET DEFAULT 'q';\n";
    let [first, _] = case.files("");
    let error = case
        .project
        .migrator(&[first, ("b2", "a1", native)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    insta::assert_snapshot!(told(&error), @"
    b2.sql:8:1: this can't run outside of the transaction of its revision, which needs `PRAGMA foreign_keys = OFF` before it begins
    hint: leave `-- limbeck:no_transaction` out, or give the statement a revision of its own
    ");
    assert_eq!(case.after(), case.before);
}
