//! Changing the file of a script that was loaded.

use std::fs;
use std::io;
use std::io::Write as _;
use std::path::Path;
use std::path::PathBuf;

use super::Script;
use super::file::normalised;
use crate::sql::SourceFile;

/// Why a file was left as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The file is not the one that was loaded.
    #[error("{} has changed since it was read", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{} cannot be written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Script {
    /// Gives the script's file at `path` another text, made from the one that it has. It has either of them, whatever
    /// happens meanwhile.
    ///
    /// # Errors
    /// The file at `path` is not that of the script any more, or the system refuses.
    pub(super) fn edit(&self, path: &Path, change: impl FnOnce(&str) -> String) -> Result<(), EditError> {
        let failed = |source| EditError::Io {
            path: path.to_owned(),
            source,
        };
        let present = fs::read_to_string(path).map_err(failed)?;
        let read_again = normalised(SourceFile::new(self.file().name(), present.as_str()));
        if read_again.text() != self.file().text() {
            return Err(EditError::Changed {
                path: path.to_owned(),
            });
        }
        replace(path, &change(&present)).map_err(failed)
    }
}

/// Gives a file another text by renaming a whole one over it.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays one: its target is replaced.
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{:08x}.tmp", fastrand::u32(..)));
    let mut file = fs::File::create_new(&temporary)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.set_permissions(permissions))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temporary, &path));
    if written.is_err() {
        drop(file);
        let _ = fs::remove_file(&temporary);
    }
    written
}
