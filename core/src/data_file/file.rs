//! A file with rows, and its digest.

use std::fmt;
use std::fs::File;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Cursor;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use sha2::Digest;
use sha2::Sha256;

/// Bytes that are read from a disk at once.
const BUFFER: usize = 128 * 1024;

/// A file with rows: on a disk, or in a program's own memory.
///
/// ```
/// use std::io::BufRead;
///
/// use limbeck_core::data_file::DataFile;
///
/// let file = DataFile::of_bytes("accounts.csv", "id,name\n1,Ann\n");
/// let lines: Vec<String> = file.open()?.lines().collect::<Result<_, _>>()?;
/// assert_eq!(lines, ["id,name", "1,Ann"]);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct DataFile(Arc<Inner>);

struct Inner {
    name: String,
    content: Content,
    digest: OnceLock<String>,
}

#[derive(PartialEq, Eq)]
enum Content {
    Path(PathBuf),
    Bytes(Arc<[u8]>),
}

impl DataFile {
    /// A file on a disk, which is not opened yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self::new(path.display().to_string(), Content::Path(path))
    }

    /// A file in memory.
    pub fn of_bytes(name: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Self::new(name.into(), Content::Bytes(Arc::from(bytes.as_ref())))
    }

    fn new(name: String, content: Content) -> Self {
        Self(Arc::new(Inner {
            name,
            content,
            digest: OnceLock::new(),
        }))
    }

    /// The name by which people know it.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it lies on a disk.
    pub fn path(&self) -> Option<&Path> {
        match &self.0.content {
            Content::Path(path) => Some(path),
            Content::Bytes(_) => None,
        }
    }

    /// Opens it at its beginning.
    ///
    /// # Errors
    /// It is not there or cannot be read.
    pub fn open(&self) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match &self.0.content {
            Content::Path(path) => Box::new(BufReader::with_capacity(BUFFER, File::open(path)?)),
            Content::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// The SHA-256 of its bytes, in hexadecimal digits. It is computed once.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn digest(&self) -> io::Result<String> {
        if let Some(digest) = self.0.digest.get() {
            return Ok(digest.clone());
        }
        let mut file = Digested::new(self.open()?);
        loop {
            let read = file.fill_buf()?.len();
            if read == 0 {
                break;
            }
            file.consume(read);
        }
        Ok(self.0.digest.get_or_init(|| file.digest()).clone())
    }
}

impl PartialEq for DataFile {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name && self.0.content == other.0.content
    }
}

impl Eq for DataFile {}

impl fmt::Debug for DataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DataFile").field(&self.0.name).finish()
    }
}

/// A reader that digests what it reads: a buffer at a time, however small the parts are that are taken from it.
pub(super) struct Digested {
    file: Box<dyn BufRead + Send>,
    hash: Sha256,
    /// Bytes of the buffer that are digested and not taken yet.
    left: usize,
}

impl Digested {
    pub(super) fn new(file: Box<dyn BufRead + Send>) -> Self {
        Self {
            file,
            hash: Sha256::new(),
            left: 0,
        }
    }

    /// The digest of what was read so far: at the end, of the whole file.
    pub(super) fn digest(&self) -> String {
        let bytes = self.hash.clone().finalize();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl io::Read for Digested {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(target)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Digested {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.left == 0 {
            match self.file.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => {
                    self.hash.update(bytes);
                    self.left = bytes.len();
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        // What is left of a buffer is read from nowhere.
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount);
        self.file.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_digest_is_that_of_all_bytes() {
        let file = DataFile::of_bytes("a.csv", "abc");
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(file.digest().unwrap(), digest);

        let mut whole = String::new();
        let mut reader = Digested::new(file.open().unwrap());
        reader.read_to_string(&mut whole).unwrap();
        assert_eq!((whole.as_str(), reader.digest().as_str()), ("abc", digest));
    }

    #[test]
    fn a_missing_file_is_found_missing_when_it_is_opened() {
        let file = DataFile::at("no/such/file.csv");
        assert_eq!(file.name(), "no/such/file.csv");
        assert!(file.open().is_err());
        assert!(file.digest().is_err());
    }
}
