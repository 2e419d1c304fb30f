//! SQLite's result codes as kinds of error.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use rusqlite::Error;
use rusqlite::ffi;

use crate::dialect::NEW;

/// What to do about a full disk.
pub(crate) const NO_ROOM: &str = "make room on the disk of the database and run it again";

/// What SQLite adds when a name in double quotes is no column.
const MEANT_AS_STRING: &str = " - should this be a string literal in single-quotes?";

/// An error of a statement, with the byte at which SQLite stopped reading it.
pub(crate) fn from_sqlite(error: Error) -> DriverError {
    let (failure, message, offset) = match &error {
        Error::SqliteFailure(failure, message) => (failure, message.clone(), None),
        Error::SqlInputError {
            error, msg, offset, ..
        } => (error, Some(msg.clone()), usize::try_from(*offset).ok()),
        Error::MultipleStatement => {
            return DriverError::new(
                DriverErrorKind::Syntax,
                "several statements were sent where one belongs",
            )
            .with_source(error);
        }
        _ => return DriverError::new(DriverErrorKind::Other, error.to_string()).with_source(error),
    };
    let message = message.unwrap_or_else(|| ffi::code_to_str(failure.extended_code).to_owned());
    let code = name(failure.extended_code);
    let kind = kind(failure, &message, offset.is_some());
    let hint = hint(kind, failure, &message)
        .map(str::to_owned)
        .or_else(|| unreadable(&message));
    let message = message.strip_suffix(MEANT_AS_STRING).unwrap_or(&message);
    // To people a table that is being rebuilt has its own name.
    let message = message.replace(NEW, "");
    let mut mapped = DriverError::new(kind, message).with_code(code);
    mapped.offset = offset;
    mapped.hint = hint;
    mapped.with_source(error)
}

fn kind(failure: &ffi::Error, message: &str, in_text: bool) -> DriverErrorKind {
    use ffi::ErrorCode;
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            DriverErrorKind::Busy
        }
        ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch => DriverErrorKind::Constraint,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => {
            DriverErrorKind::Permission
        }
        ErrorCode::DiskFull => DriverErrorKind::DiskFull,
        ErrorCode::OperationInterrupted => DriverErrorKind::Cancelled,
        ErrorCode::CannotOpen => DriverErrorKind::Connect,
        ErrorCode::NotADatabase => DriverErrorKind::NoDatabase,
        ErrorCode::Unknown if message.starts_with("no such table") => DriverErrorKind::UndefinedTable,
        ErrorCode::Unknown if in_text || message.starts_with("near ") || message == "incomplete input" => {
            DriverErrorKind::Syntax
        }
        _ => DriverErrorKind::Other,
    }
}

fn hint(kind: DriverErrorKind, failure: &ffi::Error, message: &str) -> Option<&'static str> {
    match kind {
        DriverErrorKind::Busy => Some("another process writes to this file; try again when it is done"),
        DriverErrorKind::DiskFull => Some(NO_ROOM),
        DriverErrorKind::Permission => Some("check who may write to the database file and to its folder"),
        DriverErrorKind::NoDatabase => {
            Some("correct the path in the database URL; an encrypted database cannot be read either")
        }
        DriverErrorKind::Syntax if message.ends_with(MEANT_AS_STRING) => {
            Some("write a string in single quotes, or open the database with ?double_quoted_strings=on")
        }
        _ if message.contains("unknown datatype for") => Some(
            "the table is STRICT, whose types are INT, INTEGER, REAL, TEXT, BLOB and ANY: name one of them in SQLite's own \
             words, as in sqlite(TEXT)",
        ),
        _ if message.starts_with("foreign key mismatch") => Some(
            "a foreign key needs a primary key or a UNIQUE constraint on what it refers to: drop the foreign key first, or \
             keep that",
        ),
        _ => match failure.code {
            ffi::ErrorCode::SystemIoFailure => {
                Some("the file system failed: look at the disk and at the system's log, then run it again")
            }
            ffi::ErrorCode::DatabaseCorrupt => Some(
                "the file is damaged: restore a backup, or recover what is left with `sqlite3 <file> .recover`",
            ),
            _ => None,
        },
    }
}

/// What to do when an alteration fails because of a view or a trigger that can't be read (any more): SQLite reads all of
/// them, whether they have to do with the table or not, and says `error in view v after drop column: no such column: a`.
fn unreadable(message: &str) -> Option<String> {
    let object = message.strip_prefix("error in ")?;
    let (kind, rest) = object.split_once(' ')?;
    let end = [" after drop column: ", " after rename: ", ": "]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()?;
    let name = rest.get(..end)?;
    let drop = match kind {
        "view" => "DROP VIEW",
        "trigger" => "DROP TRIGGER",
        "index" => "DROP INDEX",
        _ => return None,
    };
    Some(format!(
        "write {drop} {name} before it, and make the {kind} again behind it as it is then to be"
    ))
}

/// The symbolic name of a result code, the exact one where it says more than the primary one.
fn name(code: i32) -> &'static str {
    EXACT
        .iter()
        .chain(PRIMARY)
        .find(|(number, _)| *number == code)
        .or_else(|| PRIMARY.iter().find(|(number, _)| *number == code & 0xff))
        .map_or("SQLITE_ERROR", |(_, name)| name)
}

macro_rules! names {
    ($($name:ident)*) => { &[$((ffi::$name, stringify!($name))),*] };
}

const PRIMARY: &[(i32, &str)] = names! {
    SQLITE_ERROR SQLITE_INTERNAL SQLITE_PERM SQLITE_ABORT SQLITE_BUSY SQLITE_LOCKED SQLITE_NOMEM SQLITE_READONLY
    SQLITE_INTERRUPT SQLITE_IOERR SQLITE_CORRUPT SQLITE_NOTFOUND SQLITE_FULL SQLITE_CANTOPEN SQLITE_PROTOCOL
    SQLITE_SCHEMA SQLITE_TOOBIG SQLITE_CONSTRAINT SQLITE_MISMATCH SQLITE_MISUSE SQLITE_NOLFS SQLITE_AUTH
    SQLITE_RANGE SQLITE_NOTADB
};

const EXACT: &[(i32, &str)] = names! {
    SQLITE_BUSY_RECOVERY SQLITE_BUSY_SNAPSHOT SQLITE_BUSY_TIMEOUT SQLITE_LOCKED_SHAREDCACHE
    SQLITE_CANTOPEN_ISDIR SQLITE_CANTOPEN_FULLPATH SQLITE_CANTOPEN_DIRTYWAL
    SQLITE_CONSTRAINT_CHECK SQLITE_CONSTRAINT_COMMITHOOK SQLITE_CONSTRAINT_DATATYPE
    SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_NOTNULL SQLITE_CONSTRAINT_PRIMARYKEY
    SQLITE_CONSTRAINT_ROWID SQLITE_CONSTRAINT_TRIGGER SQLITE_CONSTRAINT_UNIQUE
    SQLITE_IOERR_READ SQLITE_IOERR_WRITE SQLITE_IOERR_FSYNC SQLITE_IOERR_LOCK SQLITE_IOERR_SHMOPEN
    SQLITE_READONLY_RECOVERY SQLITE_READONLY_ROLLBACK SQLITE_READONLY_CANTINIT SQLITE_READONLY_CANTLOCK
    SQLITE_READONLY_DBMOVED SQLITE_READONLY_DIRECTORY
};

#[cfg(test)]
mod tests {
    use super::*;

    fn fail(sql: &str) -> DriverError {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection
            .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DQS_DML, false)
            .unwrap();
        connection
            .execute_batch("CREATE TABLE t (a INTEGER UNIQUE NOT NULL); INSERT INTO t VALUES (1)")
            .unwrap();
        let error = connection
            .prepare(sql)
            .and_then(|mut statement| statement.raw_execute())
            .unwrap_err();
        from_sqlite(error)
    }

    #[test]
    fn kinds_and_codes_follow_the_result_code() {
        for (sql, kind, code) in [
            ("SELEC 1", DriverErrorKind::Syntax, "SQLITE_ERROR"),
            ("CREATE TABLE x (", DriverErrorKind::Syntax, "SQLITE_ERROR"),
            ("SELECT nothing FROM t", DriverErrorKind::Syntax, "SQLITE_ERROR"),
            (
                "INSERT INTO nowhere VALUES (1)",
                DriverErrorKind::UndefinedTable,
                "SQLITE_ERROR",
            ),
            (
                "INSERT INTO t VALUES (1)",
                DriverErrorKind::Constraint,
                "SQLITE_CONSTRAINT_UNIQUE",
            ),
            (
                "INSERT INTO t VALUES (NULL)",
                DriverErrorKind::Constraint,
                "SQLITE_CONSTRAINT_NOTNULL",
            ),
        ] {
            let error = fail(sql);
            assert_eq!(
                (error.kind, error.code.as_deref()),
                (kind, Some(code)),
                "{sql}: {error}"
            );
        }
    }

    #[test]
    fn what_the_file_system_or_the_file_lacks_has_a_next_step() {
        for (code, word) in [
            (ffi::SQLITE_IOERR_READ, "disk"),
            (ffi::SQLITE_CORRUPT, "backup"),
            (ffi::SQLITE_NOTADB, "path"),
            (ffi::SQLITE_FULL, "room"),
        ] {
            let error = from_sqlite(Error::SqliteFailure(ffi::Error::new(code), None));
            assert!(error.hint.as_ref().unwrap().contains(word), "{error:?}");
        }
    }

    #[test]
    fn a_string_in_double_quotes_is_explained_once() {
        let error = fail("SELECT \"x\" FROM t");
        assert_eq!(error.message, "no such column: \"x\"");
        assert!(error.hint.unwrap().contains("single quotes"));
    }

    #[test]
    fn the_offset_is_in_bytes() {
        assert_eq!(fail("SELECT 'é', FROM t").offset, Some(13));
    }

    #[test]
    fn an_unknown_extended_code_keeps_its_family() {
        assert_eq!(name(ffi::SQLITE_IOERR_VNODE), "SQLITE_IOERR");
        assert_eq!(name(ffi::SQLITE_BUSY), "SQLITE_BUSY");
    }
}
