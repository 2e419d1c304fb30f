//! Creating and dropping databases.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;

use crate::connect;
use crate::connection::MySqlConnection;
use crate::settings::Settings;

/// Does a task from a session that is in no database.
pub(crate) async fn administer(settings: &Settings, task: Administer) -> Result<(), DriverError> {
    let database = settings.database()?;
    let outside = Settings {
        database: None,
        ..settings.clone()
    };
    let mut connection = connect::open_anywhere(&outside, &ConnectOptions::read_write()).await?;
    match task {
        Administer::Create => create(&mut connection, database).await?,
        Administer::Drop => drop_database(&mut connection, database).await?,
        _ => return Err(DriverError::unsupported("this task")),
    }
    Box::new(connection).close().await
}

/// Creates a database whose tables compare text as those that the dialect writes.
pub(crate) async fn create(connection: &mut MySqlConnection, database: &str) -> Result<(), DriverError> {
    let dialect = connection.dialect();
    let sql = format!(
        "CREATE DATABASE IF NOT EXISTS {} CHARACTER SET utf8mb4 COLLATE {}",
        dialect.quote_identifier(database),
        dialect.collation()
    );
    connection.ask(&sql).await.map(drop)
}

/// Creates a database that compares text as another one does, where that is there: DDL that says nothing of it means the same
/// in both.
pub(crate) async fn create_like(
    connection: &mut MySqlConnection,
    database: &str,
    like: &str,
) -> Result<(), DriverError> {
    let dialect = connection.dialect();
    let question = format!(
        "SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = {}",
        dialect.string_literal(like)
    );
    let rows = connection.ask(&question).await?;
    let found = rows.rows.first();
    let found = found.and_then(|row| Some((row.text(0)?, row.text(1)?)));
    let Some((charset, collation)) = found else {
        return create(connection, database).await;
    };
    let name = dialect.quote_identifier(database);
    let sql = format!("CREATE DATABASE {name} CHARACTER SET {charset} COLLATE {collation}");
    connection.ask(&sql).await.map(drop)
}

pub(crate) async fn drop_database(
    connection: &mut MySqlConnection,
    database: &str,
) -> Result<(), DriverError> {
    let name = connection.dialect().quote_identifier(database);
    let sql = format!("DROP DATABASE IF EXISTS {name}");
    connection.ask(&sql).await.map(drop)
}
