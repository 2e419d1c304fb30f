//! The server's and the client library's errors as kinds of error.

use std::time::Duration;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use tokio_postgres::Error;
use tokio_postgres::error::DbError;
use tokio_postgres::error::ErrorPosition;

use crate::settings::Settings;

/// An error of a statement, with the byte at which the server stopped reading it.
pub(crate) fn of_statement(error: Error, sql: &str) -> DriverError {
    let Some(server) = error.as_db_error() else {
        return lost(error);
    };
    let mut mapped = of_server(server);
    mapped.offset = match server.position() {
        Some(ErrorPosition::Original(position)) => offset(sql, *position),
        _ => None,
    };
    mapped.with_source(error)
}

/// An error of opening a session.
pub(crate) fn of_connect(error: Error, settings: &Settings) -> DriverError {
    let Some(server) = error.as_db_error() else {
        return unreachable(error, settings);
    };
    let mut mapped = of_server(server);
    mapped.hint = match mapped.kind {
        // The same code as for an unknown user, and nothing that another password would help with.
        DriverErrorKind::Authentication if mapped.message.contains("pg_hba.conf") => Some(
            "the server lets nobody in like this: add a line to its pg_hba.conf, or connect as those that are there ask \
             for, which may be encrypted, with sslmode=require, or from another host"
                .to_owned(),
        ),
        DriverErrorKind::Authentication => Some(format!(
            "correct user and password of the database URL. A server keeps the password that it was set up with: a \
             container with an old volume still has its first one, whatever POSTGRES_PASSWORD says now (user {})",
            settings.user()
        )),
        DriverErrorKind::NoDatabase => {
            Some("`limbeck db init` creates it; or correct the name in the database URL".to_owned())
        }
        DriverErrorKind::ConnectionLost | DriverErrorKind::Connect => {
            mapped.kind = DriverErrorKind::Connect;
            Some("the server is starting or stopping: `limbeck wait` waits until it answers".to_owned())
        }
        _ => mapped.hint,
    };
    mapped.with_source(error)
}

/// The server takes more time than it has.
pub(crate) fn late(settings: &Settings, limit: Duration) -> DriverError {
    let message = format!(
        "the server at {} has not answered within {} seconds",
        place(settings),
        limit.as_secs_f64()
    );
    DriverError::new(DriverErrorKind::Connect, message).with_hint(
        "see whether it runs and can be reached, or wait longer with the URL's parameter connect_timeout",
    )
}

/// Where the server should listen, for people.
fn place(settings: &Settings) -> String {
    match settings.socket() {
        Some(folder) => format!("{}/.s.PGSQL.{}", folder.display(), settings.port()),
        None => format!("{}:{}", settings.host(), settings.port()),
    }
}

/// Nobody has answered, or not in PostgreSQL's language.
fn unreachable(error: Error, settings: &Settings) -> DriverError {
    let place = place(settings);
    let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
    let text = error.to_string();
    if text.starts_with("error performing TLS handshake") {
        return DriverError::new(
            DriverErrorKind::Tls,
            format!("no encrypted connection to {place}: {cause}"),
        )
        .with_hint(tls_hint(&cause))
        .with_source(error);
    }
    // The library has no other word for what a password is missing for.
    if text.starts_with("invalid configuration: password") || cause == "password missing" {
        return DriverError::new(DriverErrorKind::Authentication, "the server asks for a password")
            .with_hint("put it into the database URL, or into a variable of the environment")
            .with_source(error);
    }
    DriverError::new(DriverErrorKind::Connect, format!("no connection to {place}: {cause}"))
        .with_hint("check that the server runs and that host and port are right; `limbeck wait` waits for a server that is starting")
        .with_source(error)
}

fn tls_hint(cause: &str) -> &'static str {
    if cause.contains("does not support TLS") {
        "the server offers no encryption: set it up there, or allow plain text with sslmode=prefer or sslmode=disable"
    } else if cause.contains("not valid for name") {
        "its certificate is for another host: connect by that name, or check only who has issued it with sslmode=verify-ca"
    } else if cause.contains("UnknownIssuer") {
        "name the certificate of the authority that has issued it with sslrootcert=… in the database URL"
    } else {
        "sslmode=disable goes without encryption"
    }
}

/// The connection is gone.
pub(crate) fn lost(error: Error) -> DriverError {
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    let message = match cause {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    DriverError::new(DriverErrorKind::ConnectionLost, message).with_source(error)
}

fn of_server(error: &DbError) -> DriverError {
    let code = error.code().code();
    let kind = kind(code);
    let mut mapped = DriverError::new(kind, error.message()).with_code(code);
    mapped.detail = error.detail().map(str::to_owned);
    mapped.hint = hint(kind, code, error.message())
        .map(str::to_owned)
        .or_else(|| error.hint().map(str::to_owned));
    mapped
}

/// What a SQLSTATE means: PostgreSQL documentation, appendix A.
fn kind(code: &str) -> DriverErrorKind {
    match code {
        "42P01" => DriverErrorKind::UndefinedTable,
        "42601" => DriverErrorKind::Syntax,
        "42501" | "25006" => DriverErrorKind::Permission,
        "28P01" | "28000" => DriverErrorKind::Authentication,
        "3D000" => DriverErrorKind::NoDatabase,
        "57P03" | "53300" => DriverErrorKind::Connect,
        "57P01" | "57P02" | "57P05" | "25P03" => DriverErrorKind::ConnectionLost,
        "57014" => DriverErrorKind::Cancelled,
        "53100" => DriverErrorKind::DiskFull,
        "55P03" | "40P01" | "40001" => DriverErrorKind::LockTimeout,
        _ if code.starts_with("08") => DriverErrorKind::ConnectionLost,
        _ if code.starts_with("23") => DriverErrorKind::Constraint,
        _ => DriverErrorKind::Other,
    }
}

fn hint(kind: DriverErrorKind, code: &str, message: &str) -> Option<&'static str> {
    Some(match (kind, code) {
        (_, "25001") => {
            "put `-- limbeck:no_transaction` before the statement: it then runs by itself, outside of a transaction"
        }
        (_, "25006") => "the server only reads: it is a replica, or was set to; connect to the primary",
        (_, "42501") => hint_of_right(message),
        (_, "53300") => "the server has no connection free: close some, or raise max_connections",
        (DriverErrorKind::DiskFull, _) => "make room on the disk of the server and run it again",
        (DriverErrorKind::LockTimeout, "55P03") => {
            "another session holds a lock on the table; the limit is `lock` in [timeouts] of limbeck.toml"
        }
        _ => return None,
    })
}

/// Which right is missing only the message says; in another language than English it is most often that on the schema.
fn hint_of_right(message: &str) -> &'static str {
    if message.starts_with("must be ") {
        "connect as its owner, or let the owner's role be granted to yours: GRANT owner TO …"
    } else if ["for table", "for view", "for sequence"]
        .iter()
        .any(|of| message.contains(of))
    {
        "let its owner grant the right: GRANT SELECT, INSERT, UPDATE, DELETE ON … TO …, or connect as a role that has it"
    } else {
        "let the owner of the schema grant the right: GRANT USAGE, CREATE ON SCHEMA … TO …, or connect as a role that has it"
    }
}

/// The byte of a character that the server counts from 1.
fn offset(sql: &str, position: u32) -> Option<usize> {
    let characters = usize::try_from(position).ok()?.checked_sub(1)?;
    sql.char_indices()
        .map(|(byte, _)| byte)
        .chain([sql.len()])
        .nth(characters)
}

#[cfg(test)]
mod tests {
    use super::hint_of_right;
    use super::offset;

    #[test]
    fn the_hint_names_the_right_that_is_missing() {
        for (message, right) in [
            ("permission denied for schema public", "ON SCHEMA"),
            (
                "permission denied for table limbeck_version",
                "GRANT SELECT, INSERT",
            ),
            ("must be owner of table account", "GRANT owner"),
            ("keine Berechtigung", "ON SCHEMA"),
        ] {
            assert!(hint_of_right(message).contains(right), "{message}");
        }
    }

    #[test]
    fn the_server_counts_characters() {
        assert_eq!(offset("SELECT 'é', x", 13), Some(13));
        assert_eq!(offset("SELECT", 7), Some(6));
        assert_eq!(offset("SELECT", 0), None);
        assert_eq!(offset("SELECT", 9), None);
    }
}
