//! What is remembered of a run that had nothing to do.

use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::path::Path;
use std::path::PathBuf;

use limbeck_core::config::DatabaseSettings;
use limbeck_core::history::Position;
use limbeck_core::script::FileMarks;
use serde::Deserialize;
use serde::Serialize;

/// The shape of a note. Another shape gets another number.
const FORMAT: u32 = 1;

/// What a note is about: it holds for nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    format: u32,
    /// The marks of the program: another one may read the files in another way, and has other code of its own.
    program: String,
    project: PathBuf,
    /// The URL, without its secrets.
    database: String,
    version_table: String,
}

impl About {
    pub(super) fn new(root: &Path, database: &DatabaseSettings) -> Option<Self> {
        let program = std::env::current_exe().ok()?;
        let mut marks = FileMarks::default();
        marks.add(&program, &program.metadata().ok()?).ok()?;
        Some(Self {
            format: FORMAT,
            program: marks.digest(),
            project: Path::new(".").join(root).canonicalize().ok()?,
            database: database.url.value.to_string(),
            version_table: database.version_table.value.clone(),
        })
    }

    /// The name of the note's file. What it is about stands in it, so that the name need not be unique, nor the same in every
    /// release.
    pub(super) fn file_name(&self) -> String {
        let mut hash = DefaultHasher::new();
        (&self.project, &self.database, &self.version_table).hash(&mut hash);
        format!("{:016x}.json", hash.finish())
    }
}

/// A note: with these files, a history that stands there has everything, and as it ran.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) about: About,
    /// The marks of all files.
    pub(super) files: String,
    /// The files of rows among them, which the scripts would have to be read for.
    pub(super) data_files: Vec<PathBuf>,
    pub(super) position: Position,
}
