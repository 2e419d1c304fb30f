//! What is told where not everything is as it should be.

use std::fs;
use std::time::Duration;

use limbeck_core::engine::WaitFor;

use super::*;

#[tokio::test]
async fn a_history_table_that_was_changed_is_not_taken_for_a_history() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    project
        .look()
        .execute_batch("ALTER TABLE limbeck_version RENAME COLUMN version_num TO number")
        .unwrap();
    for parameter in ["off", "on"] {
        let url = format!("{}?double_quoted_strings={parameter}", project.url());
        let migrator = Migrator::new(
            Arc::new(Sqlite),
            url.parse().unwrap(),
            scripts(&[("a1", "", &one)]),
        );
        let error = migrator.current().await.unwrap_err();
        assert!(error.to_string().contains("version_num"), "{error}");
        let hints = error.hints();
        assert_eq!(hints.len(), 1, "{hints:?}");
        assert!(
            hints[0].starts_with("the history tables are not as Limbeck made them"),
            "{hints:?}"
        );
    }
}

#[tokio::test]
async fn a_lock_file_that_is_none_hides_nothing_else() {
    let project = Project::new();
    let one = table("one");
    upgrade(&project.migrator(&[("a1", "", &one)])).await;
    let lock = project.folder.path().join("app.db.limbeck-lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    let status = project.migrator(&[("a1", "", &one)]).status().await.unwrap();
    assert_eq!(status.revisions, ["a1"]);
    assert_eq!(status.lock, None);
    assert!(status.lock_error.unwrap().ends_with("it is not a plain file"));
}

#[tokio::test]
async fn a_url_that_means_nothing_is_not_waited_for() {
    let project = Project::new();
    let url = format!("{}?mode=zz", project.url()).parse().unwrap();
    let migrator = Migrator::new(Arc::new(Sqlite), url, scripts(&[]));
    let week = Duration::from_secs(7 * 24 * 60 * 60);
    let error = migrator.wait(week, WaitFor::Server).await.unwrap_err();
    assert_eq!(error.hints(), ["correct it in the database URL"]);
}
