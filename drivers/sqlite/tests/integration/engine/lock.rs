//! The lock that a run holds, and its proof.

use std::sync::Mutex;
use std::time::Duration;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Observer;

use super::*;

#[tokio::test]
async fn a_run_that_gets_no_lock_names_the_holder() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    let mut holder = Sqlite
        .connect(&project.url(), &ConnectOptions::read_write())
        .await
        .unwrap();
    let name = LockName::new(&holder.server().schema, "limbeck_version");
    assert_eq!(holder.try_lock(&name).await.unwrap(), TryLock::Acquired);

    let mut options = migrator.options().clone();
    options.lock_timeout = Duration::from_millis(100);
    let migrator = migrator.with_options(options);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    let EngineError::Locked {
        holder: Some(named), ..
    } = &error
    else {
        panic!("{error:?}")
    };
    assert_eq!(named.pid, Some(u64::from(std::process::id())));
    assert_eq!(migrator.status().await.unwrap().lock.as_ref(), Some(named));

    drop(holder);
    upgrade(&migrator).await;
    assert_eq!(project.tables(), ["one"]);
}

/// Does something to the database when the first statement of a run has succeeded.
struct Meddler(Mutex<Option<Box<dyn FnOnce() + Send>>>);

impl Observer for Meddler {
    fn event(&mut self, event: &Event<'_>) {
        if matches!(event, Event::StepStarted { .. })
            && let Some(meddle) = self.0.get_mut().unwrap().take()
        {
            meddle();
        }
    }
}

#[tokio::test]
async fn a_lost_lock_stops_the_run() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    let lock_file = project.folder.path().join("app.db.limbeck-lock");
    let meddler = &mut Meddler(Mutex::new(Some(Box::new(move || {
        std::fs::remove_file(lock_file).unwrap()
    }))));
    let error = migrator.upgrade("heads", meddler).await.unwrap_err();
    assert!(matches!(error, EngineError::LockLost { .. }), "{error:?}");
    assert!(project.tables().is_empty());
}

#[tokio::test]
async fn rows_that_move_under_a_run_stop_it() {
    let project = Project::new();
    let one = table("one");
    let migrator = project.migrator(&[("a1", "", &one)]);
    let path = project.path();
    let meddler = &mut Meddler(Mutex::new(Some(Box::new(move || {
        let other = Connection::open(path).unwrap();
        other
            .execute("INSERT INTO limbeck_version VALUES ('zz')", [])
            .unwrap();
    }))));
    let error = migrator.upgrade("heads", meddler).await.unwrap_err();
    assert!(
        matches!(&error, EngineError::RowsMoved { found, .. } if found == "zz"),
        "{error:?}"
    );
    assert!(project.tables().is_empty());
}
