//! The migration lock between sessions and between processes.

use std::fs;

use limbeck_core::driver::Activity;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::TryLock;

use crate::child::Helper;
use crate::support::Workplace;
use crate::support::memory;
use crate::support::query;

pub(crate) fn lock_name() -> LockName {
    LockName::new("", "limbeck_version")
}

async fn take(connection: &mut Box<dyn Connection>) -> TryLock {
    connection.try_lock(&lock_name()).await.unwrap()
}

/// Who holds the lock, as an attempt at it is told.
async fn refused(connection: &mut Box<dyn Connection>) -> Holder {
    match take(connection).await {
        TryLock::Held(holder) => holder.unwrap(),
        TryLock::Acquired => panic!("the lock was free"),
    }
}

/// What the proof gives in a statement.
async fn proof(connection: &mut Box<dyn Connection>) -> Option<String> {
    let scalar = connection.lock_proof(&lock_name()).unwrap();
    let rows = query(connection, &format!("SELECT {scalar}")).await.unwrap();
    rows.rows[0].text(0).map(str::to_owned)
}

#[tokio::test]
async fn a_second_process_is_refused_and_told_who_holds() {
    let place = Workplace::new();
    let helper = Helper::start("hold the lock", &place.database());
    let mut connection = place.read_write().await;
    let holder = refused(&mut connection).await;
    assert_eq!(holder.pid, Some(u64::from(helper.id())));
    assert!(holder.host.is_some() && holder.since.is_some());
    assert_eq!(proof(&mut connection).await, None);

    let mut reader = place.read_only().await;
    assert_eq!(reader.lock_holder(&lock_name()).await.unwrap(), Some(holder));

    helper.release();
    assert_eq!(reader.lock_holder(&lock_name()).await.unwrap(), None);
    assert_eq!(take(&mut connection).await, TryLock::Acquired);
}

#[tokio::test]
async fn a_killed_holder_frees_the_lock() {
    let place = Workplace::new();
    Helper::start("hold the lock", &place.database()).kill();
    let mut connection = place.read_write().await;
    assert_eq!(take(&mut connection).await, TryLock::Acquired);
    assert!(proof(&mut connection).await.is_some());
}

#[tokio::test]
async fn two_sessions_of_one_process_exclude_each_other() {
    let place = Workplace::new();
    let (mut first, mut second) = (place.read_write().await, place.read_write().await);
    assert_eq!(take(&mut first).await, TryLock::Acquired);
    assert_eq!(
        refused(&mut second).await.pid,
        Some(u64::from(std::process::id()))
    );
    assert!(proof(&mut first).await.is_some());
    assert_eq!(proof(&mut second).await, None);
    assert!(!second.unlock(&lock_name()).await.unwrap());
    assert!(first.unlock(&lock_name()).await.unwrap());
    assert_eq!(proof(&mut first).await, None);
    assert_eq!(take(&mut second).await, TryLock::Acquired);
}

#[tokio::test]
async fn dropping_a_session_frees_its_lock_at_once() {
    let place = Workplace::new();
    let mut first = place.read_write().await;
    take(&mut first).await;
    drop(first);
    let mut second = place.read_write().await;
    assert_eq!(take(&mut second).await, TryLock::Acquired);
}

#[tokio::test]
async fn taking_a_lock_twice_is_taking_it_once() {
    let place = Workplace::new();
    let (mut first, mut second) = (place.read_write().await, place.read_write().await);
    assert_eq!(take(&mut first).await, TryLock::Acquired);
    assert_eq!(take(&mut first).await, TryLock::Acquired);
    assert!(first.unlock(&lock_name()).await.unwrap());
    assert!(!first.unlock(&lock_name()).await.unwrap());
    assert_eq!(take(&mut second).await, TryLock::Acquired);
}

#[tokio::test]
async fn the_locks_of_two_histories_in_one_file_are_proven_apart() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    let other = LockName::new("", "other_version");
    take(&mut connection).await;
    let scalar = connection.lock_proof(&other).unwrap();
    let sql = format!("SELECT {scalar} IS NULL");
    assert_eq!(
        query(&mut connection, &sql).await.unwrap().rows[0].integer(0),
        Some(1)
    );
    assert_eq!(connection.try_lock(&other).await.unwrap(), TryLock::Acquired);
    assert_eq!(
        query(&mut connection, &sql).await.unwrap().rows[0].integer(0),
        Some(0)
    );
    connection.unlock(&lock_name()).await.unwrap();
    assert_eq!(
        query(&mut connection, &sql).await.unwrap().rows[0].integer(0),
        Some(0)
    );
}

#[tokio::test]
async fn a_lock_file_that_is_gone_or_another_one_proves_nothing() {
    let place = Workplace::new();
    let lock_file = place.path("app.db.limbeck-lock");
    let mut connection = place.read_write().await;
    take(&mut connection).await;

    fs::remove_file(&lock_file).unwrap();
    assert_eq!(proof(&mut connection).await, None);
    fs::write(&lock_file, "").unwrap();
    assert_eq!(proof(&mut connection).await, None);

    // The file that stands there now can be locked by others, and by this session anew.
    let mut second = place.read_write().await;
    assert_eq!(take(&mut second).await, TryLock::Acquired);
    refused(&mut connection).await;
    drop(second);
    assert_eq!(take(&mut connection).await, TryLock::Acquired);
    assert!(proof(&mut connection).await.is_some());
}

#[tokio::test]
async fn a_lost_lock_stops_a_guarded_insert() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    take(&mut connection).await;
    let scalar = connection.lock_proof(&lock_name()).unwrap();
    let insert = format!("INSERT INTO journal VALUES (CASE WHEN 1 = 1 THEN {scalar} END)");
    query(
        &mut connection,
        "CREATE TABLE journal (proof VARCHAR(255) NOT NULL)",
    )
    .await
    .unwrap();
    query(&mut connection, &insert).await.unwrap();
    fs::remove_file(place.path("app.db.limbeck-lock")).unwrap();
    let error = query(&mut connection, &insert).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("SQLITE_CONSTRAINT_NOTNULL"));
}

#[cfg(unix)]
#[tokio::test]
async fn all_paths_to_a_file_have_one_lock() {
    let place = Workplace::new();
    let mut first = place.read_write().await;
    std::os::unix::fs::symlink(place.database(), place.path("link.db")).unwrap();
    let mut second = crate::support::connect(
        &place.url("link.db"),
        &limbeck_core::driver::ConnectOptions::read_write(),
    )
    .await
    .unwrap();
    assert_eq!(take(&mut first).await, TryLock::Acquired);
    refused(&mut second).await;
    assert_eq!(place.files(), ["app.db", "app.db.limbeck-lock", "link.db"]);
}

#[tokio::test]
async fn a_database_in_memory_is_locked_by_its_session_alone() {
    let (mut first, mut second) = (memory().await, memory().await);
    assert_eq!(take(&mut first).await, TryLock::Acquired);
    assert_eq!(take(&mut second).await, TryLock::Acquired);
    assert_eq!(
        proof(&mut first).await.as_deref(),
        Some(first.server().session.as_str())
    );
    assert!(first.unlock(&lock_name()).await.unwrap());
    assert_eq!(proof(&mut first).await, None);
}

#[tokio::test]
async fn a_session_that_only_reads_takes_no_lock_and_writes_no_file() {
    let place = Workplace::new();
    place.read_write().await.close().await.unwrap();
    let mut reader = place.read_only().await;
    let error = reader.try_lock(&lock_name()).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Permission);
    assert_eq!(reader.lock_holder(&lock_name()).await.unwrap(), None);
    assert_eq!(place.files(), ["app.db"]);
}

#[tokio::test]
async fn a_session_is_gone_idle_or_running() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    let own = connection.server().session.clone();
    assert_eq!(connection.activity(&own).await.unwrap(), Activity::Idle);

    let other = place.read_write().await;
    let id = other.server().session.clone();
    assert_eq!(connection.activity(&id).await.unwrap(), Activity::Idle);
    drop(other);
    assert_eq!(connection.activity(&id).await.unwrap(), Activity::Gone);

    let writer = Helper::start("write", &place.database());
    // The helper's process under the name of a session that is not told; its start is not known here.
    let elsewhere = SessionId::new("1.1.1@another host");
    assert!(matches!(
        connection.activity(&elsewhere).await.unwrap(),
        Activity::Running { .. }
    ));
    writer.kill();
    assert_eq!(connection.activity(&elsewhere).await.unwrap(), Activity::Idle);
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_lock_file_is_named_and_not_waited_for() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    let made = std::process::Command::new("mkfifo")
        .arg(place.path("app.db.limbeck-lock"))
        .status();
    assert!(made.unwrap().success());
    let errors = [
        connection.lock_holder(&lock_name()).await.unwrap_err(),
        connection.try_lock(&lock_name()).await.unwrap_err(),
    ];
    for error in errors {
        assert!(
            error
                .message
                .ends_with("app.db.limbeck-lock: it is not a plain file"),
            "{error}"
        );
        assert!(error.hint.unwrap().starts_with("move away"));
    }
}
