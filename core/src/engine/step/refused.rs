//! Why the history takes no row.

use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::history::HistoryWriter;

/// Why a journal row or a row of the version table was refused: asks for each part of the proof. `rows` are those that the
/// version table was to have, `before` is what was to come.
pub(crate) async fn refused_record(
    session: &mut Session,
    writer: &HistoryWriter<'_>,
    rows: &[String],
    before: String,
    error: DriverError,
) -> EngineError {
    let recording = |error| EngineError::Database {
        doing: "recording a step",
        error,
    };
    if error.kind != DriverErrorKind::Constraint {
        return recording(error);
    }
    match session.query(&writer.ask_lock(), &[]).await {
        Ok(answer) if answer.rows.first().is_some_and(|row| row.get(0).is_null()) => {
            return EngineError::LockLost { before };
        }
        Ok(_) => {}
        Err(error) => {
            return EngineError::Database {
                doing: "asking for the migration lock",
                error,
            };
        }
    }
    match session.query(&writer.ask_rows(), &[]).await {
        Ok(answer) => {
            let found: Vec<&str> = answer.rows.iter().filter_map(|row| row.text(0)).collect();
            let expected: Vec<&str> = rows.iter().map(String::as_str).collect();
            if found == expected {
                return recording(error);
            }
            EngineError::RowsMoved {
                expected: list(&expected),
                found: list(&found),
            }
        }
        Err(error) => EngineError::Database {
            doing: "reading the version table",
            error,
        },
    }
}

fn list(rows: &[&str]) -> String {
    if rows.is_empty() {
        "no rows".to_owned()
    } else {
        rows.join(", ")
    }
}
