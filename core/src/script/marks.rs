//! What shows that files have changed, without reading them.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use sha2::Digest;
use sha2::Sha256;

/// The marks of files: their names, sizes and times, and what else the system tells them apart by.
///
/// While the marks of all files are the same, so are the files: on Unix also where a file was replaced by one of the same size
/// and its time was set back, because the time of that change is among the marks. Clocks tick, though: a file that is
/// written twice within one tick may have the same marks both times. So what is remembered of files is worth something only
/// where they [were at rest](Self::are_older_than) when they were read.
///
/// ```
/// use std::path::Path;
///
/// use limbeck_core::script::FileMarks;
///
/// let mut marks = FileMarks::default();
/// let nothing = marks.digest();
/// marks.add(Path::new("Cargo.toml"), &std::fs::metadata("Cargo.toml")?)?;
/// assert_ne!(marks.digest(), nothing);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct FileMarks {
    hash: Sha256,
    newest: Option<SystemTime>,
}

impl FileMarks {
    /// Takes in a file. Their order counts.
    ///
    /// # Errors
    /// The system does not tell when the file was changed.
    pub fn add(&mut self, name: &Path, metadata: &Metadata) -> io::Result<()> {
        let modified = metadata.modified()?;
        self.newest = self.newest.max(Some(modified));
        let name = name.as_os_str().as_encoded_bytes();
        self.hash.update((name.len() as u64).to_le_bytes());
        self.hash.update(name);
        self.hash.update(metadata.len().to_le_bytes());
        self.hash.update(ticks(modified).to_le_bytes());
        for mark in system_marks(metadata) {
            self.hash.update(mark.to_le_bytes());
        }
        Ok(())
    }

    /// Whether no file was written at this moment or later.
    pub fn are_older_than(&self, moment: SystemTime) -> bool {
        self.newest.is_none_or(|newest| newest < moment)
    }

    /// All marks as one text.
    pub fn digest(&self) -> String {
        let bytes = self.hash.clone().finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Nanoseconds since 1970, or before it.
fn ticks(time: SystemTime) -> i128 {
    let nanos = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => nanos(since),
        Err(before) => -nanos(before.duration()),
    }
}

/// Which file it is, and when anything about it was last changed: nobody sets that time back.
#[cfg(unix)]
fn system_marks(metadata: &Metadata) -> [u64; 4] {
    use std::os::unix::fs::MetadataExt;
    [
        metadata.dev(),
        metadata.ino(),
        metadata.ctime().cast_unsigned(),
        metadata.ctime_nsec().cast_unsigned(),
    ]
}

#[cfg(not(unix))]
fn system_marks(_metadata: &Metadata) -> [u64; 0] {
    []
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::fs::File;
    use std::time::Duration;

    use super::*;

    fn digest(path: &Path) -> String {
        let mut marks = FileMarks::default();
        marks.add(Path::new("a"), &fs::metadata(path).unwrap()).unwrap();
        marks.digest()
    }

    #[test]
    fn size_time_and_identity_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let write = |path: &Path, text: &str| {
            fs::write(path, text).unwrap();
            File::options()
                .write(true)
                .open(path)
                .unwrap()
                .set_modified(old)
                .unwrap();
        };
        write(&path, "one");
        let first = digest(&path);
        assert_eq!(digest(&path), first);
        write(&path, "three");
        let longer = digest(&path);
        assert_ne!(longer, first);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(old + Duration::from_nanos(100))
            .unwrap();
        assert_ne!(digest(&path), longer);
        if cfg!(unix) {
            // Another file of the same size and time.
            let other = folder.path().join("b");
            write(&other, "three");
            let before = digest(&path);
            fs::rename(&other, &path).unwrap();
            assert_ne!(digest(&path), before);
        }
    }

    #[test]
    fn the_newest_file_says_whether_all_are_at_rest() {
        let folder = tempfile::tempdir().unwrap();
        let mut marks = FileMarks::default();
        assert!(marks.are_older_than(SystemTime::UNIX_EPOCH));
        for (name, second) in [("a", 20), ("b", 30), ("c", 10)] {
            let path = folder.path().join(name);
            let file = File::create(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second))
                .unwrap();
            marks.add(&path, &fs::metadata(&path).unwrap()).unwrap();
        }
        let at = |second| SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        assert!(!marks.are_older_than(at(30)));
        assert!(marks.are_older_than(at(31)));
    }
}
