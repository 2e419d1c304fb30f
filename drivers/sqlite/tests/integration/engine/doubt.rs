//! Statements in doubt.
//!
//! What a killed process leaves is an intention without an outcome. Here the journal is cut back to it, which is the
//! same state; the tests of the command kill a real process.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Observer;
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

/// A step that stopped behind its first part, which the statement after it broke.
async fn half_run(project: &Project) -> String {
    let broken = script("").replace("CREATE TABLE two (id int);", "INSERT INTO nowhere VALUES (1);");
    let migrator = project.migrator(&[("a1", "", &broken)]);
    migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert_eq!(migrator.status().await.unwrap().progress.unwrap().done, 1);
    broken
}

#[tokio::test]
async fn what_has_not_run_of_a_step_may_be_edited() {
    let project = Project::new();
    let broken = half_run(&project).await;
    let mended = broken.replace(
        "INSERT INTO nowhere",
        "CREATE TABLE nowhere (id int);\nINSERT INTO nowhere",
    );
    upgrade(&project.migrator(&[("a1", "", &mended)])).await;
    assert_eq!(project.rows("SELECT count(*) FROM one"), ["1"]);
    assert_eq!(project.rows("SELECT count(*) FROM nowhere"), ["1"]);
}

#[tokio::test]
async fn a_step_that_was_taken_back_by_hand_can_begin_again() {
    let project = Project::new();
    let broken = half_run(&project).await;
    let edited = broken
        .replace("one (id int)", "one (id int, name text)")
        .replace("nowhere", "one (id)");
    let migrator = project.migrator(&[("a1", "", &edited)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::UnfinishedChanged(_)), "{error}");
    project.look().execute_batch("DROP TABLE one").unwrap();
    migrator
        .resolve("a1", Resolution::NotRun, &mut Ignore)
        .await
        .unwrap();
    assert!(migrator.status().await.unwrap().progress.is_none());
    let mended = edited.replace("INSERT INTO one VALUES (1)", "INSERT INTO one (id) VALUES (1)");
    upgrade(&project.migrator(&[("a1", "", &mended)])).await;
    assert_eq!(project.rows("SELECT count(*) FROM one"), ["2"]);
}

#[tokio::test]
async fn deciding_that_a_statement_has_not_run_keeps_the_others_from_being_edited() {
    let project = Project::new();
    let migrator = killed(&project, "", false).await;
    migrator
        .resolve("a1", Resolution::NotRun, &mut Ignore)
        .await
        .unwrap();
    let edited = script("").replace("one (id int)", "one (id int, name text)");
    let error = project
        .migrator(&[("a1", "", &edited)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(matches!(error, EngineError::UnfinishedChanged(_)), "{error}");
}

#[tokio::test]
async fn a_probe_of_an_edited_statement_decides_nothing() {
    let project = Project::new();
    killed(&project, PROBE, true).await;
    let edited = script(PROBE).replace("two (id int)", "two (id text)");
    let error = project
        .migrator(&[("a1", "", &edited)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(matches!(error, EngineError::Doubt(_)), "{error}");
}

#[tokio::test]
async fn a_statement_that_takes_effect_is_recorded_once_the_other_writer_is_gone() {
    let project = Project::new();
    let other_path = project.path();
    let script = script("");
    let url = format!("{}?busy_timeout=10", project.url());
    let migrator = Migrator::new(
        Arc::new(Sqlite),
        url.parse().unwrap(),
        scripts(&[("a1", "", &script)]),
    );
    let mut blocker = Blocker {
        path: other_path,
        held: None,
    };
    migrator.upgrade("heads", &mut blocker).await.unwrap();
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(project.rows("SELECT id FROM one"), ["1"]);
}

/// Takes the write lock when the statement that stands alone has taken effect, and gives it back from a thread of its
/// own once the run is waiting for it.
struct Blocker {
    path: PathBuf,
    held: Option<std::thread::JoinHandle<()>>,
}

impl Observer for Blocker {
    fn event(&mut self, event: &Event<'_>) {
        if !matches!(event, Event::StatementDone { index: 1, .. }) || self.held.is_some() {
            return;
        }
        let other = Connection::open(&self.path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        self.held = Some(std::thread::spawn(move || {
            // Several of the run's waits of 10 ms; how many does not matter to the outcome.
            std::thread::sleep(std::time::Duration::from_millis(100));
            other.execute_batch("ROLLBACK").unwrap();
        }));
    }
}
