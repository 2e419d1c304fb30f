//! Errors, sorted by what can be done about them.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use rusqlite::Error;
use rusqlite::ErrorCode;

pub(crate) fn from_sqlite(error: Error) -> DriverError {
    let (failure, message, offset) = match &error {
        Error::SqliteFailure(failure, message) => (failure, message.clone(), None),
        Error::SqlInputError {
            error, msg, offset, ..
        } => (error, Some(msg.clone()), usize::try_from(*offset).ok()),
        _ => return DriverError::new(DriverErrorKind::Other, error.to_string()).with_source(error),
    };
    let message = message.unwrap_or_else(|| failure.to_string());
    let kind = match failure.code {
        ErrorCode::ConstraintViolation => DriverErrorKind::Constraint,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => DriverErrorKind::Busy,
        ErrorCode::OperationInterrupted => DriverErrorKind::Cancelled,
        ErrorCode::ReadOnly => DriverErrorKind::Permission,
        ErrorCode::DiskFull => DriverErrorKind::DiskFull,
        ErrorCode::CannotOpen | ErrorCode::NotADatabase => DriverErrorKind::Connect,
        _ if message.starts_with("no such table") => DriverErrorKind::UndefinedTable,
        _ if message.contains("syntax error") || message.contains("unrecognized token") => {
            DriverErrorKind::Syntax
        }
        _ => DriverErrorKind::Other,
    };
    let told = DriverError::new(kind, message)
        .with_code(failure.extended_code.to_string())
        .with_source(error);
    match offset {
        Some(offset) => told.with_offset(offset),
        None => told,
    }
}
