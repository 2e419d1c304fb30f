//! `-- limbeck:assert`: queries that must give no rows.

use limbeck_core::engine::EngineError;

use super::*;

/// The failure of an upgrade, with its place and its hints.
async fn failure(migrator: &Migrator) -> String {
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    told(&error)
}

fn told(error: &EngineError) -> String {
    assert!(matches!(error, EngineError::Assertion { .. }), "{error:?}");
    let place = error.place().unwrap();
    format!("{place}: {error}\n{}", error.hints().join("\n"))
}

#[tokio::test]
async fn one_that_finds_rows_takes_the_whole_step_back() {
    for section in ["upgrade", "upgrade sqlite"] {
        let project = Project::new();
        let script = format!(
            "-- limbeck:{section}\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n\
             INSERT INTO one (id) VALUES (7), (8), (9);\n\
             -- limbeck:assert SELECT id FROM one WHERE id < 5\n\
             -- limbeck:assert SELECT id, 'x' AS why FROM one WHERE id > 7 ORDER BY id; -- none is so big\n\
             DELETE FROM one;\n-- limbeck:assert SELECT id FROM one\n"
        );
        let error = failure(&project.migrator(&[("a1", "", &script)])).await;
        assert_eq!(
            error,
            "a1.sql:8:19: upgrade of a1 failed: the assertion found 2 rows, the first is id = 8, why = 'x'\n\
             nothing of a1 was kept; nothing else was applied",
            "{section}"
        );
        assert!(project.tables().is_empty());
        assert!(project.versions().is_empty());
        assert_eq!(project.journal(), ["1|upgrade|a1|failed|1|6"]);
    }
}

#[tokio::test]
async fn those_that_find_nothing_let_the_step_pass() {
    let project = Project::new();
    let sections = "-- limbeck:upgrade\n\
                    CREATE TABLE one (id BIGINT PRIMARY KEY, \"Odd name\" TEXT);\n\
                    -- limbeck:assert SELECT id FROM one WHERE \"Odd name\" IS NULL\n\
                    -- limbeck:upgrade sqlite\n-- limbeck:assert PRAGMA foreign_key_check\n\
                    -- limbeck:assert SELECT 1 WHERE 1 = 0;\n\
                    -- limbeck:downgrade\nDROP TABLE one;\n";
    let migrator = project.migrator(&[("a1", "", sections)]);
    upgrade(&migrator).await;
    assert_eq!(project.versions(), ["a1"]);
    assert!(migrator.verify().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_downgrade_has_its_own() {
    let project = Project::new();
    let sections = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n-- limbeck:downgrade\n\
                    -- limbeck:assert SELECT id FROM one\nDROP TABLE one;\n";
    let migrator = project.migrator(&[("a1", "", sections)]);
    upgrade(&migrator).await;
    project.look().execute("INSERT INTO one VALUES (3)", []).unwrap();
    let error = migrator.downgrade("base", &mut Ignore).await.unwrap_err();
    assert_eq!(
        told(&error),
        "a1.sql:7:19: downgrade of a1 failed: the assertion found 1 row, the first is id = 3\n\
         nothing of a1 was kept; nothing else was applied"
    );
    assert_eq!(project.versions(), ["a1"]);
    project.look().execute("DELETE FROM one", []).unwrap();
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_derived_downgrade_has_none() {
    let project = Project::new();
    let sections = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n\
                    -- limbeck:assert SELECT id FROM one WHERE id > 2\n";
    let migrator = project.migrator(&[("a1", "", sections)]);
    upgrade(&migrator).await;
    project.look().execute("INSERT INTO one VALUES (3)", []).unwrap();
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn what_was_committed_before_it_stays_and_is_told() {
    let project = Project::new();
    let sections = |query: &str| {
        format!(
            "-- limbeck:upgrade sqlite\nCREATE TABLE one (id INTEGER);\nINSERT INTO one VALUES (1);\n\
             -- limbeck:no_transaction\nPRAGMA optimize;\nINSERT INTO one VALUES (2);\n-- limbeck:assert {query}\n"
        )
    };
    let script = sections("SELECT id FROM one");
    let error = failure(&project.migrator(&[("a1", "", &script)])).await;
    assert_eq!(
        error,
        "a1.sql:10:19: upgrade of a1 failed: the assertion found 2 rows, the first is id = 1\n\
         the first 3 statements of a1 took effect; the next run goes on with statement 4"
    );
    assert_eq!(project.rows("SELECT id FROM one"), ["1"]);
    let script = sections("SELECT id FROM one WHERE id > 2");
    upgrade(&project.migrator(&[("a1", "", &script)])).await;
    assert_eq!(project.rows("SELECT id FROM one ORDER BY id"), ["1", "2"]);
}

#[tokio::test]
async fn one_that_changes_something_is_refused_before_anything_runs() {
    let project = Project::new();
    for assertion in [
        "DELETE FROM one",
        "ALTER TABLE one ADD COLUMN b TEXT",
        "DROP TABLE one",
    ] {
        for section in ["upgrade", "upgrade sqlite"] {
            let sections = format!(
                "-- limbeck:{section}\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n-- limbeck:assert {assertion}\n"
            );
            let migrator = project.migrator(&[("a1", "", &sections)]);
            let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
            assert!(matches!(error, EngineError::Script(_)), "{assertion}: {error:?}");
            let findings = migrator.verify().await.unwrap();
            assert_eq!(findings[0].kind, "directive_argument", "{assertion}");
            assert_eq!(findings[0].line, Some(6), "{assertion}");
        }
    }
    assert!(project.tables().is_empty());
}
