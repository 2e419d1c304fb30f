//! The folder of the notes.

use std::fs;
use std::io;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::config::Environment;

use super::note::About;
use super::note::Note;

/// After this time nobody misses a note: what is older is of a project that is gone, or was left by a process that was
/// killed.
const KEPT: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The folder of the notes, one file each.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn of(environment: &Environment) -> Option<Self> {
        Some(Self(environment.cache_folder()?.join("settled")))
    }

    /// The note, if there is one that can be read and is about this.
    pub(super) fn read(&self, about: &About) -> Option<Note> {
        let path = self.path(about);
        // Reading a pipe would wait for ever.
        if !path.metadata().ok()?.is_file() {
            return None;
        }
        let note: Note = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        (note.about == *about).then_some(note)
    }

    /// Puts a note in the place of the one before it at once: whoever reads sees one of them whole.
    pub(super) fn write(&self, note: &Note) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let mut new = tempfile::NamedTempFile::new_in(&self.0)?;
        serde_json::to_writer(&mut new, note)?;
        new.flush()?;
        new.persist(self.path(&note.about))?;
        self.clear(SystemTime::now());
        Ok(())
    }

    fn path(&self, about: &About) -> PathBuf {
        self.0.join(about.file_name())
    }

    fn clear(&self, now: SystemTime) {
        let is_old = |modified: SystemTime| now.duration_since(modified).is_ok_and(|age| age > KEPT);
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        for entry in entries {
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            if modified.is_ok_and(is_old) {
                // Another process may have been faster.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
