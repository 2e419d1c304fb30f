//! Statements that are written from the table as it is when their turn comes.

use limbeck_core::engine::Action;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::PlannedRun;
use limbeck_core::graph::Direction;

use super::*;

const TABLE: &str = "-- limbeck:upgrade sqlite\n\
    CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT COLLATE NOCASE, size INT);\n\
    INSERT INTO t VALUES (1, 'A', 5);\n\
    -- limbeck:downgrade sqlite\nDROP TABLE t;\n";

const DEFAULT: &str = "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN word SET DEFAULT 'x';\n\
    -- limbeck:downgrade\nALTER TABLE t ALTER COLUMN word DROP DEFAULT;\n";

fn text(project: &Project) -> String {
    project
        .rows("SELECT sql FROM sqlite_schema WHERE name = 't'")
        .remove(0)
}

async fn planned(migrator: &Migrator) -> PlannedRun {
    migrator.plan(Direction::Upgrade, "heads").await.unwrap()
}

#[tokio::test]
async fn what_native_sql_has_made_is_kept() {
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", DEFAULT)]);
    upgrade(&migrator).await;
    insta::assert_snapshot!(text(&project), @r#"CREATE TABLE "t" (id INTEGER PRIMARY KEY, word TEXT DEFAULT 'x' COLLATE NOCASE, size INT)"#);
    assert_eq!(project.rows("SELECT id FROM t WHERE word = 'a'"), ["1"]);
    migrator.downgrade("a1", &mut Ignore).await.unwrap();
    insta::assert_snapshot!(text(&project), @r#"CREATE TABLE "t" (id INTEGER PRIMARY KEY, word TEXT COLLATE NOCASE, size INT)"#);
}

/// Between two alterations of a table something changes it that only the database knows.
#[tokio::test]
async fn a_table_is_read_again_after_native_sql_in_the_same_revision() {
    let sections = format!(
        "{}-- limbeck:upgrade sqlite\nALTER TABLE t ADD COLUMN more TEXT COLLATE RTRIM;\n\
         -- limbeck:upgrade\nALTER TABLE t ALTER COLUMN more SET DEFAULT 'y';\n",
        DEFAULT.split("-- limbeck:downgrade").next().unwrap()
    );
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", &sections)]);
    upgrade(&migrator).await;
    insta::assert_snapshot!(text(&project), @r#"CREATE TABLE "t" (id INTEGER PRIMARY KEY, word TEXT DEFAULT 'x' COLLATE NOCASE, size INT, more TEXT DEFAULT 'y' COLLATE RTRIM)"#);
}

#[tokio::test]
async fn a_column_gets_a_new_name_in_the_middle() {
    let sections = "-- limbeck:upgrade\n\
        ALTER TABLE t ALTER COLUMN word SET DEFAULT 'x';\n\
        ALTER TABLE t RENAME COLUMN word TO name;\n\
        ALTER TABLE t RENAME COLUMN size TO word;\n\
        ALTER TABLE t ALTER COLUMN word SET DEFAULT 7;\n\
        ALTER TABLE t ADD CONSTRAINT ck_t CHECK (name <> '' AND word > 0);\n";
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", sections)]);
    upgrade(&migrator).await;
    insta::assert_snapshot!(text(&project), @r#"
    CREATE TABLE "t" (id INTEGER PRIMARY KEY, "name" TEXT DEFAULT 'x' COLLATE NOCASE, "word" INT DEFAULT 7,
        CONSTRAINT "ck_t" CHECK ("name" <> '' AND "word" > 0))
    "#);
    assert_eq!(project.rows("SELECT id, name, word FROM t"), ["1|A|5"]);
}

#[tokio::test]
async fn a_plan_shows_what_is_sent_and_says_what_it_cannot_know() {
    let project = Project::new();
    let first = project.migrator(&[("a1", "", TABLE)]);
    upgrade(&first).await;
    let later = "-- limbeck:upgrade\nALTER TABLE t ALTER COLUMN size SET DEFAULT 3;\n";
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", DEFAULT), ("a3", "a2", later)]);
    let plan = planned(&migrator).await;
    let shown = |step: usize| match &plan.steps[step].statements[0].action {
        Action::Render(deferred) => deferred.preview.clone(),
        other => panic!("{other:?}"),
    };
    let sql: Vec<String> = shown(0)
        .unwrap()
        .into_iter()
        .map(|statement| statement.sql)
        .collect();
    assert!(sql[0].contains("COLLATE NOCASE"), "{sql:?}");
    assert_eq!(plan.steps[0].before, ["PRAGMA foreign_keys = OFF"]);
    assert_eq!(
        shown(1),
        None,
        "what a2 makes of the text of t only SQLite can tell"
    );
    upgrade(&migrator).await;
    insta::assert_snapshot!(text(&project), @r#"CREATE TABLE "t" (id INTEGER PRIMARY KEY, word TEXT DEFAULT 'x' COLLATE NOCASE, size INT DEFAULT 3)"#);
}

#[tokio::test]
async fn a_table_that_a_pending_revision_makes_with_native_sql_is_read_when_it_is_there() {
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", DEFAULT)]);
    let plan = planned(&migrator).await;
    let Action::Render(deferred) = &plan.steps[1].statements[0].action else {
        panic!("{:?}", plan.steps[1].statements)
    };
    assert_eq!(deferred.preview, None);
    assert_eq!(
        deferred.portable(),
        ["ALTER TABLE t ALTER COLUMN word SET DEFAULT 'x'"]
    );
    upgrade(&migrator).await;
    assert!(text(&project).contains("DEFAULT 'x'"));
}

#[tokio::test]
async fn what_does_not_fit_is_said_before_anything_runs() {
    let project = Project::new();
    let sections = "-- limbeck:upgrade\nCREATE TABLE u (id BIGINT PRIMARY KEY);\n\
        CREATE INDEX ix ON t (size);\nALTER TABLE t DROP COLUMN size;\n";
    let migrator = project.migrator(&[("a1", "", TABLE)]);
    upgrade(&migrator).await;
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", sections)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    insta::assert_snapshot!(error, @"a2.sql:8:1: sqlite cannot drop the column size of the table t while the index ix uses it");
    insta::assert_snapshot!(error.hints().join("\n"), @"write DROP INDEX ix before it");
    assert_eq!(project.tables(), ["t"]);
}

#[tokio::test]
async fn foreign_keys_are_enforced_again_after_it() {
    let project = Project::new();
    let child = "-- limbeck:upgrade\nCREATE TABLE child (id BIGINT PRIMARY KEY, t_id BIGINT REFERENCES t (id));\n\
        -- limbeck:upgrade sqlite\nINSERT INTO child VALUES (1, 99);\n";
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", DEFAULT), ("a3", "a2", child)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(
        error.to_string().contains("FOREIGN KEY constraint failed"),
        "{error}"
    );
    assert_eq!(project.versions(), ["a2"]);
}

#[tokio::test]
async fn rows_that_refer_to_nothing_stop_a_rebuild() {
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE)]);
    upgrade(&migrator).await;
    project
        .look()
        .execute_batch("CREATE TABLE child (t INTEGER REFERENCES t (id)); PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (9);")
        .unwrap();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", DEFAULT)]);
    let before = text(&project);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    insta::assert_snapshot!(error, @"upgrade of a2 failed: rows refer to rows that are not there, from child (rowid 1) to t");
    assert!(matches!(error, EngineError::Guard { .. }));
    assert_eq!(text(&project), before);
    project.look().execute_batch("DELETE FROM child").unwrap();
    upgrade(&migrator).await;
}

/// The first half of a step has run: what it has done is not written again, and what is left is written from what is there.
#[tokio::test]
async fn a_step_that_has_run_in_part_goes_on() {
    let sections = "-- limbeck:upgrade\nALTER TABLE t DROP COLUMN size;\n\
        -- limbeck:upgrade sqlite\n-- limbeck:no_transaction\nINSERT INTO t (id, word) VALUES (2, NULL);\n\
        -- limbeck:upgrade\nALTER TABLE t ALTER COLUMN word SET NOT NULL;\n";
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", sections)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    insta::assert_snapshot!(error, @"upgrade of a2 failed: the column word of t can't become NOT NULL; rows in which it is NULL: 1");
    insta::assert_snapshot!(error.hints().join("\n"), @r#"
    find them and change them first: SELECT * FROM "t" WHERE "word" IS NULL
    the first 2 statements of a2 took effect; the next run goes on with statement 3
    "#);
    project
        .look()
        .execute_batch("UPDATE t SET word = 'b' WHERE id = 2")
        .unwrap();
    upgrade(&migrator).await;
    insta::assert_snapshot!(text(&project), @"CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT COLLATE NOCASE NOT NULL)");
    assert_eq!(project.rows("SELECT id, word FROM t"), ["1|A", "2|b"]);
}

/// The view stands in the way of following the change, and not of preparing the session.
#[tokio::test]
async fn a_view_that_reads_a_dropped_column_is_named_before_anything_runs() {
    let project = Project::new();
    let view = "-- limbeck:upgrade\nCREATE VIEW v (id, size) AS SELECT id, size FROM t;\n";
    let drop = "-- limbeck:upgrade\nALTER TABLE t DROP COLUMN size, ALTER COLUMN word SET DEFAULT 'x';\n";
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", view)]);
    upgrade(&migrator).await;
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", view), ("a3", "a2", drop)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    insta::assert_snapshot!(error, @"a3.sql:6:1: sqlite cannot drop the column size of the table t while the view v uses it");
    insta::assert_snapshot!(error.hints().join("\n"), @"write DROP VIEW v before it, and CREATE VIEW, as it is then to be, after it");
    let first = drop.replace("ALTER TABLE t", "DROP VIEW v;\nALTER TABLE t");
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", view), ("a3", "a2", &first)]);
    upgrade(&migrator).await;
    assert_eq!(
        project.rows("SELECT name FROM pragma_table_info('t')"),
        ["id", "word"]
    );
}

/// What native SQL drops is not in the way any more, in the same revision and in one before it, up and down.
#[tokio::test]
async fn what_native_sql_drops_is_in_nobodys_way() {
    let trigger = "-- limbeck:upgrade sqlite\n\
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET size = 1 WHERE id = new.id; END;\n\
        CREATE INDEX ix ON t (size);\n-- limbeck:downgrade sqlite\nDROP TRIGGER tr;\nDROP INDEX ix;\n";
    let both = "-- limbeck:upgrade sqlite\nDROP TRIGGER tr;\nDROP INDEX ix;\n\
        -- limbeck:upgrade\nALTER TABLE t DROP COLUMN size;\n\
        -- limbeck:downgrade\nALTER TABLE t ADD COLUMN size INTEGER;\n\
        -- limbeck:downgrade sqlite\nCREATE INDEX ix ON t (size);\n\
        CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET size = 1 WHERE id = new.id; END;\n";
    let (first, second) = both.split_once("-- limbeck:upgrade\n").unwrap();
    let second = format!(
        "-- limbeck:upgrade\n{}",
        second.split("-- limbeck:downgrade sqlite").next().unwrap()
    );
    let first = format!(
        "{first}-- limbeck:downgrade sqlite\nCREATE INDEX ix ON t (size);\n\
         CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET size = 1 WHERE id = new.id; END;\n"
    );
    for files in [
        vec![("a1", "", TABLE), ("a2", "a1", trigger), ("a3", "a2", both)],
        vec![
            ("a1", "", TABLE),
            ("a2", "a1", trigger),
            ("a3", "a2", &first),
            ("a4", "a3", &second),
        ],
    ] {
        let project = Project::new();
        let migrator = project.migrator(&files);
        upgrade(&project.migrator(&files[..2])).await;
        planned(&migrator).await;
        upgrade(&migrator).await;
        migrator.downgrade("base", &mut Ignore).await.unwrap();
        upgrade(&migrator).await;
        assert_eq!(
            project.rows("SELECT name FROM pragma_table_info('t')"),
            ["id", "word"]
        );
    }
}

#[tokio::test]
async fn a_table_can_be_made_by_native_sql_and_changed_in_one_revision() {
    let project = Project::new();
    let sections = "-- limbeck:upgrade sqlite\nCREATE TABLE n (a TEXT COLLATE NOCASE);\nINSERT INTO n VALUES ('x');\n\
        -- limbeck:upgrade\nALTER TABLE n ADD CONSTRAINT uq UNIQUE (a);\n-- limbeck:downgrade sqlite\nDROP TABLE n;\n";
    let migrator = project.migrator(&[("a1", "", TABLE), ("a2", "a1", sections)]);
    upgrade(&migrator).await;
    insta::assert_snapshot!(project.rows("SELECT sql FROM sqlite_schema WHERE name = 'n'").join("\n"), @r#"
    CREATE TABLE "n" (a TEXT COLLATE NOCASE,
        CONSTRAINT "uq" UNIQUE ("a"))
    "#);
}

/// Foreign keys are off for the whole step, so nothing of it may run after they were checked, or by itself.
#[tokio::test]
async fn what_follows_a_rebuild_in_its_revision_is_checked_too() {
    const FAMILY: &str = "-- limbeck:upgrade sqlite\n\
        CREATE TABLE p (id INTEGER PRIMARY KEY, b INT);\n\
        CREATE TABLE c (x INT REFERENCES p ON DELETE CASCADE);\n\
        INSERT INTO p VALUES (1, 1), (2, 2);\nINSERT INTO c VALUES (1), (2);\n";
    const CHANGE: &str = "ALTER TABLE p ALTER COLUMN b SET DEFAULT 4;\n";
    let project = Project::new();
    upgrade(&project.migrator(&[("a1", "", FAMILY)])).await;
    let mut told = Vec::new();
    for sections in [
        format!("-- limbeck:upgrade\n{CHANGE}-- limbeck:upgrade sqlite\nINSERT INTO c VALUES (777);\n"),
        format!(
            "-- limbeck:upgrade\n{CHANGE}DELETE FROM p WHERE id = 1;\nINSERT INTO p (id, b) VALUES (1, 9);\n"
        ),
        format!("-- limbeck:upgrade\nDELETE FROM p WHERE id = 1;\n{CHANGE}"),
        format!("-- limbeck:upgrade\n-- limbeck:no_transaction\n{CHANGE}"),
        format!(
            "-- limbeck:upgrade\n{CHANGE}-- limbeck:upgrade sqlite\n-- limbeck:no_transaction\nVACUUM;\n"
        ),
    ] {
        let migrator = project.migrator(&[("a1", "", FAMILY), ("a2", "a1", &sections)]);
        let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
        told.push(format!("{error}\nhint: {}", error.hints().join("\nhint: ")));
        assert_eq!(project.versions(), ["a1"]);
        assert_eq!(project.rows("SELECT x FROM c ORDER BY x"), ["1", "2"]);
        assert_eq!(project.rows("SELECT id, b FROM p ORDER BY id"), ["1|1", "2|2"]);
    }
    insta::assert_snapshot!(told.join("\n"), @"
    upgrade of a2 failed: rows refer to rows that are not there, from c (rowid 3) to p
    hint: `limbeck verify --data` tells which of them were so before; beside a rebuild a DELETE does not cascade, so give it a revision of its own
    hint: nothing of a2 was kept; nothing else was applied
    upgrade of a2 failed: rows of p can't be deleted in a revision that rebuilds a table: foreign keys are off, and nothing is done to the rows that refer to them, of c
    hint: give the statement a revision of its own
    hint: nothing of a2 was kept; nothing else was applied
    upgrade of a2 failed: rows of p can't be deleted in a revision that rebuilds a table: foreign keys are off, and nothing is done to the rows that refer to them, of c
    hint: give the statement a revision of its own
    hint: nothing of a2 was kept; nothing else was applied
    a2.sql:7:1: this can't run outside of the transaction of its revision, which needs `PRAGMA foreign_keys = OFF` before it begins
    hint: leave `-- limbeck:no_transaction` out, or give the statement a revision of its own
    a2.sql:9:1: this can't run outside of the transaction of its revision, which needs `PRAGMA foreign_keys = OFF` before it begins
    hint: leave `-- limbeck:no_transaction` out, or give the statement a revision of its own
    ");
    let alone = "-- limbeck:upgrade\nDELETE FROM p WHERE id = 1;\n";
    upgrade(&project.migrator(&[("a1", "", FAMILY), ("a2", "a1", alone)])).await;
    assert_eq!(project.rows("SELECT x FROM c"), ["2"]);
}
