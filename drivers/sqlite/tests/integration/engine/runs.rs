//! Upgrades, downgrades, and what they leave behind.

use limbeck_core::engine::Action;
use limbeck_core::engine::DataLoss;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Purge;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Direction;
use limbeck_core::history::HistoryTables;

use super::*;

#[tokio::test]
async fn each_revision_runs_once_and_is_recorded() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two)]);
    let report = migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(
        report
            .steps
            .iter()
            .map(|step| step.revision.as_str())
            .collect::<Vec<_>>(),
        ["a1", "b2"]
    );
    assert_eq!(report.revisions, ["b2"]);
    assert_eq!(project.tables(), ["one", "two"]);
    assert_eq!(project.versions(), ["b2"]);
    assert_eq!(
        project.journal(),
        [
            "1|upgrade|a1|intended|1|1",
            "2|upgrade|a1|done|1|1",
            "3|upgrade|b2|intended|1|1",
            "4|upgrade|b2|done|1|1",
        ]
    );

    let again = migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert!(again.steps.is_empty());
    assert_eq!(project.journal().len(), 4);
}

#[tokio::test]
async fn a_downgrade_leaves_no_trace() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two)]);
    upgrade(&migrator).await;
    let report = migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert_eq!(
        report
            .steps
            .iter()
            .map(|step| step.revision.as_str())
            .collect::<Vec<_>>(),
        ["b2", "a1"]
    );
    assert!(project.tables().is_empty());
    assert!(project.versions().is_empty());
}

#[tokio::test]
async fn minus_one_at_a_merge_takes_back_what_was_applied_last() {
    let project = Project::new();
    let (root, left, right, both) = (
        table("root"),
        table("lefty"),
        table("righty"),
        table("both_sides"),
    );
    let migrator = project.migrator(&[
        ("a1", "", &root),
        ("b2", "a1", &left),
        ("c3", "a1", &right),
        ("d4", "b2, c3", &both),
    ]);
    upgrade(&migrator).await;
    migrator.downgrade("-1", &mut Ignore).await.unwrap();
    assert_eq!(project.versions(), ["b2", "c3"]);
    let last = project.rows(
        "SELECT revision FROM limbeck_journal WHERE direction = 'upgrade' AND event = 'done' ORDER BY seq",
    );
    migrator.downgrade("-1", &mut Ignore).await.unwrap();
    let left = if last[2] == "c3" { "b2" } else { "c3" };
    assert_eq!(project.versions(), [left]);
}

#[tokio::test]
async fn reading_commands_create_nothing() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    assert!(migrator.current().await.unwrap().is_empty());
    let status = migrator.status().await.unwrap();
    assert_eq!(status.pending.len(), 1);
    assert!(migrator.log().await.unwrap().is_empty());
    assert!(migrator.verify().await.unwrap().is_empty());
    let plan = migrator.plan(Direction::Upgrade, "heads").await.unwrap();
    assert_eq!(plan.heads_after.len(), 1);
    assert!(
        matches!(&plan.steps[0].statements[0].action, Action::Execute(sql) if sql.starts_with("CREATE TABLE"))
    );
    assert_eq!(std::fs::read_dir(project.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_native_section_runs_only_on_its_engine() {
    let project = Project::new();
    let script = "-- limbeck:upgrade mysql\nCREATE TABLE only_there (id int);\n\
                  -- limbeck:upgrade sqlite\nCREATE TABLE only_here (id int);\n\
                  -- limbeck:downgrade sqlite\nDROP TABLE only_here;\n";
    let migrator = project.migrator(&[("a1", "", script)]);
    upgrade(&migrator).await;
    assert_eq!(project.tables(), ["only_here"]);
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_missing_downgrade_is_derived() {
    let project = Project::new();
    let script = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY, name VARCHAR(20));\n\
                  CREATE INDEX one_name ON one (name);\nINSERT INTO one (id) VALUES (1);\n";
    let migrator = project.migrator(&[("a1", "", script)]);
    upgrade(&migrator).await;
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_derived_downgrade_that_loses_data_wants_consent() {
    let project = Project::new();
    let one = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n-- limbeck:downgrade\nDROP TABLE one;\n";
    let drop = "-- limbeck:upgrade\nDROP TABLE one;\n";
    let migrator = project.migrator(&[("a1", "", one), ("b2", "a1", drop)]);
    upgrade(&migrator).await;
    let error = migrator.downgrade("a1", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::DataLoss { .. }), "{error}");

    let mut options = migrator.options().clone();
    options.data_loss = DataLoss::Allow;
    migrator
        .with_options(options)
        .downgrade("a1", &mut Ignore)
        .await
        .unwrap();
    assert_eq!(project.tables(), ["one"]);
}

#[tokio::test]
async fn an_irreversible_revision_says_why() {
    let project = Project::new();
    let script = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n";
    let header = format!("-- limbeck:irreversible the old rows are gone\n{script}");
    let migrator = project.migrator(&[("a1", "", &header)]);
    upgrade(&migrator).await;
    let error = migrator.downgrade("base", &mut Ignore).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "revision a1 is irreversible: the old rows are gone"
    );
    assert_eq!(project.tables(), ["one"]);
}

#[tokio::test]
async fn a_database_ahead_of_the_files_is_refused_or_served() {
    let project = Project::new();
    let (one, two, three) = (table("one"), table("two"), table("three"));
    upgrade(&project.migrator(&[("a1", "", &one), ("b2", "", &two)])).await;
    let behind = project.migrator(&[("a1", "", &one), ("c3", "a1", &three)]);
    assert_eq!(behind.status().await.unwrap().unknown, ["b2"]);
    assert!(behind.upgrade("heads", &mut Ignore).await.is_err());

    let mut options = behind.options().clone();
    options.ahead = Ahead::Warn;
    behind
        .with_options(options)
        .upgrade("c3", &mut Ignore)
        .await
        .unwrap();
    assert_eq!(project.versions(), ["b2", "c3"]);
    assert_eq!(project.tables(), ["one", "three", "two"]);
}

#[tokio::test]
async fn alembic_s_table_is_adopted_as_it_is() {
    let project = Project::new();
    project
        .look()
        .execute_batch(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc \
             PRIMARY KEY (version_num)); INSERT INTO alembic_version VALUES ('a1');",
        )
        .unwrap();
    let (one, two) = (table("one"), table("two"));
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two)]);
    let mut options = migrator.options().clone();
    options.tables = HistoryTables::new("alembic_version").unwrap();
    let migrator = migrator.with_options(options);
    let report = migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(report.steps.len(), 1);
    assert_eq!(project.rows("SELECT version_num FROM alembic_version"), ["b2"]);
}

#[tokio::test]
async fn two_histories_share_a_database() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let other = project.migrator(&[("x1", "", &two)]);
    let mut options = other.options().clone();
    options.tables = HistoryTables::new("other_version").unwrap();
    let other = other.with_options(options);
    upgrade(&other).await;
    assert_eq!(project.rows("SELECT version_num FROM other_version"), ["x1"]);
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(other.log().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_version_table_that_was_dropped_is_made_again_behind_its_journal() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    upgrade(&migrator).await;
    project
        .look()
        .execute_batch("DROP TABLE limbeck_version")
        .unwrap();
    let errors = [
        migrator.upgrade("heads", &mut Ignore).await.map(drop),
        migrator.downgrade("base", &mut Ignore).await.map(drop),
        migrator.ensure_version(&mut Ignore).await,
        migrator.plan(Direction::Upgrade, "heads").await.map(drop),
        migrator.status().await.map(drop),
        migrator.verify().await.map(drop),
    ];
    for error in errors.map(Result::unwrap_err) {
        assert!(matches!(error, EngineError::VersionTableLost { .. }), "{error}");
    }
    migrator.stamp(&["a1"], Purge::Keep, &mut Ignore).await.unwrap();
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(project.journal().len(), 4);
}

#[tokio::test]
async fn a_downgrade_is_derived_only_from_what_is_known() {
    let made = "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n-- limbeck:downgrade\nDROP TABLE one;\n";
    let native = |touches: &str| {
        format!(
            "-- limbeck:upgrade sqlite\n{touches}ALTER TABLE one ADD COLUMN extra int;\n\
             -- limbeck:downgrade sqlite\nALTER TABLE one DROP COLUMN extra;\n"
        )
    };
    let drop = "-- limbeck:upgrade\nDROP TABLE one;\n";
    for (touches, is_derived) in [("", false), ("-- limbeck:touches -\n", true)] {
        let project = Project::new();
        let native = native(touches);
        let migrator = project.migrator(&[("a1", "", made), ("b2", "a1", &native), ("c3", "b2", drop)]);
        let mut options = migrator.options().clone();
        options.data_loss = DataLoss::Allow;
        let migrator = migrator.with_options(options);
        upgrade(&migrator).await;
        let outcome = migrator.downgrade("b2", &mut Ignore).await;
        assert_eq!(outcome.is_ok(), is_derived, "{outcome:?}");
        if let Err(error) = outcome {
            assert!(error.to_string().contains("changed by revision b2"), "{error}");
        }
    }
}

#[tokio::test]
async fn a_long_history_is_taken_back_by_derived_downgrades() {
    let project = Project::new();
    let ids: Vec<String> = (0..300).map(|number| format!("r{number:03}")).collect();
    let sections: Vec<String> = (0..300)
        .map(|number| format!("-- limbeck:upgrade\nCREATE TABLE t{number} (id BIGINT PRIMARY KEY);\n"))
        .collect();
    let parents = std::iter::once("").chain(ids.iter().map(String::as_str));
    let files: Vec<File<'_>> = ids
        .iter()
        .zip(parents)
        .zip(&sections)
        .map(|((id, parent), sections)| (id.as_str(), parent, sections.as_str()))
        .collect();
    let migrator = project.migrator(&files);
    upgrade(&migrator).await;
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}
