//! Scripts that are constants of a program.

use std::io;
use std::sync::Arc;

use super::FileMarks;
use super::ScriptError;
use super::ScriptSource;
use super::source::beside;
use super::source::nothing_beside;
use crate::data_file::DataFile;
use crate::sql::SourceFile;

/// Scripts by name.
type Scripts = &'static [(&'static str, &'static str)];

/// Files of rows by name.
type DataFiles = &'static [(&'static str, &'static [u8])];

/// Scripts that are constants of the program, as [`embed!`](crate::embed) makes them. Nothing is copied before somebody loads
/// them.
///
/// ```
/// use limbeck_core::script::EmbeddedSource;
/// use limbeck_core::script::ScriptSet;
///
/// const SOURCE: EmbeddedSource =
///     EmbeddedSource::new(&[("a.sql", "-- limbeck:revision a\n-- limbeck:upgrade\n")], &[]);
/// assert_eq!(ScriptSet::load(&SOURCE)?.iter().count(), 1);
/// # Ok::<(), limbeck_core::script::LoadErrors>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EmbeddedSource {
    scripts: Scripts,
    data_files: DataFiles,
}

impl EmbeddedSource {
    /// Scripts in load order, and files of rows, which a script finds by the path that leads there from its own folder.
    pub const fn new(scripts: Scripts, data_files: DataFiles) -> Self {
        Self { scripts, data_files }
    }
}

impl ScriptSource for EmbeddedSource {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        let scripts = self.scripts.iter();
        scripts
            .map(|(name, text)| Ok(SourceFile::new(*name, *text)))
            .collect()
    }

    /// The program's own file has them.
    fn marks(&self) -> Option<FileMarks> {
        Some(FileMarks::default())
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        let name = beside(script, path);
        let found = self.data_files.iter().find(|(known, _)| *known == name);
        let (name, bytes) = found.ok_or_else(nothing_beside)?;
        Ok(DataFile::of_bytes(*name, bytes))
    }
}
