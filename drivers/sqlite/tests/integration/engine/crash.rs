//! A process that is killed after each statement of a history, and the run that goes on from there.

use limbeck_core::data_file::DataFile;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Resolution;
use limbeck_core::engine::TransactionScope;
use limbeck_testkit::Faulty;

use super::*;
use crate::killed::kill_after;
use crate::killed::upgrade_until_killed;

/// Steps of one transaction, of three parts with a probe, of three parts without one, and with the rows of a file, which
/// are three statements.
const HISTORY: [File<'static>; 4] = [
    (
        "a1",
        "",
        "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY, n INTEGER NOT NULL);\n\
         INSERT INTO one (id, n) VALUES (1, 0);\n-- limbeck:downgrade\nDROP TABLE one;\n",
    ),
    (
        "b2",
        "a1",
        "-- limbeck:upgrade sqlite\nUPDATE one SET n = n + 1;\n-- limbeck:no_transaction\n\
         -- limbeck:probe SELECT 1 FROM one WHERE n >= 100\nUPDATE one SET n = n + 100;\n\
         UPDATE one SET n = n + 10000;\n-- limbeck:downgrade sqlite\nUPDATE one SET n = 0;\n",
    ),
    (
        "c3",
        "b2",
        "-- limbeck:upgrade sqlite\n-- limbeck:no_transaction\nUPDATE one SET n = n + 1000000;\n\
         -- limbeck:downgrade sqlite\nSELECT 1;\n",
    ),
    (
        "d4",
        "c3",
        "-- limbeck:upgrade\nCREATE TABLE two (id BIGINT PRIMARY KEY);\n-- limbeck:load rows.csv into two\n",
    ),
];

const ROWS: usize = 1200;

fn history() -> Arc<ScriptSet> {
    let rows: String = (1..=ROWS).map(|id| format!("{id}\n")).collect();
    let file = DataFile::of_bytes("rows.csv", format!("id\n{rows}"));
    Arc::new(ScriptSet::load(&source(&HISTORY).with_data_file(file)).unwrap())
}

/// Every update once: not twice, and not left out.
const WHOLE: i64 = 1_010_101;

#[tokio::test]
async fn victim() {
    upgrade_until_killed(history(), TransactionScope::Step).await;
}

/// Upgrades; a statement in doubt is decided by what the table shows.
async fn finish(project: &Project) {
    let migrator = Migrator::new(Arc::new(Sqlite), project.url(), history());
    match migrator.upgrade("heads", &mut Ignore).await {
        Ok(_) => {}
        Err(EngineError::Doubt(doubt)) => {
            assert_eq!(
                doubt.revision, "c3",
                "only a statement without a probe needs a person"
            );
            let took_effect = project.rows("SELECT n FROM one") == [WHOLE.to_string()];
            let resolution = if took_effect {
                Resolution::Done
            } else {
                Resolution::NotRun
            };
            migrator.resolve("c3", resolution, &mut Ignore).await.unwrap();
            upgrade(&migrator).await;
        }
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn killed_after_any_statement_the_next_run_finishes_exactly() {
    let whole = Project::new();
    let counting = Faulty::counting(Sqlite);
    let count = counting.count();
    upgrade(&Migrator::new(Arc::new(counting), whole.url(), history())).await;
    assert_eq!(whole.rows("SELECT n FROM one"), [WHOLE.to_string()]);

    for statements in 0..count.get() {
        let project = Project::new();
        kill_after("engine::crash::victim", &project, statements);
        let has_two = project.tables().contains(&"two".to_owned());
        let is_whole = has_two && project.versions() == ["d4"];
        assert!(
            !has_two || is_whole,
            "a part of the rows stays, killed after {statements}"
        );
        finish(&project).await;
        assert_eq!(
            project.rows("SELECT n FROM one"),
            [WHOLE.to_string()],
            "killed after {statements}"
        );
        assert_eq!(project.versions(), ["d4"], "killed after {statements}");
        assert_eq!(
            project.rows("SELECT count(*) FROM two"),
            [ROWS.to_string()],
            "killed after {statements}"
        );
    }
}
