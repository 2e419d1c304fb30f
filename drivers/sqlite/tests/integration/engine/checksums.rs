//! Edited scripts.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Purge;

use super::*;

#[tokio::test]
async fn white_space_and_comments_may_change() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let same = one
        .replace("CREATE TABLE", "create   table /* so */")
        .replace('\n', "\r\n");
    upgrade(&project.migrator(&[("a1", "", &same)])).await;
}

#[tokio::test]
async fn an_edited_revision_is_refused_until_it_is_accepted() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let edited = one.replace("BIGINT", "INTEGER");
    let two = table("two");
    let migrator = project.migrator(&[("a1", "", &edited), ("b2", "a1", &two)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    let EngineError::Changed(changed) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(changed.len(), 1);
    assert_ne!(changed[0].recorded, changed[0].present);
    assert_eq!(project.tables(), ["one"]);
    assert_eq!(migrator.verify().await.unwrap()[0].kind, "changed");

    assert_eq!(migrator.repair(&[], &mut Ignore).await.unwrap().len(), 1);
    upgrade(&migrator).await;
    assert_eq!(project.tables(), ["one", "two"]);
    assert!(migrator.repair(&[], &mut Ignore).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_downgrade_may_be_edited() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let edited = one.replace("DROP TABLE one", "DELETE FROM one;\nDROP TABLE one");
    let migrator = project.migrator(&[("a1", "", &edited)]);
    upgrade(&migrator).await;
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn a_revision_that_was_applied_empty_can_be_run_once_it_is_written() {
    let project = Project::new();
    let one = table("one");
    let blank = "-- limbeck:upgrade\n\n-- limbeck:downgrade\n";
    upgrade(&project.migrator(&[("a1", "", &one), ("b2", "a1", blank)])).await;
    let two = table("two");
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two)]);
    assert_eq!(migrator.status().await.unwrap().edited.len(), 1);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(
        error.hints()[0].contains("`limbeck stamp a1`"),
        "{:?}",
        error.hints()
    );
    migrator.stamp(&["a1"], Purge::Keep, &mut Ignore).await.unwrap();
    upgrade(&migrator).await;
    assert_eq!(project.tables(), ["one", "two"]);
}

#[tokio::test]
async fn a_journal_of_a_newer_release_is_left_alone() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    project
        .look()
        .execute_batch("UPDATE limbeck_journal SET format = 99")
        .unwrap();
    let error = project
        .migrator(&[("a1", "", &one), ("b2", "a1", &two)])
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("format 99"), "{error}");
    assert_eq!(project.tables(), ["one"]);
}

#[tokio::test]
async fn a_row_of_the_version_table_that_is_no_text_is_refused() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    upgrade(&migrator).await;
    project
        .look()
        .execute_batch("INSERT INTO limbeck_version VALUES (x'00ff')")
        .unwrap();
    let error = migrator.status().await.unwrap_err();
    assert!(error.to_string().contains("no text"), "{error}");
}

#[tokio::test]
async fn an_empty_revision_below_others_is_not_advised_away() {
    let project = Project::new();
    let (one, three) = (table("one"), table("three"));
    let blank = "-- limbeck:upgrade\n\n-- limbeck:downgrade\n";
    upgrade(&project.migrator(&[("a1", "", &one), ("b2", "a1", blank), ("c3", "b2", &three)])).await;
    let two = table("two");
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two), ("c3", "b2", &three)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(
        !error.hints().iter().any(|hint| hint.contains("limbeck stamp")),
        "{:?}",
        error.hints()
    );
}
