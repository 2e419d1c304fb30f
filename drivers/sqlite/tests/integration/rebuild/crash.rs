//! A rebuild, and an edit of the schema, that is killed after each of its statements.

use std::sync::Arc;

use limbeck_core::engine::Migrator;
use limbeck_core::engine::TransactionScope;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Faulty;

use super::*;
use crate::engine::scripts;
use crate::killed::kill_after;
use crate::killed::upgrade_until_killed;

const NATIVE: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE, last INT NOT NULL DEFAULT 1, note TEXT UNIQUE,\n\
    CONSTRAINT ck CHECK (a <> ''));\n\
    CREATE TABLE child (t INT REFERENCES t ON DELETE CASCADE);\n\
    CREATE VIEW v AS SELECT a FROM t;\nCREATE INDEX i ON t (a DESC);\n\
    CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 'gone'; END;\n\
    INSERT INTO t VALUES (1, 'x', 1, 'n'), (90, 'y', 1, NULL);\nDELETE FROM t WHERE id = 90;\nINSERT INTO child VALUES (1)";

const ALTERATION: &str = "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN note SET DEFAULT 'q';\n\
    ALTER TABLE t ALTER COLUMN note SET DATA TYPE VARCHAR(9);\nALTER TABLE t RENAME COLUMN a TO b;\n";

/// The table keeps its place: only its text changes, and a column is added.
const EDIT: &str = "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN a SET DEFAULT 'q';\nALTER TABLE t DROP CONSTRAINT ck;\n\
    ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1 NOT NULL;\n";

fn files<'a>(native: &'a str, alteration: &'a str) -> [File<'a>; 2] {
    [("a1", "", native), ("b2", "a1", alteration)]
}

fn native() -> String {
    format!("-- limbeck:upgrade sqlite\n{NATIVE};\n-- limbeck:downgrade sqlite\nSELECT 1;\n")
}

#[tokio::test]
async fn victim() {
    let native = native();
    upgrade_until_killed(scripts(&files(&native, ALTERATION)), TransactionScope::Step).await;
}

#[tokio::test]
async fn victim_of_an_edit() {
    let native = native();
    upgrade_until_killed(scripts(&files(&native, EDIT)), TransactionScope::Step).await;
}

#[tokio::test]
async fn killed_after_any_statement_the_old_table_is_whole_and_the_next_run_finishes() {
    killed_after_any_statement("rebuild::crash::victim", ALTERATION).await;
}

#[tokio::test]
async fn killed_after_any_statement_of_an_edit_the_schema_is_whole_and_the_next_run_finishes() {
    killed_after_any_statement("rebuild::crash::victim_of_an_edit", EDIT).await;
}

async fn killed_after_any_statement(victim: &str, alteration: &str) {
    let native = native();
    let files = files(&native, alteration);
    let whole = Case::new(NATIVE).await;
    let counting = Faulty::counting(Sqlite);
    let count = counting.count();
    upgrade(&Migrator::new(
        Arc::new(counting),
        whole.project.url(),
        scripts(&files),
    ))
    .await;
    let after = whole.after();

    for statements in 0..count.get() {
        let case = Case::new(NATIVE).await;
        kill_after(victim, &case.project, statements);
        let is_committed = case.project.versions() == ["b2"];
        let left = if is_committed { &after } else { &case.before };
        assert_eq!(case.after(), *left, "killed after {statements}");
        assert_eq!(case.project.rows("PRAGMA integrity_check"), ["ok"]);
        upgrade(&case.project.migrator(&files)).await;
        assert_eq!(case.after(), after, "killed after {statements}");
        assert_eq!(case.project.versions(), ["b2"]);
    }
}
