//! Opening a session, and finding out what is at its other end.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Row;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::SslMode;
use limbeck_core::driver::Trust;
use tokio_postgres::Client;
use tokio_postgres::Config;
use tokio_postgres::config::SslMode as Negotiation;
use tokio_postgres::error::SqlState;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::cancel::Canceller;
use crate::connection::PostgresConnection;
use crate::dialect::POSTGRES;
use crate::driving::Driving;
use crate::error;
use crate::settings::Settings;
use crate::setup::Setup;
use crate::tls;

/// What a session asks before everything else. The view `pg_stat_activity` would give the same start, by way of the names of
/// all databases and roles.
const WHO: &str = "SELECT pg_backend_pid(), \
     (SELECT (extract(epoch FROM backend_start) * 1000000)::bigint FROM pg_stat_get_activity(pg_backend_pid())), \
     current_schema(), current_setting('limbeck.session', true), pg_is_in_recovery(), current_setting('server_version')";

/// Opens a session.
pub(crate) async fn connect(
    url: &DatabaseUrl,
    options: &ConnectOptions,
) -> Result<PostgresConnection, DriverError> {
    let settings = Settings::read(url)?;
    let limit = options.timeout.unwrap_or(settings.connect_timeout);
    // The client library's own limit ends when the server's machine has taken the connection.
    let opened = tokio::time::timeout(limit, session(&settings, options)).await;
    opened.unwrap_or_else(|_| Err(error::late(&settings, limit)))
}

async fn session(settings: &Settings, options: &ConnectOptions) -> Result<PostgresConnection, DriverError> {
    let tls = tls::connector(&settings.tls)?;
    let token = format!("{:032x}", fastrand::u128(..));
    let opened = open(settings, &tls, options, &token).await?;
    let setup = Setup::new(settings, options, opened.trust);
    // A session that fails from here on must not keep its task.
    let mut connection = PostgresConnection::new(opened.client, opened.driving, setup, token);
    connection.canceller = Some(Canceller::new(&connection, tls)?);
    let who = connection.prepare(WHO).await?;
    let who = who.rows.first().cloned().unwrap_or_default();
    connection.server = server(settings, options, &connection, &who, opened.trust)?;
    if connection.server.trust == Trust::Shared {
        connection.share();
    }
    Ok(connection)
}

/// A connection that stands.
struct Opened {
    client: Client,
    driving: Driving,
    trust: Trust,
}

/// A pooler that hands out its sessions by the transaction does not take the options of a start, or forgets them.
async fn open(
    settings: &Settings,
    tls: &MakeRustlsConnect,
    options: &ConnectOptions,
    token: &str,
) -> Result<Opened, DriverError> {
    let mark = format!("-c limbeck.session={token}");
    let given = settings.options.as_deref();
    let all = given.map_or_else(|| mark.clone(), |given| format!("{given} {mark}"));
    let mut config = config(settings, options);
    config.options(all);
    match start(&config, tls).await {
        Ok((client, driving)) => Ok(Opened {
            client,
            driving,
            trust: Trust::Session,
        }),
        Err(refused) if is_about_options(&refused) && given.is_none() => {
            let mut config = self::config(settings, options);
            // A pooler keeps this for its client, whichever session it gives it.
            config.application_name(shared_name(token));
            let (client, driving) = start(&config, tls)
                .await
                .map_err(|error| error::of_connect(error, settings))?;
            Ok(Opened {
                client,
                driving,
                trust: Trust::Shared,
            })
        }
        Err(refused) if is_about_options(&refused) => {
            Err(error::of_connect(refused, settings).with_hint(
                "a pooler stands before the server and takes no `options`: leave them out of the database URL, or connect to \
                 the server itself",
            ))
        }
        Err(refused) => Err(error::of_connect(refused, settings)),
    }
}

/// The name by which other sessions find one that has no backend of its own.
pub(crate) fn shared_name(token: &str) -> String {
    format!("limbeck {token}")
}

fn is_about_options(error: &tokio_postgres::Error) -> bool {
    error.as_db_error().is_some_and(|error| {
        *error.code() == SqlState::PROTOCOL_VIOLATION && error.message().contains("startup parameter")
    })
}

fn config(settings: &Settings, options: &ConnectOptions) -> Config {
    let mut config = Config::new();
    match settings.socket() {
        Some(folder) => config.host_path(folder),
        None => config.host(settings.host()),
    };
    config
        .port(settings.port())
        .user(settings.user())
        .dbname(settings.database())
        .application_name(&settings.application_name)
        .connect_timeout(options.timeout.unwrap_or(settings.connect_timeout))
        .ssl_mode(negotiation(settings.tls.mode));
    if let Some(password) = &settings.address.password {
        config.password(password.reveal());
    }
    config
}

/// What is asked of the server before the handshake.
const fn negotiation(mode: SslMode) -> Negotiation {
    match mode {
        SslMode::Disable => Negotiation::Disable,
        SslMode::Prefer => Negotiation::Prefer,
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => Negotiation::Require,
    }
}

async fn start(config: &Config, tls: &MakeRustlsConnect) -> Result<(Client, Driving), tokio_postgres::Error> {
    let (client, connection) = config.connect(tls.clone()).await?;
    Ok((client, Driving::start(connection)))
}

/// Reads the answer of [`WHO`].
fn server(
    settings: &Settings,
    options: &ConnectOptions,
    connection: &PostgresConnection,
    who: &Row,
    trust: Trust,
) -> Result<ServerInfo, DriverError> {
    let version = version(who.text(5).unwrap_or_default())?;
    if options.access == Access::ReadWrite && who.get(4) == &Value::from("t") {
        return Err(DriverError::new(
            DriverErrorKind::Permission,
            "the server is a replica, which only reads",
        )
        .with_hint("connect to the primary"));
    }
    let is_ours = trust == Trust::Session && who.text(3) == Some(connection.token());
    let session = if is_ours {
        let part = |column| who.text(column).unwrap_or_default();
        SessionId::new(format!("{}@{}", part(0), part(1)))
    } else {
        SessionId::new(shared_name(connection.token()))
    };
    let mut server = ServerInfo::new(&POSTGRES, version, session);
    if !is_ours {
        server.trust = Trust::Shared;
    }
    server.schema = who
        .text(2)
        .ok_or_else(|| {
            let path = settings.search_path.as_deref().unwrap_or("of the role");
            DriverError::new(
                DriverErrorKind::Other,
                format!("the search_path {path} names no schema that exists, so there is none to work in"),
            )
            .with_hint("create the schema, or correct search_path in the database URL")
        })?
        .to_owned();
    Ok(server)
}

/// What the server says of its version, if it is one that is supported.
fn version(text: &str) -> Result<Version, DriverError> {
    let version: Version = text.parse().map_err(|_| {
        DriverError::new(
            DriverErrorKind::Unsupported,
            format!("the server says \"{text}\" when asked for its version"),
        )
    })?;
    let floor = POSTGRES.floor();
    if version >= floor {
        return Ok(version);
    }
    let floor = floor.major;
    let message =
        format!("the server is PostgreSQL {text}, and Limbeck works with PostgreSQL {floor} and newer");
    let hint = format!("move the database to PostgreSQL {floor} or newer");
    Err(DriverError::new(DriverErrorKind::Unsupported, message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_server_is_refused_in_a_sentence() {
        let error = version("11.22 (Debian 11.22-1)").unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Unsupported);
        assert_eq!(
            error.message,
            "the server is PostgreSQL 11.22 (Debian 11.22-1), and Limbeck works with PostgreSQL 12 and newer"
        );
        assert_eq!(
            error.hint.as_deref(),
            Some("move the database to PostgreSQL 12 or newer")
        );
        assert_eq!(version("9.6.24").unwrap_err().kind, DriverErrorKind::Unsupported);
        assert_eq!(version("what").unwrap_err().kind, DriverErrorKind::Unsupported);
        assert_eq!(version("12.22").unwrap().major, 12);
        assert!(version("19devel").is_ok());
    }
}
