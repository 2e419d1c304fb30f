//! Files that were looked at before they are read, and the note about them.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::engine::Report;
use limbeck_core::script::FileMarks;
use limbeck_core::script::ScriptSet;

use super::folder::Folder;
use super::note::About;
use super::note::Note;

/// How long a file must have been at rest before its marks are believed. The coarsest file systems count in steps of two
/// seconds.
const AT_REST: Duration = Duration::from_secs(2);

/// The scripts as they were before anybody read them.
pub(crate) struct Seen {
    folder: Folder,
    about: About,
    scripts: FileMarks,
    began: SystemTime,
}

/// The same with the files that the scripts load.
pub(crate) struct Watched {
    seen: Seen,
    data_files: Vec<PathBuf>,
    marks: FileMarks,
}

impl Seen {
    pub(super) fn new(folder: Folder, about: About, scripts: FileMarks, began: SystemTime) -> Self {
        Self {
            folder,
            about,
            scripts,
            began,
        }
    }

    /// Whether all files are those of a note.
    pub(super) fn is_as_in(&self, note: &Note) -> bool {
        let marks = self.with(&note.data_files);
        marks.is_some_and(|marks| marks.digest() == note.files)
    }

    /// Looks at the files of rows too, before they are read.
    pub(crate) fn watch(self, scripts: &ScriptSet) -> Option<Watched> {
        let all = scripts.iter().flat_map(|script| script.loaded_files());
        let data_files: Vec<PathBuf> = all.filter_map(|file| file.path()).map(Path::to_owned).collect();
        let marks = self.with(&data_files)?;
        Some(Watched {
            seen: self,
            data_files,
            marks,
        })
    }

    fn with(&self, data_files: &[PathBuf]) -> Option<FileMarks> {
        let mut marks = self.scripts.clone();
        for path in data_files {
            marks.add(path, &path.metadata().ok()?).ok()?;
        }
        Some(marks)
    }
}

impl Watched {
    /// Leaves a note, if the run has come to the answer that it is about. Where it cannot be left, there is none.
    pub(crate) fn record(self, report: &Report) {
        let Some(position) = report.position.clone() else {
            return;
        };
        let moment = self.seen.began.checked_sub(AT_REST);
        if !moment.is_some_and(|moment| self.marks.are_older_than(moment)) {
            return;
        }
        let note = Note {
            about: self.seen.about,
            files: self.marks.digest(),
            data_files: self.data_files,
            position,
        };
        // It is only for speed.
        let _ = self.seen.folder.write(&note);
    }
}
