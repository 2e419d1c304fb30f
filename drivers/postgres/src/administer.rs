//! Making and dropping databases.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

use crate::connect;
use crate::connection::PostgresConnection;
use crate::dialect::POSTGRES;
use crate::settings::Settings;

/// Databases that every server has, one of which can be connected to in order to make another.
const OTHERS: [&str; 2] = ["postgres", "template1"];

/// From this version on a database is dropped together with the sessions in it.
const FORCE: Version = Version::new(13, 0, 0);

pub(crate) async fn administer(url: &DatabaseUrl, task: Administer) -> Result<(), DriverError> {
    let settings = Settings::read(url)?;
    let name = settings.database();
    let mut other = elsewhere(url, name).await?;
    let quoted = POSTGRES.quote_identifier(name);
    let sql = match task {
        Administer::Create => format!("CREATE DATABASE {quoted}"),
        Administer::Drop => drop_statement(other.server().version, name),
        _ => return Err(DriverError::unsupported("this task")),
    };
    let answer = match other.query(&sql, &[]).await {
        Err(error) if error.code.as_deref() == Some("42P04") => Ok(()),
        Err(mut error) if task == Administer::Create && error.kind == DriverErrorKind::Permission => {
            error.hint = Some("let somebody make it who may, or the role: ALTER ROLE … CREATEDB".to_owned());
            Err(error)
        }
        answer => answer.map(drop),
    };
    Box::new(other).close().await?;
    answer
}

/// What drops a database, if there is one.
pub(crate) fn drop_statement(server: Version, name: &str) -> String {
    let force = if server >= FORCE { " WITH (FORCE)" } else { "" };
    format!(
        "DROP DATABASE IF EXISTS {}{force}",
        POSTGRES.quote_identifier(name)
    )
}

/// A session in another database of the server.
pub(crate) async fn elsewhere(url: &DatabaseUrl, name: &str) -> Result<PostgresConnection, DriverError> {
    let mut last = None;
    for other in OTHERS.into_iter().filter(|other| *other != name) {
        let mut address = url
            .server()
            .map_err(|error| DriverError::new(DriverErrorKind::Url, error.to_string()).with_source(error))?;
        address.database = Some(other.to_owned());
        match connect::connect(&url.with_server(&address), &ConnectOptions::read_write()).await {
            Ok(connection) => return Ok(connection),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| DriverError::unsupported("this database")))
}
