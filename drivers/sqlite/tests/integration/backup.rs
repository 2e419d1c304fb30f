//! Copies of database files.

use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverErrorKind;
use limbeck_sqlite::Sqlite;

use super::support::Workplace;
use super::support::connect;
use super::support::number;
use super::support::query;

#[tokio::test]
async fn a_copy_holds_everything_also_what_is_in_the_wal() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "PRAGMA journal_mode = WAL").await.unwrap();
    query(&mut writer, "CREATE TABLE a (b INTEGER PRIMARY KEY, c TEXT)")
        .await
        .unwrap();
    query(&mut writer, "INSERT INTO a VALUES (7, 'x'), (9, 'y')")
        .await
        .unwrap();
    query(&mut writer, "PRAGMA user_version = 3").await.unwrap();
    let file = place.path("it's a copy.db");
    Sqlite.backup(&place.url("app.db"), &file).await.unwrap();
    query(&mut writer, "DELETE FROM a").await.unwrap();

    let url = format!("sqlite:///{}", file.display().to_string().replace(' ', "%20"))
        .parse()
        .unwrap();
    let mut copy = connect(&url, &limbeck_core::driver::ConnectOptions::read_only())
        .await
        .unwrap();
    assert_eq!(number(&mut copy, "SELECT sum(b) FROM a").await, 16);
    assert_eq!(number(&mut copy, "PRAGMA user_version").await, 3);
}

#[tokio::test]
async fn nothing_is_written_over() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE a (b INTEGER)").await.unwrap();
    for text in ["", "precious"] {
        let file = place.path("there");
        std::fs::write(&file, text).unwrap();
        let error = Sqlite.backup(&place.url("app.db"), &file).await.unwrap_err();
        assert!(error.message.contains("exists"), "{error}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}

#[tokio::test]
async fn a_copy_that_cannot_be_relied_on_is_no_backup() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE a (b INTEGER NOT NULL)")
        .await
        .unwrap();
    query(&mut writer, "INSERT INTO a VALUES (1)").await.unwrap();
    // A NULL that the table's own text forbids: what SQLite calls a fault of the database.
    query(&mut writer, "PRAGMA writable_schema = ON").await.unwrap();
    query(
        &mut writer,
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE a (b INTEGER)' WHERE name = 'a'",
    )
    .await
    .unwrap();
    drop(writer);
    let mut writer = place.read_write().await;
    query(&mut writer, "INSERT INTO a VALUES (NULL)").await.unwrap();
    query(&mut writer, "PRAGMA writable_schema = ON").await.unwrap();
    query(
        &mut writer,
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE a (b INTEGER NOT NULL)' WHERE name = 'a'",
    )
    .await
    .unwrap();
    drop(writer);
    let before = place.files();
    let error = Sqlite
        .backup(&place.url("app.db"), &place.path("copy.db"))
        .await
        .unwrap_err();
    assert!(error.message.contains("NULL"), "{error}");
    assert_eq!(place.files(), before, "no file is left");
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error() {
    let place = Workplace::new();
    let mut writer = place.read_write().await;
    query(&mut writer, "CREATE TABLE a (b INTEGER)").await.unwrap();
    assert!(
        Sqlite
            .backup(&place.url("app.db"), &place.path("nowhere/copy.db"))
            .await
            .is_err()
    );
    let memory = "sqlite::memory:".parse().unwrap();
    let error = Sqlite.backup(&memory, &place.path("copy.db")).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Unsupported);
}
