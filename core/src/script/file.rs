//! The text of one file.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::ScriptError;
use super::ScriptFault;
use crate::sql::SourceFile;

/// Reads a file.
///
/// # Errors
/// It cannot be read, is no plain file or is not UTF-8.
pub(super) fn read(path: &Path) -> Result<Arc<SourceFile>, ScriptError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, error.to_string()))?;
    if !metadata.is_file() {
        // Reading a pipe would wait for ever.
        return Err(unreadable(path, "it is not a plain file".to_owned()));
    }
    read_plain(path, &mut Vec::new())
}

/// Reads what is known to be a plain file, through a buffer that serves for many of them: nothing is asked of the
/// system but the bytes.
///
/// # Errors
/// It cannot be read or is not UTF-8.
pub(super) fn read_plain(path: &Path, buffer: &mut Vec<u8>) -> Result<Arc<SourceFile>, ScriptError> {
    buffer.clear();
    // A file that is read to its end would ask for its size and its place before.
    let read = fs::File::open(path).and_then(|file| file.take(u64::MAX).read_to_end(buffer));
    read.map_err(|error| unreadable(path, error.to_string()))?;
    file_of_bytes(&path.display().to_string(), buffer.clone())
}

fn unreadable(path: &Path, reason: String) -> ScriptError {
    ScriptError::of_file(path.display().to_string(), ScriptFault::Unreadable { reason })
}

/// The file of these bytes, for a [`ScriptSource`](super::ScriptSource) that has them from elsewhere than a folder.
///
/// ```
/// use limbeck_core::script::file_of_bytes;
///
/// assert!(file_of_bytes("a.sql", b"-- limbeck:revision a\n".to_vec()).is_ok());
/// assert!(file_of_bytes("a.sql", vec![0xff]).is_err());
/// ```
///
/// # Errors
/// They are not UTF-8.
pub fn file_of_bytes(name: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, ScriptError> {
    String::from_utf8(bytes)
        .map(|text| SourceFile::new(name, text))
        .map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = error
                .as_bytes()
                .iter()
                .take(valid)
                .filter(|byte| **byte == b'\n')
                .count()
                + 1;
            ScriptError::of_file(name, ScriptFault::NotUtf8 { line })
        })
}

/// The file without a byte-order mark and with `\n` as its line ends, also inside of literals: a checkout on another
/// system must not change a revision.
pub(super) fn normalised(file: Arc<SourceFile>) -> Arc<SourceFile> {
    let text = file.text();
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    if plain.len() == text.len() && !text.contains("\r\n") {
        return file;
    }
    SourceFile::new(file.name(), plain.replace("\r\n", "\n"))
}
