//! Databases that live as long as a session.

use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;

use crate::administer;
use crate::connect;
use crate::connection::MySqlConnection;
use crate::settings::Settings;

/// What the names begin with.
const PREFIX: &str = "limbeck_scratch_";

/// Opens a session in a new database, which is dropped when the session is closed. While the session lives it holds a
/// lock of the database's name; a database whose lock is free was left behind by a program that was killed, and goes
/// when the next one is made.
pub(crate) async fn open(
    settings: &Settings,
    options: &ConnectOptions,
) -> Result<MySqlConnection, DriverError> {
    let mut options = options.clone();
    options.access = Access::ReadWrite;
    let outside = Settings {
        database: None,
        ..settings.clone()
    };
    let mut maker = connect::open_anywhere(&outside, &options).await?;
    sweep(&mut maker).await?;
    let rows = maker.ask("SELECT replace(uuid(), '-', '')").await?;
    let random = rows.rows.first().and_then(|row| row.text(0)).unwrap_or_default();
    let database = format!("{PREFIX}{random}");
    // The lock comes first and goes last, so that no sweep sees the database without it.
    maker.ask(&format!("SELECT get_lock('{database}', 0)")).await?;
    match settings.database.as_deref() {
        Some(like) => administer::create_like(&mut maker, &database, like).await?,
        None => administer::create(&mut maker, &database).await?,
    }
    let inside = Settings {
        database: Some(database.clone()),
        ..settings.clone()
    };
    let opened = connect::open(&inside, &options).await;
    let mut connection = match opened {
        Ok(connection) => connection,
        Err(error) => {
            administer::drop_database(&mut maker, &database).await?;
            return Err(error);
        }
    };
    connection.keep_scratch(database, maker);
    Ok(connection)
}

/// Drops what killed programs have left.
async fn sweep(maker: &mut MySqlConnection) -> Result<(), DriverError> {
    let found = maker
        .ask(&format!(
            "SELECT schema_name FROM information_schema.schemata \
             WHERE left(schema_name, {}) = '{PREFIX}' AND is_free_lock(schema_name) = 1",
            PREFIX.len()
        ))
        .await?;
    for database in found.rows.iter().filter_map(|row| row.text(0)) {
        administer::drop_database(maker, database).await?;
    }
    Ok(())
}
