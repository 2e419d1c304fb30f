//! Results as JSON.

use std::path::Path;

use crate::error::BenchError;
use crate::outcome::Results;

/// One object, with a line end.
pub fn text(results: &Results) -> Result<String, BenchError> {
    let text = serde_json::to_string_pretty(results);
    let text = text.map_err(|error| BenchError::unreadable("the results", error))?;
    Ok(format!("{text}\n"))
}

/// What an earlier run has written.
///
/// # Errors
/// The file cannot be read or holds something else.
pub fn read(path: &Path) -> Result<Results, BenchError> {
    let text = std::fs::read_to_string(path).map_err(BenchError::file(path))?;
    serde_json::from_str(&text).map_err(|error| BenchError::unreadable(path.display().to_string(), error))
}
