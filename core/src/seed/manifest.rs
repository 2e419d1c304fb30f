//! What the name of a file of rows does not say.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::SeedError;
use super::SeedRuns;
use crate::sql::LineColumn;

/// The file that says it, beside those that it is about.
pub(super) const MANIFEST: &str = "seeds.toml";

/// By the name of the file, what its name does not say.
#[derive(Default)]
pub(super) struct Manifest {
    /// The manifest's own file.
    pub(super) file: String,
    pub(super) entries: BTreeMap<String, RowKeys>,
}

/// A table of the manifest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RowKeys {
    /// The table.
    pub(super) table: Option<String>,
    /// The columns by which a row is found.
    pub(super) key: Option<Vec<String>>,
    /// How often the rows are written.
    pub(super) runs: Option<SeedRuns>,
}

impl Manifest {
    pub(super) fn read(file: &str, text: &str) -> Result<Self, SeedError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let entries = toml::from_str(text).map_err(|error: toml::de::Error| SeedError::Manifest {
            file: file.to_owned(),
            line: error.span().map(|span| LineColumn::at(text, span.start).line),
            problem: error.message().trim_end().replace('\n', " "),
        })?;
        Ok(Self {
            file: file.to_owned(),
            entries,
        })
    }

    /// Takes out what is said about a file.
    pub(super) fn take(&mut self, name: &str) -> RowKeys {
        let file = name.rsplit('/').next().unwrap_or_default();
        self.entries.remove(file).unwrap_or_default()
    }

    /// Refuses what is said about a file that is not there, or whose own text says it.
    pub(super) fn check_empty(&self) -> Result<(), SeedError> {
        match self.entries.keys().next() {
            None => Ok(()),
            Some(name) => Err(SeedError::Manifest {
                file: self.file.clone(),
                line: None,
                problem: format!("there is no file of rows `{name}` beside it"),
            }),
        }
    }
}
