//! Errors of the server and of the client library, sorted.

use std::io;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::SslMode;
use mysql_async::DriverError as Refusal;
use mysql_async::Error;
use mysql_async::IoError;
use mysql_async::ServerError;

use crate::settings::Settings;

/// An error of an open session, over this statement.
pub(crate) fn from_mysql(error: Error, sql: &str) -> DriverError {
    match error {
        Error::Server(server) => {
            let offset = offset(&server, sql);
            let mut mapped = from_server(server);
            mapped.offset = offset;
            mapped
        }
        Error::Io(_)
        | Error::Driver(
            Refusal::ConnectionClosed | Refusal::PacketOutOfOrder | Refusal::UnexpectedPacket { .. },
        ) => lost(error),
        Error::Driver(Refusal::PacketTooLarge) => DriverError::new(
            DriverErrorKind::Other,
            "the statement is longer than the server takes in one packet",
        )
        .with_hint("raise the server's max_allowed_packet, or write several shorter statements")
        .with_source(error),
        other => DriverError::new(DriverErrorKind::Other, other.to_string()).with_source(other),
    }
}

/// An error on the way to a session.
pub(crate) fn from_connect(error: Error, settings: &Settings) -> DriverError {
    let server = settings.server();
    match error {
        Error::Server(refusal) => refused(refusal, settings),
        Error::Io(IoError::Tls(tls)) => not_encrypted(&server, &tls.to_string()).with_source(tls),
        Error::Io(IoError::Io(error)) if is_tls(&error) => {
            not_encrypted(&server, &error.to_string()).with_source(error)
        }
        Error::Io(IoError::Io(error)) => DriverError::new(
            DriverErrorKind::Connect,
            format!("the server at {server} cannot be reached: {error}"),
        )
        .with_hint(
            "see whether it runs, and whether host and port in the database URL are right; `limbeck wait` waits for a \
             server that is starting",
        )
        .with_source(error),
        Error::Driver(Refusal::NoClientSslFlagFromServer) => DriverError::new(
            DriverErrorKind::Tls,
            format!("the server at {server} does not offer encrypted connections"),
        )
        .with_hint("set them up on the server, or write sslmode=prefer in the database URL"),
        Error::Driver(Refusal::ConnectionClosed) => DriverError::new(
            DriverErrorKind::Connect,
            format!("the server at {server} has closed the connection before it was open"),
        )
        .with_hint("the server is starting or stopping: `limbeck wait` waits until it answers"),
        Error::Driver(Refusal::UnknownAuthPlugin { .. } | Refusal::CleartextPluginDisabled) => {
            DriverError::new(DriverErrorKind::Authentication, error.to_string())
                .with_hint(
                    "give the user a password by caching_sha2_password, mysql_native_password or ed25519",
                )
                .with_source(error)
        }
        other => DriverError::new(DriverErrorKind::Connect, other.to_string()).with_source(other),
    }
}

/// What the server says to somebody who wants to come in.
fn refused(error: ServerError, settings: &Settings) -> DriverError {
    let code = error.code;
    let mut mapped = from_server(error);
    match (code, mapped.kind) {
        (1053 | 1077, _) => {
            mapped.kind = DriverErrorKind::Connect;
            mapped.hint =
                Some("the server is starting or stopping: `limbeck wait` waits until it answers".to_owned());
        }
        (_, DriverErrorKind::NoDatabase) => {
            mapped.hint =
                Some("`limbeck db init` creates it; or correct the name in the database URL".to_owned());
        }
        (1045, _) if settings.tls.mode == SslMode::Disable => {
            let hint = mapped.hint.unwrap_or_default();
            mapped.hint = Some(format!(
                "{hint}. MariaDB says the same where it takes encrypted connections only: try sslmode=require"
            ));
        }
        _ => {}
    }
    mapped
}

fn not_encrypted(server: &str, cause: &str) -> DriverError {
    let hint = if cause.contains("not valid for name") || cause.contains("NotValidForName") {
        "its certificate is for another host: connect by that name, or check only who has issued it with sslmode=verify-ca"
    } else if cause.contains("UnknownIssuer") {
        "name the certificate of the authority that has issued it with sslrootcert=… in the database URL"
    } else {
        "sslmode=disable goes without encryption"
    };
    let message = format!("the connection to {server} cannot be encrypted: {cause}");
    DriverError::new(DriverErrorKind::Tls, message).with_hint(hint)
}

/// Whether rustls speaks out of an input or output error.
pub(crate) fn is_tls(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
}

/// The session was closed before.
pub(crate) fn closed() -> DriverError {
    DriverError::new(DriverErrorKind::ConnectionLost, "the session is closed").with_hint("connect again")
}

/// The connection broke. What the client library says of it helps nobody.
fn lost(error: Error) -> DriverError {
    DriverError::new(
        DriverErrorKind::ConnectionLost,
        "the connection to the server is lost",
    )
    .with_code("2013")
    .with_source(error)
}

fn from_server(error: ServerError) -> DriverError {
    let kind = kind(error.code, &error.message);
    let mut mapped = DriverError::new(kind, error.message.clone()).with_code(error.code.to_string());
    mapped.hint = hint(error.code, kind).map(str::to_owned);
    mapped.with_source(error)
}

fn kind(code: u16, message: &str) -> DriverErrorKind {
    match code {
        1045 | 1130 | 1251 | 1524 | 1698 | 1862 | 3118 | 3955 | 4151 => DriverErrorKind::Authentication,
        1049 => DriverErrorKind::NoDatabase,
        1040 | 1129 | 1203 | 1226 => DriverErrorKind::Connect,
        1053 | 1077 | 1080 | 1152 | 1158..=1161 | 1184 | 1927 | 2006 | 2013 | 3169 | 4031 => {
            DriverErrorKind::ConnectionLost
        }
        1044 | 1142 | 1143 | 1227 | 1290 | 1370 | 1410 | 1419 | 1792 | 1836 | 1873 => {
            DriverErrorKind::Permission
        }
        1051 | 1146 | 4092 => DriverErrorKind::UndefinedTable,
        1022 | 1048 | 1062 | 1138 | 1169 | 1216 | 1217 | 1364 | 1451 | 1452 | 1557 | 1586 | 1761 | 1762
        | 1834 | 1859 | 3819 | 4025 => DriverErrorKind::Constraint,
        1054 | 1064 | 1149 | 1193 | 1305 | 4161 => DriverErrorKind::Syntax,
        1205 | 1213 | 3058 | 3572 => DriverErrorKind::LockTimeout,
        // The table was made or changed by another session behind this statement's snapshot.
        1412 => DriverErrorKind::Busy,
        1317 | 1969 | 3024 => DriverErrorKind::Cancelled,
        3 | 28 | 1021 | 1114 => DriverErrorKind::DiskFull,
        3159 => DriverErrorKind::Tls,
        _ if message.contains("insecure transport") => DriverErrorKind::Tls,
        _ if message.contains("No space left") || message.contains("error 28 ") => DriverErrorKind::DiskFull,
        _ => DriverErrorKind::Other,
    }
}

fn hint(code: u16, kind: DriverErrorKind) -> Option<&'static str> {
    match (code, kind) {
        (1290 | 1836, _) => Some(
            "the server only reads, as a replica does: connect to the one that writes, or end its read_only mode",
        ),
        (1792, _) => Some("this session was opened to read"),
        (1044, _) => Some(
            "the user may not use this database, or there is none: let an administrator create it and GRANT the user what \
             migrations need",
        ),
        (1142 | 1143 | 1227 | 1370, _) => {
            Some("let an administrator GRANT the user this right, or connect as one who has it")
        }
        (1419, _) => Some(
            "the server writes a binary log: have an administrator set log_bin_trust_function_creators = 1, or run this \
             as a user who may",
        ),
        (1130, _) => Some("no user may connect from this host: create one for it"),
        (1040 | 1203 | 1226, _) => Some("try again when others have gone, or raise the limit of connections"),
        (1213, _) => Some("it waited for another session that waited for it; the same may work later"),
        (_, DriverErrorKind::LockTimeout) => {
            Some("another session holds what it needs: end that one's transaction, and try again")
        }
        (_, DriverErrorKind::Authentication) => Some(
            "correct user and password of the database URL. A server keeps the password that it was set up with: a \
             container with an old volume still has its first one, whatever MYSQL_ROOT_PASSWORD or MARIADB_ROOT_PASSWORD \
             says now",
        ),
        (_, DriverErrorKind::NoDatabase) => Some("create it, or correct its name in the database URL"),
        (_, DriverErrorKind::Tls) => {
            Some("the server takes encrypted connections only: write sslmode=require in the database URL")
        }
        (_, DriverErrorKind::DiskFull) => Some("make room on the server's disk and run it again"),
        _ => None,
    }
}

/// Where a statement stops making sense: the server shows up to 80 characters from there, and says on which line.
fn offset(error: &ServerError, sql: &str) -> Option<usize> {
    if error.code != 1064 {
        return None;
    }
    let (_, rest) = error.message.split_once(" near '")?;
    let (near, line) = rest.rsplit_once("' at line ")?;
    let line: usize = line.trim().parse().ok()?;
    if near.is_empty() {
        return Some(sql.trim_end().len());
    }
    let breaks = sql.match_indices('\n').map(|(at, _)| at + 1);
    let start = std::iter::once(0).chain(breaks).nth(line.checked_sub(1)?)?;
    if sql.ends_with(near) {
        return Some(sql.len() - near.len()).filter(|at| *at >= start);
    }
    let tail = sql.get(start..)?;
    let mut places = tail.match_indices(near).map(|(at, _)| start + at);
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn syntax(near: &str, line: usize) -> ServerError {
        ServerError {
            code: 1064,
            state: "42000".to_owned(),
            message: format!(
                "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for \
                 the right syntax to use near '{near}' at line {line}"
            ),
        }
    }

    #[test]
    fn the_place_of_a_syntax_error_is_found() {
        let sql = "SELECT a\nFROM t WHERE\n  wher b = 'it''s'";
        assert_eq!(offset(&syntax("b = 'it''s'", 3), sql), sql.find("b ="));
        assert_eq!(offset(&syntax("", 3), sql), Some(sql.len()));
        assert_eq!(offset(&syntax("FROM t", 2), sql), Some(9));
        assert_eq!(offset(&syntax("not there", 2), sql), None);
        assert_eq!(offset(&syntax("a", 1), "SELECT a, a b c"), None);
    }

    #[test]
    fn what_nobody_may_write_has_a_next_step() {
        for (code, kind) in [
            (1836, DriverErrorKind::Permission),
            (1290, DriverErrorKind::Permission),
            (1049, DriverErrorKind::NoDatabase),
            (1114, DriverErrorKind::DiskFull),
            (1045, DriverErrorKind::Authentication),
        ] {
            let error = from_server(ServerError {
                code,
                state: String::new(),
                message: "no".to_owned(),
            });
            assert_eq!(error.kind, kind, "{code}");
            assert!(error.hint.is_some(), "{code}");
        }
    }
}
