//! Files that are there, are not there, or are not what they should be.

use std::fs;

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::TryLock;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite;

use crate::child::Helper;
use crate::locks::lock_name;
use crate::support::Workplace;
use crate::support::connect;
use crate::support::number;
use crate::support::query;

async fn refused(place: &Workplace, name: &str, options: &ConnectOptions) -> DriverError {
    match connect(&place.url(name), options).await {
        Ok(_) => panic!("{name} was opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_missing_file_reads_as_an_empty_database_and_stays_missing() {
    let place = Workplace::new();
    let mut reader = place.read_only().await;
    assert_eq!(number(&mut reader, "SELECT count(*) FROM sqlite_schema").await, 0);
    let error = query(&mut reader, "CREATE TABLE t (a)").await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Permission);
    assert_eq!(reader.lock_holder(&lock_name()).await.unwrap(), None);
    assert!(place.files().is_empty());
}

#[tokio::test]
async fn a_session_that_reads_writes_nothing() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE t (a)").await.unwrap();
    let mut reader = place.read_only().await;
    let error = query(&mut reader, "INSERT INTO t VALUES (1)").await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Permission);
    assert_eq!(number(&mut reader, "SELECT count(*) FROM t").await, 0);
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let place = Workplace::new();
    let error = refused(&place, "no/such/app.db", &ConnectOptions::read_write()).await;
    assert_eq!(error.kind, DriverErrorKind::Connect);
    assert!(error.message.contains("there is no folder"), "{error}");
    assert!(error.hint.unwrap().contains("create the folder"));
}

#[tokio::test]
async fn what_is_no_database_is_said_to_be_none() {
    let place = Workplace::new();
    let text =
        "this is a text, longer than the header of a database file is; so it is read and found wanting\n";
    fs::write(place.path("notes.txt"), text).unwrap();
    fs::create_dir(place.path("folder")).unwrap();
    for options in [ConnectOptions::read_only(), ConnectOptions::read_write()] {
        let error = refused(&place, "notes.txt", &options).await;
        assert_eq!(error.kind, DriverErrorKind::NoDatabase);
        assert!(
            error.message.ends_with("notes.txt is not an SQLite database"),
            "{error}"
        );
        let error = refused(&place, "folder", &options).await;
        assert!(error.message.ends_with("folder is a folder"), "{error}");
    }
    assert_eq!(fs::read_to_string(place.path("notes.txt")).unwrap(), text);
}

#[tokio::test]
async fn the_mode_in_the_url_is_kept() {
    let place = Workplace::new();
    for (name, options) in [
        ("app.db?mode=rw", ConnectOptions::read_write()),
        ("app.db?mode=ro", ConnectOptions::read_only()),
    ] {
        let error = refused(&place, name, &options).await;
        assert_eq!(error.kind, DriverErrorKind::NoDatabase, "{name}");
    }
    assert!(place.files().is_empty());
    let error = refused(&place, "app.db?mode=ro", &ConnectOptions::read_write()).await;
    assert_eq!(error.kind, DriverErrorKind::Permission);
    connect(&place.url("app.db?mode=rwc"), &ConnectOptions::read_write())
        .await
        .unwrap();
    connect(&place.url("app.db?mode=ro"), &ConnectOptions::read_only())
        .await
        .unwrap();
}

/// Permissions stop everybody but root, so a root that runs the tests has another user try, with a copy of this
/// program that the other user can reach.
#[cfg(unix)]
fn as_another_user(place: &Workplace, role: &str) -> Helper {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;

    let url = format!("sqlite:///{}", place.database().display());
    let mut command = Helper::command(role, &url, &place.path("tests"));
    if place.database().metadata().unwrap().uid() == 0 {
        command.uid(65534).gid(65534).current_dir("/");
    }
    Helper::spawn(&mut command)
}

/// Takes the right to write to the database and to its folder away.
#[cfg(unix)]
fn protect(place: &Workplace) {
    use std::os::unix::fs::PermissionsExt;

    fs::copy(std::env::current_exe().unwrap(), place.path("tests")).unwrap();
    fs::set_permissions(place.database(), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(place.path("."), fs::Permissions::from_mode(0o555)).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_file_is_refused_before_anything_is_tried() {
    let place = Workplace::new();
    place.read_write().await.close().await.unwrap();
    protect(&place);
    let said = as_another_user(&place, "connect").said();
    assert!(said.starts_with("Permission: "), "{said}");
    assert!(said.contains("is read-only"), "{said}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_file_can_be_read_in_every_journal_mode() {
    for mode in ["DELETE", "WAL"] {
        let place = Workplace::new();
        let mut writer = place.read_write().await;
        query(&mut writer, &format!("PRAGMA journal_mode = {mode}"))
            .await
            .unwrap();
        query(&mut writer, "CREATE TABLE t (a)").await.unwrap();
        writer.close().await.unwrap();
        protect(&place);
        assert_eq!(as_another_user(&place, "read").said(), "1 table", "{mode}");
    }
}

#[tokio::test]
async fn a_locked_database_is_busy_after_the_time_out() {
    let place = Workplace::new();
    let mut connection = connect(&place.url("app.db?busy_timeout=1"), &ConnectOptions::read_write())
        .await
        .unwrap();
    let writer = Helper::start("write", &place.database());
    let error = query(&mut connection, "BEGIN IMMEDIATE").await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Busy);
    assert_eq!(error.code.as_deref(), Some("SQLITE_BUSY"));
    writer.release();
    query(&mut connection, "BEGIN IMMEDIATE").await.unwrap();
}

#[tokio::test]
async fn a_reader_comes_after_a_writer_that_was_killed() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE t (a BLOB)").await.unwrap();
    let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
        INSERT INTO t SELECT zeroblob(1000) FROM n";
    query(&mut writer, many).await.unwrap();
    writer.close().await.unwrap();
    Helper::start("die with a hot journal", &place.database()).kill();
    assert!(place.files().contains(&"app.db-journal".to_owned()));

    let mut reader = place.read_only().await;
    let sql = "SELECT count(*) FROM t WHERE a = zeroblob(1000)";
    assert_eq!(number(&mut reader, sql).await, 200);
    query(&mut reader, "DELETE FROM t").await.unwrap_err();
}

#[tokio::test]
async fn what_a_killed_writer_left_in_the_wal_is_read_and_left_there() {
    let place = Workplace::new();
    Helper::start("die with transactions in the WAL", &place.database()).kill();
    let state = || {
        ["app.db", "app.db-wal"].map(|name| {
            let path = place.path(name);
            (
                fs::read(&path).unwrap(),
                path.metadata().unwrap().modified().unwrap(),
            )
        })
    };
    let before = state();
    assert!(!before[1].0.is_empty());
    for closes in [true, false] {
        let mut reader = place.read_only().await;
        assert_eq!(number(&mut reader, "SELECT count(*) FROM t").await, 0);
        if closes {
            reader.close().await.unwrap();
        } else {
            drop(reader);
        }
        assert!(state() == before, "reading has written");
    }
    place.read_write().await.close().await.unwrap();
    assert_eq!(place.files(), ["app.db"]);
}

#[tokio::test]
async fn reading_a_database_in_wal_mode_leaves_nothing_behind() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "PRAGMA journal_mode = WAL").await.unwrap();
    query(&mut writer, "CREATE TABLE t (a)").await.unwrap();
    writer.close().await.unwrap();
    assert_eq!(place.files(), ["app.db"]);

    let mut reader = place.read_only().await;
    assert_eq!(number(&mut reader, "SELECT count(*) FROM t").await, 0);
    reader.close().await.unwrap();
    assert_eq!(place.files(), ["app.db"]);
}

#[tokio::test]
async fn a_database_is_created_and_dropped_but_for_its_lock_file() {
    let place = Workplace::new();
    let url = place.url("app.db");
    Sqlite.administer(&url, Administer::Create).await.unwrap();
    Sqlite.administer(&url, Administer::Create).await.unwrap();
    assert_eq!(place.files(), ["app.db"]);

    let mut connection = place.read_write().await;
    query(&mut connection, "PRAGMA journal_mode = WAL").await.unwrap();
    query(&mut connection, "CREATE TABLE t (a)").await.unwrap();
    assert_eq!(
        connection.try_lock(&lock_name()).await.unwrap(),
        TryLock::Acquired
    );
    let error = Sqlite.administer(&url, Administer::Drop).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Busy);
    connection.close().await.unwrap();

    Sqlite.administer(&url, Administer::Drop).await.unwrap();
    Sqlite.administer(&url, Administer::Drop).await.unwrap();
    assert_eq!(place.files(), ["app.db.limbeck-lock"]);
}

#[tokio::test]
async fn only_a_database_is_dropped() {
    let place = Workplace::new();
    fs::write(place.database(), "x".repeat(200)).unwrap();
    let error = Sqlite
        .administer(&place.url("app.db"), Administer::Drop)
        .await
        .unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::NoDatabase);
    assert_eq!(place.files(), ["app.db"]);
}

#[cfg(unix)]
#[tokio::test]
async fn dropping_through_a_link_drops_the_database() {
    let place = Workplace::new();
    let mut connection = place.read_write().await;
    query(&mut connection, "CREATE TABLE t (a)").await.unwrap();
    drop(connection);
    std::os::unix::fs::symlink(place.database(), place.path("link.db")).unwrap();
    Sqlite
        .administer(&place.url("link.db"), Administer::Drop)
        .await
        .unwrap();
    assert!(place.files().is_empty());
}

#[tokio::test]
async fn a_very_long_time_out_is_just_long() {
    let place = Workplace::new();
    let url = place.url("app.db?busy_timeout=18446744073709551615");
    connect(&url, &ConnectOptions::read_write()).await.unwrap();
}

#[tokio::test]
async fn a_scratch_database_is_empty_and_leaves_nothing() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE t (a)").await.unwrap();
    let options = ConnectOptions::read_write();
    let mut scratch = Sqlite.scratch(&place.url("app.db"), &options).await.unwrap();
    query(&mut scratch, "CREATE TABLE t (b)").await.unwrap();
    assert_eq!(number(&mut scratch, "SELECT count(*) FROM t").await, 0);
    assert_eq!(place.files(), ["app.db"]);
}

#[tokio::test]
async fn a_connection_of_the_callers_becomes_a_session() {
    let place = Workplace::new();
    let connection = rusqlite::Connection::open(place.database()).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let mut session = Sqlite::attach(connection).await.unwrap();
    assert_eq!(number(&mut session, "PRAGMA foreign_keys").await, 1);
    session.try_lock(&lock_name()).await.unwrap();
    let mut other = place.read_write().await;
    assert!(matches!(
        other.try_lock(&lock_name()).await.unwrap(),
        TryLock::Held(_)
    ));

    let connection = rusqlite::Connection::open(place.database()).unwrap();
    connection.execute_batch("BEGIN").unwrap();
    assert!(Sqlite::attach(connection).await.is_err());
}

#[tokio::test]
async fn a_path_that_looks_like_sqlites_own_uri_is_a_path() {
    let place = Workplace::new();
    let connection = connect(&place.url("file:x?y.db"), &ConnectOptions::read_write()).await;
    // The question mark begins the parameters.
    assert!(connection.is_err());
    connect(&place.url("file:x%3Fmode=memory"), &ConnectOptions::read_write())
        .await
        .unwrap();
    assert_eq!(place.files(), ["file:x?mode=memory"]);
}
