//! Databases that live as long as a session.
//!
//! A schema would do for the objects of portable SQL, but not for native SQL that names another one: that would reach the
//! user's own.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LockName;

use crate::administer;
use crate::connect;
use crate::connection::PostgresConnection;
use crate::dialect::POSTGRES;
use crate::lock;
use crate::settings::Settings;
use crate::setup;

/// What the names begin with.
const PREFIX: &str = "limbeck_scratch_";

/// A database that goes with a session.
pub(crate) struct Scratch {
    database: String,
    /// The session that has made it and holds its lock.
    maker: Box<PostgresConnection>,
}

/// Opens a session in a new database, which is dropped when the session is closed. While the session lives another one
/// holds a lock of the database's name; a database whose lock is free was left behind by a program that was killed, and
/// goes when the next one is made.
pub(crate) async fn open(
    url: &DatabaseUrl,
    options: &ConnectOptions,
) -> Result<PostgresConnection, DriverError> {
    let settings = Settings::read(url)?;
    let mut maker = maker(url, &settings).await?;
    sweep(&mut maker).await?;
    let database = format!("{PREFIX}{:032x}", fastrand::u128(..));
    // The lock comes first and goes last, so that no sweep sees the database without it.
    maker.query(&lock::take(&lock_of(&database)), &[]).await?;
    create(&mut maker, &database).await?;
    let mut scratch = Scratch {
        database,
        maker: Box::new(maker),
    };
    match inside(url, &settings, options, &scratch.database).await {
        Ok(mut connection) => {
            connection.keep_scratch(scratch);
            Ok(connection)
        }
        Err(error) => {
            scratch.drop_database().await?;
            Err(error)
        }
    }
}

impl Scratch {
    /// Drops the database, in which nobody is any more, and ends the session that has made it.
    pub(crate) async fn close(mut self) -> Result<(), DriverError> {
        self.drop_database().await?;
        self.maker.close().await
    }

    async fn drop_database(&mut self) -> Result<(), DriverError> {
        let sql = administer::drop_statement(self.maker.server().version, &self.database);
        self.maker.query(&sql, &[]).await.map(drop)
    }
}

/// A session that makes databases: in that of the URL, or in another one where that is not there yet.
async fn maker(url: &DatabaseUrl, settings: &Settings) -> Result<PostgresConnection, DriverError> {
    let plain = url.with_parameter("search_path", "pg_catalog");
    match connect::connect(&plain, &ConnectOptions::read_write()).await {
        Err(error) if error.kind == DriverErrorKind::NoDatabase => {
            administer::elsewhere(&plain, settings.database()).await
        }
        opened => opened,
    }
}

/// A database in which texts are compared as in the one at hand.
async fn create(maker: &mut PostgresConnection, database: &str) -> Result<(), DriverError> {
    const LIKE: &str = "SELECT pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype \
                        FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()";
    let like = maker.query(LIKE, &[]).await?;
    let like = like.rows.first().cloned().unwrap_or_default();
    let text = |column| POSTGRES.string_literal(like.text(column).unwrap_or_default());
    let sql = format!(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}",
        POSTGRES.quote_identifier(database),
        text(0),
        text(1),
        text(2)
    );
    let made = maker.query(&sql, &[]).await;
    made.map(drop).map_err(|error| match error.kind {
        DriverErrorKind::Permission => error.with_hint("let the role make databases: ALTER ROLE … CREATEDB"),
        _ => error,
    })
}

/// A session in it, with the schemas that the URL names.
async fn inside(
    url: &DatabaseUrl,
    settings: &Settings,
    options: &ConnectOptions,
    database: &str,
) -> Result<PostgresConnection, DriverError> {
    let mut address = url
        .server()
        .map_err(|error| DriverError::new(DriverErrorKind::Url, error.to_string()).with_source(error))?;
    address.database = Some(database.to_owned());
    let url = url.with_server(&address);
    let mut options = options.clone();
    options.access = Access::ReadWrite;
    let Some(path) = &settings.search_path else {
        return connect::connect(&url, &options).await;
    };
    let plain = url.with_parameter("search_path", "public");
    let mut first = connect::connect(&plain, &options).await?;
    // The schema of the role itself is found where there is one.
    for schema in setup::names(path).iter().filter(|name| *name != "\"$user\"") {
        let sql = format!("CREATE SCHEMA IF NOT EXISTS {schema}");
        first.query(&sql, &[]).await?;
    }
    Box::new(first).close().await?;
    connect::connect(&url, &options).await
}

/// Drops what killed programs have left.
async fn sweep(maker: &mut PostgresConnection) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.left(datname, {}) = '{PREFIX}' ORDER BY datname",
        PREFIX.len()
    );
    let found = maker.query(&sql, &[]).await?;
    let version: Version = maker.server().version;
    for database in found.rows.iter().filter_map(|row| row.text(0)) {
        let held = maker.query(&lock::anywhere(&lock_of(database)), &[]).await?;
        if held.rows.is_empty() {
            maker
                .query(&administer::drop_statement(version, database), &[])
                .await?;
        }
    }
    Ok(())
}

fn lock_of(database: &str) -> LockName {
    LockName::new(database, "limbeck_scratch")
}
