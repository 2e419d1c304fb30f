//! Opening a session.

use std::time::Duration;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Rows;
use limbeck_core::driver::SslMode;
use mysql_async::Conn;
use mysql_async::DriverError as Refusal;
use mysql_async::Error;
use mysql_async::IoError;
use mysql_async::Opts;
use mysql_async::OptsBuilder;

use crate::connection::MySqlConnection;
use crate::dialect::MARIADB;
use crate::dialect::MYSQL;
use crate::dialect::MySqlDialect;
use crate::error;
use crate::query;
use crate::server;
use crate::server::WHO;
use crate::server::Who;
use crate::session;
use crate::settings::Place;
use crate::settings::Settings;
use crate::tls;

/// Opens a session in the URL's database.
pub(crate) async fn open(
    settings: &Settings,
    options: &ConnectOptions,
) -> Result<MySqlConnection, DriverError> {
    settings.database()?;
    open_anywhere(settings, options).await
}

/// Opens a session in the URL's database, or in none when it names none.
pub(crate) async fn open_anywhere(
    settings: &Settings,
    options: &ConnectOptions,
) -> Result<MySqlConnection, DriverError> {
    let limit = options.timeout.unwrap_or(settings.connect_timeout);
    in_time(limit, settings, async {
        let mut conn = dial(settings).await?;
        let setup = |dialect| session::setup(dialect, settings.database.as_deref(), options);
        let guess = greeted_by(&conn);
        let (who, facts) = match at_once(&mut conn, guess, &setup(guess)).await {
            Some(answers) => answers,
            None => one_by_one(&mut conn, setup).await?,
        };
        let (greeted, setup) = (conn.id(), setup(who.dialect));
        Ok(MySqlConnection::new(
            conn,
            who.server(&facts, greeted),
            settings.clone(),
            setup,
        ))
    })
    .await
}

/// The engine, as the greeting has it. A proxy may greet with a version of its own.
fn greeted_by(conn: &Conn) -> &'static MySqlDialect {
    match conn.server_version() {
        (10.., ..) => &MARIADB,
        _ => &MYSQL,
    }
}

/// Everything in one packet, where the server is what it seemed to be.
async fn at_once(conn: &mut Conn, guess: &'static MySqlDialect, setup: &str) -> Option<(Who, Rows)> {
    let packet = format!("{WHO};\n{};\n{setup}", server::question(guess));
    let [who, facts] = query::leading(conn, &packet).await.ok()?;
    let who = Who::read(&who).ok().filter(|who| who.dialect == guess)?;
    Some((who, facts))
}

/// What goes wrong here is told.
async fn one_by_one(
    conn: &mut Conn,
    setup: impl Fn(&'static MySqlDialect) -> String,
) -> Result<(Who, Rows), DriverError> {
    let who = Who::read(&query::text(conn, WHO).await?)?;
    let facts = query::text(conn, &server::question(who.dialect)).await?;
    query::text(conn, &setup(who.dialect)).await?;
    Ok((who, facts))
}

/// Interrupts the statement of another session, over a connection of its own.
pub(crate) async fn kill_query(settings: &Settings, id: u32) -> Result<(), DriverError> {
    say(settings, &format!("KILL QUERY {id}")).await
}

/// Ends another session, over a connection of its own.
pub(crate) async fn kill(settings: &Settings, id: u32) -> Result<(), DriverError> {
    say(settings, &format!("KILL {id}")).await
}

async fn say(settings: &Settings, sql: &str) -> Result<(), DriverError> {
    const NO_SUCH_SESSION: &str = "1094";
    in_time(settings.connect_timeout, settings, async {
        let mut conn = dial(settings).await?;
        match query::text(&mut conn, sql).await {
            Err(error) if error.code.as_deref() != Some(NO_SUCH_SESSION) => return Err(error),
            _ => {}
        }
        conn.disconnect()
            .await
            .map_err(|error| error::from_mysql(error, ""))
    })
    .await
}

async fn in_time<T>(
    limit: Duration,
    settings: &Settings,
    work: impl Future<Output = Result<T, DriverError>>,
) -> Result<T, DriverError> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        Err(DriverError::new(
            DriverErrorKind::Connect,
            format!(
                "the server at {} has not answered within {} seconds",
                settings.server(),
                limit.as_secs_f64()
            ),
        )
        .with_hint(
            "see whether it runs and can be reached, or wait longer with the URL's parameter connect_timeout",
        ))
    })
}

async fn dial(settings: &Settings) -> Result<Conn, DriverError> {
    let encrypted = tls::options(settings)?;
    let may_be_plain = settings.tls.mode == SslMode::Prefer && encrypted.is_some();
    let plain = options(settings);
    let answer = match encrypted {
        Some(encrypted) => Conn::new(plain.clone().ssl_opts(encrypted)).await,
        None => Conn::new(plain.clone()).await,
    };
    let answer = match answer {
        Err(error) if may_be_plain && is_about_encryption(&error) => Conn::new(plain).await,
        other => other,
    };
    answer.map_err(|error| error::from_connect(error, settings))
}

fn is_about_encryption(error: &Error) -> bool {
    match error {
        Error::Driver(Refusal::NoClientSslFlagFromServer) | Error::Io(IoError::Tls(_)) => true,
        Error::Io(IoError::Io(error)) => error::is_tls(error),
        _ => false,
    }
}

/// Everything but the encryption. The client must never move the session to another connection by itself.
fn options(settings: &Settings) -> OptsBuilder {
    let builder = OptsBuilder::from_opts(Opts::default())
        .prefer_socket(false)
        .user(settings.user.clone())
        .pass(
            settings
                .password
                .as_ref()
                .map(|password| password.reveal().to_owned()),
        )
        .db_name(settings.database.clone())
        .stmt_cache_size(0);
    match &settings.place {
        Place::Tcp { host, port } => builder.ip_or_hostname(host.clone()).tcp_port(*port),
        Place::Socket(path) => builder.socket(Some(path.clone())),
    }
}
