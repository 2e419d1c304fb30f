//! Pairs of schemas from elsewhere, which are no part of this repository.

use std::fs;
use std::path::PathBuf;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use serde::Deserialize;

use super::CatalogueCase;
use super::Workbench;
use crate::servers::skip_for_want_of;

/// The variable that names the folder with the pairs.
const FOLDER: &str = "LIMBECK_TEST_PAIRS";

/// Two schemas that lead to each other.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct SchemaPair {
    /// A name, unique in its file.
    pub name: String,
    /// The SQL that makes the one.
    pub from_sql: String,
    /// The SQL that makes the other.
    pub to_sql: String,
    /// Whether both are the same, written differently.
    #[serde(default)]
    pub noop: bool,
}

/// A pair that does not converge, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The name of the pair.
    pub name: &'static str,
    /// The reason.
    pub reason: &'static str,
}

impl Exception {
    /// A pair that does not converge for a reason.
    pub const fn new(name: &'static str, reason: &'static str) -> Self {
        Self { name, reason }
    }
}

/// The pairs of `<engine>.jsonl` in the folder that `LIMBECK_TEST_PAIRS` names, or in `shared/cases` beside the workspace;
/// none where there is no such file, which is said aloud.
///
/// # Errors
/// The file cannot be read.
pub fn pairs(engine: &str) -> Result<Option<Vec<SchemaPair>>, String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    let folder = std::env::var_os(FOLDER).map_or_else(beside, PathBuf::from);
    let path = folder.join(format!("{engine}.jsonl"));
    if !path.is_file() {
        skip_for_want_of(
            "pairs",
            &format!("{} is not there: {FOLDER} names the folder", path.display()),
        );
        return Ok(None);
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let pairs =
        lines.map(|line| serde_json::from_str(line).map_err(|error| format!("{}: {error}", path.display())));
    pairs.collect::<Result<Vec<_>, _>>().map(Some)
}

/// Walks each pair there and back on the server of a URL. Gives a line for each pair that does not converge and is no
/// exception, and for each exception that does, or that is not there.
///
/// # Errors
/// No scratch database can be had.
pub async fn pairs_converge(
    driver: &dyn Driver,
    url: &DatabaseUrl,
    pairs: &[SchemaPair],
    exceptions: &[Exception],
) -> Result<Vec<String>, String> {
    let mut bench = Workbench::open(driver, url).await?;
    let mut lines = Vec::new();
    for pair in pairs {
        let case = CatalogueCase {
            name: pair.name.clone(),
            current: pair.from_sql.clone(),
            desired: pair.to_sql.clone(),
            same: pair.noop,
            ..CatalogueCase::default()
        };
        let exception = exceptions.iter().find(|exception| exception.name == pair.name);
        match (bench.there_and_back(&case).await, exception) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Err(why), None) => lines.push(format!("{}: {why}", pair.name)),
            (Ok(()), Some(_)) => lines.push(format!("{}: it converges and is an exception", pair.name)),
        }
    }
    for exception in exceptions {
        if !pairs.iter().any(|pair| pair.name == exception.name) {
            lines.push(format!("{}: there is no such pair", exception.name));
        }
    }
    bench.close().await?;
    Ok(lines)
}
