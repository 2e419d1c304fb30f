//! What is sent: one rebuild for many alterations, and what the plan says.

use std::sync::Arc;

use limbeck_core::engine::Migrator;
use limbeck_core::graph::Direction;

use super::recorded::Record;
use super::recorded::Recorded;
use super::*;
use crate::engine::scripts;

/// Five columns, each altered by a statement of its own.
const FIVE: &str = "ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT;\n\
    ALTER TABLE t ALTER COLUMN b SET DEFAULT 'b';\n\
    ALTER TABLE t ALTER COLUMN c SET NOT NULL;\n\
    ALTER TABLE t DROP COLUMN d;\n\
    ALTER TABLE t RENAME COLUMN e TO f;\n\
    ALTER TABLE t ADD CONSTRAINT u UNIQUE (a, f);\n";

const NATIVE: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INTEGER, b TEXT, c TEXT, d TEXT, e TEXT);\n\
    CREATE INDEX i ON t (b DESC);\n\
    CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET e = new.b; END;\n\
    INSERT INTO t (a, c) VALUES (1, 'x'), (2, 'y')";

/// The migrator of a history whose sessions note what they are sent.
fn recording(case: &Case, sections: &str) -> (Migrator, Record) {
    let record = Record::default();
    let driver = Arc::new(Recorded(record.clone()));
    (
        Migrator::new(driver, case.project.url(), scripts(&case.files(sections))),
        record,
    )
}

/// What a plan says that it sends.
async fn planned(migrator: &Migrator, direction: Direction, target: &str) -> Vec<String> {
    let plan = migrator.plan(direction, target).await.unwrap();
    let mut sent = Vec::new();
    for step in &plan.steps {
        sent.extend(step.before.iter().cloned());
        let actions = step.statements.iter().map(|statement| &statement.action);
        let messages = actions.flat_map(|action| action.messages());
        sent.extend(messages.map(|message| message.sql().to_owned()));
    }
    sent
}

#[tokio::test]
async fn the_plan_is_what_is_sent_and_five_columns_are_one_rebuild() {
    let case = Case::new(NATIVE).await;
    let sections = format!(
        "-- limbeck:upgrade\n{FIVE}-- limbeck:downgrade\nALTER TABLE t DROP CONSTRAINT u;\n\
         ALTER TABLE t ALTER COLUMN b DROP DEFAULT;\n"
    );
    let (migrator, record) = recording(&case, &sections);
    let plan = planned(&migrator, Direction::Upgrade, "heads").await;
    upgrade(&migrator).await;
    let sent = record.of_scripts();
    assert_eq!(sent, plan);
    insta::assert_snapshot!(sent.join(";\n"), @r#"
    PRAGMA foreign_keys = OFF;
    SELECT 'on' FROM pragma_foreign_keys WHERE foreign_keys;
    SELECT 'the temporary ' || type || ' ' || name FROM sqlite_temp_schema WHERE lower(name) IN (lower('t'), lower('limbeck_new_t'), 'limbeck_read_all') UNION ALL SELECT 'the ' || type || ' ' || name FROM sqlite_schema WHERE lower(name) IN (lower('limbeck_new_t'), 'limbeck_read_all');
    SELECT n FROM (SELECT count(*) AS n FROM "t" WHERE "c" IS NULL) WHERE n > 0;
    CREATE TABLE "limbeck_new_t" (id INTEGER PRIMARY KEY AUTOINCREMENT, a BIGINT, b TEXT DEFAULT 'b', c TEXT NOT NULL, e TEXT,
        CONSTRAINT "u" UNIQUE ("a", "e"));
    INSERT OR ABORT INTO "limbeck_new_t" ("id", "a", "b", "c", "e") SELECT "id", "a", "b", "c", "e" FROM "t";
    DELETE FROM sqlite_sequence WHERE name = 'limbeck_new_t';
    INSERT INTO sqlite_sequence (name, seq) SELECT 'limbeck_new_t', seq FROM sqlite_sequence WHERE name = 't';
    DROP TABLE "t";
    PRAGMA legacy_alter_table = ON;
    ALTER TABLE "limbeck_new_t" RENAME TO "t";
    PRAGMA legacy_alter_table = OFF;
    CREATE INDEX i ON t (b DESC);
    CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET e = new.b; END;
    ALTER TABLE "t" RENAME COLUMN "e" TO "f";
    SELECT "table" || coalesce(' (rowid ' || rowid || ')', '') || ' to ' || parent FROM pragma_foreign_key_check LIMIT 5
    "#);

    let (migrator, record) = recording(&case, &sections);
    let plan = planned(&migrator, Direction::Downgrade, "a1").await;
    migrator.downgrade("a1", &mut Ignore).await.unwrap();
    assert_eq!(record.of_scripts(), plan);
    assert_eq!(plan.iter().filter(|sql| sql.starts_with("DROP TABLE")).count(), 1);
}

#[tokio::test]
async fn what_sqlite_does_itself_is_no_rebuild() {
    let case = Case::new(NATIVE).await;
    let (migrator, record) = recording(
        &case,
        "-- limbeck:upgrade\nALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1 NOT NULL; ALTER TABLE t RENAME COLUMN c TO x;\n\
         ALTER TABLE t DROP COLUMN d; ALTER TABLE t ALTER COLUMN x SET NOT NULL;\n\
         ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0);\n",
    );
    upgrade(&migrator).await;
    let sent = record.of_scripts();
    assert!(
        sent.iter()
            .all(|sql| sql.starts_with("ALTER TABLE") || sql.starts_with("SELECT")),
        "{sent:?}"
    );
    assert_eq!(case.after().text("i"), "CREATE INDEX i ON t (b DESC)");
}
