//! Stamps.

use limbeck_core::engine::Ignore;
use limbeck_core::engine::Purge;

use super::*;

#[tokio::test]
async fn a_stamp_sets_the_rows_and_runs_nothing() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", &two)]);
    assert_eq!(
        migrator
            .stamp(&["b2"], Purge::Keep, &mut Ignore)
            .await
            .unwrap()
            .revisions,
        ["b2"]
    );
    assert!(project.tables().is_empty());
    assert_eq!(
        project.rows("SELECT direction, event, rows_after FROM limbeck_journal ORDER BY seq"),
        ["stamp|intended|", "stamp|done|b2",]
    );
    migrator.stamp(&["a1"], Purge::Keep, &mut Ignore).await.unwrap();
    assert_eq!(project.versions(), ["a1"]);
    migrator.stamp(&["base"], Purge::Keep, &mut Ignore).await.unwrap();
    assert!(project.versions().is_empty());
}

#[tokio::test]
async fn a_purge_forgets_rows_that_no_file_has() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let other = project.migrator(&[("c3", "", &two)]);
    other
        .stamp(&["c3"], Purge::Everything, &mut Ignore)
        .await
        .unwrap();
    assert_eq!(project.versions(), ["c3"]);
}

#[tokio::test]
async fn ensure_version_makes_the_tables_once() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    migrator.ensure_version(&mut Ignore).await.unwrap();
    migrator.ensure_version(&mut Ignore).await.unwrap();
    assert!(project.versions().is_empty());
    assert!(project.journal().is_empty());
}
