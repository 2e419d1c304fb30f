//! Statements in doubt.
//!
//! What a killed process leaves is an intention without an outcome. Here the journal is cut back to it, which is the
//! same state; the tests of the command kill a real process.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Resolution;

use super::*;

/// Three parts: a table, a statement that stands alone, and a row.
fn script(probe: &str) -> String {
    format!(
        "-- limbeck:upgrade sqlite\nCREATE TABLE one (id int);\n-- limbeck:no_transaction\n{probe}CREATE TABLE two (id int);\n\
         INSERT INTO one VALUES (1);\n-- limbeck:downgrade sqlite\nDROP TABLE two;\nDROP TABLE one;\n"
    )
}

const PROBE: &str = "-- limbeck:probe SELECT 1 FROM sqlite_schema WHERE name = 'two'\n";

/// The state after a kill around the statement that stands alone.
async fn killed(project: &Project, probe: &str, took_effect: bool) -> Migrator {
    let script = script(probe);
    let migrator = project.migrator(&[("a1", "", &script)]);
    upgrade(&migrator).await;
    let look = project.look();
    let cut = "DELETE FROM limbeck_journal WHERE seq > 3; DELETE FROM limbeck_version; DELETE FROM one;";
    look.execute_batch(cut).unwrap();
    if !took_effect {
        look.execute_batch("DROP TABLE two").unwrap();
    }
    assert_eq!(project.journal().last().unwrap(), "3|upgrade|a1|intended|2|2");
    migrator
}

#[tokio::test]
async fn a_probe_decides_and_the_run_goes_on() {
    for took_effect in [true, false] {
        let project = Project::new();
        let migrator = killed(&project, PROBE, took_effect).await;
        upgrade(&migrator).await;
        assert_eq!(project.tables(), ["one", "two"]);
        assert_eq!(project.rows("SELECT id FROM one"), ["1"], "{took_effect}");
        assert_eq!(project.versions(), ["a1"]);
    }
}

#[tokio::test]
async fn without_a_probe_a_person_decides() {
    for (took_effect, resolution) in [(true, Resolution::Done), (false, Resolution::NotRun)] {
        let project = Project::new();
        let migrator = killed(&project, "", took_effect).await;
        let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
        let EngineError::Doubt(doubt) = &error else {
            panic!("{error:?}")
        };
        assert_eq!((doubt.statement, doubt.statements), (2, 3));
        assert!(
            error
                .hints()
                .iter()
                .any(|hint| hint.contains("limbeck resolve a1 --done"))
        );
        assert!(migrator.status().await.unwrap().doubt.is_some());

        assert!(migrator.resolve("zz", resolution, &mut Ignore).await.is_err());
        migrator.resolve("a1", resolution, &mut Ignore).await.unwrap();
        upgrade(&migrator).await;
        assert_eq!(project.rows("SELECT id FROM one"), ["1"], "{resolution:?}");
        assert_eq!(project.versions(), ["a1"]);
        assert!(migrator.resolve("a1", resolution, &mut Ignore).await.is_err());
    }
}
