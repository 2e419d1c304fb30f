//! Where scripts come from.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::fs::Metadata;
use std::io;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use super::FileMarks;
use super::ScriptError;
use super::ScriptFault;
use super::file;
use super::in_shares;
use crate::data_file::DataFile;
use crate::sql::SourceFile;

/// Where scripts come from: folders, a program's own memory.
pub trait ScriptSource: Send + Sync {
    /// All files in load order, each with its text or the reason why it cannot be had.
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>>;

    /// The marks of all that [`files`](Self::files) would read, without reading it; none where only reading tells whether
    /// something has changed. What is part of the program has no marks of its own: the program's file has them.
    fn marks(&self) -> Option<FileMarks> {
        None
    }

    /// The file with rows that the script of this name calls `path`: a path from the script's folder, with `/` between
    /// its parts.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        let _ = (script, path);
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "where the scripts come from, there are no other files",
        ))
    }

    /// The folders that a new file may be written into; the first is the usual one.
    fn locations(&self) -> &[PathBuf] {
        &[]
    }

    /// Whether a new file at this path would be among the files.
    fn reads(&self, path: &Path) -> bool {
        self.locations().iter().any(|location| path.starts_with(location))
    }
}

impl<S: ScriptSource + ?Sized> ScriptSource for Arc<S> {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        S::files(self)
    }

    fn marks(&self) -> Option<FileMarks> {
        S::marks(self)
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        S::data_file(self, script, path)
    }

    fn locations(&self) -> &[PathBuf] {
        S::locations(self)
    }

    fn reads(&self, path: &Path) -> bool {
        S::reads(self, path)
    }
}

/// The `*.sql` files of some folders: folder by folder in the given order, in each by name, then its subfolders.
/// Hidden files are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectorySource {
    locations: Vec<PathBuf>,
    recursive: bool,
}

impl DirectorySource {
    /// The files that lie directly in these folders.
    pub fn new(locations: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self {
            locations: locations.into_iter().map(Into::into).collect(),
            recursive: false,
        }
    }

    /// Whether subfolders are read too.
    pub fn recursive(mut self, recursive: bool) -> Self {
        self.recursive = recursive;
        self
    }
}

impl ScriptSource for DirectorySource {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        in_shares(&self.walk(), |share| {
            let mut buffer = Vec::new();
            share.iter().map(|found| found.read(&mut buffer)).collect()
        })
    }

    fn marks(&self) -> Option<FileMarks> {
        let found = self.walk();
        let seen = in_shares(&found, |share| share.iter().map(Found::metadata).collect());
        let mut marks = FileMarks::default();
        for (found, metadata) in found.iter().zip(seen) {
            // Which way leads from here to the folder does not matter.
            let from = |location: &PathBuf| found.path()?.strip_prefix(location).ok();
            marks
                .add(self.locations.iter().find_map(from)?, &metadata?)
                .ok()?;
        }
        Some(marks)
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        let folder = Path::new(script).parent().unwrap_or(Path::new(""));
        let file = folder.join(path.split('/').collect::<PathBuf>());
        // Reading a pipe would wait for ever.
        if !fs::metadata(&file)?.is_file() {
            return Err(io::Error::other("it is not a plain file"));
        }
        fs::File::open(&file)?;
        Ok(DataFile::at(file))
    }

    fn locations(&self) -> &[PathBuf] {
        &self.locations
    }

    fn reads(&self, path: &Path) -> bool {
        let from = |location: &PathBuf| path.strip_prefix(location).ok();
        is_script(path)
            && self.locations.iter().filter_map(from).any(|rest| {
                let parts = rest.components().count();
                let visible = |part: Component<'_>| match part {
                    Component::Normal(name) => !is_hidden(name),
                    _ => false,
                };
                (parts == 1 || self.recursive) && rest.components().all(visible)
            })
    }
}

impl DirectorySource {
    /// The files in load order.
    fn walk(&self) -> Vec<Found> {
        let mut walk = Walk {
            source: self,
            visited: HashSet::new(),
            found: Vec::new(),
        };
        for location in &self.locations {
            walk.folder(location);
        }
        walk.found
    }
}

struct Walk<'a> {
    source: &'a DirectorySource,
    /// Folders by their real path: links may lead back, and one location may lie in another.
    visited: HashSet<PathBuf>,
    found: Vec<Found>,
}

/// What a walk finds.
enum Found {
    /// A plain file.
    File(PathBuf),
    /// Something else of a script's name: reading it tells what is wrong.
    Other(PathBuf),
    /// A folder that cannot be looked into.
    Fault(ScriptError),
}

impl Found {
    fn read(&self, buffer: &mut Vec<u8>) -> Result<Arc<SourceFile>, ScriptError> {
        match self {
            Self::File(path) => file::read_plain(path, buffer),
            Self::Other(path) => file::read(path),
            Self::Fault(error) => Err(error.clone()),
        }
    }

    fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Other(path) => Some(path),
            Self::Fault(_) => None,
        }
    }

    fn metadata(&self) -> Option<Metadata> {
        fs::metadata(self.path()?).ok()
    }
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path) {
        if let Err(error) = self.try_folder(folder) {
            let reason = error.to_string();
            let fault = ScriptFault::Location { reason };
            let error = ScriptError::of_file(folder.display().to_string(), fault);
            self.found.push(Found::Fault(error));
        }
    }

    fn try_folder(&mut self, folder: &Path) -> io::Result<()> {
        if !self.visited.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let mut files = Vec::new();
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if is_hidden(&name) {
                continue;
            }
            let mut kind = entry.file_type()?;
            if kind.is_symlink() {
                match fs::metadata(entry.path()) {
                    Ok(target) => kind = target.file_type(),
                    // Reading a broken link's file tells what is wrong; a broken link to anything else is none of ours.
                    Err(_) if is_script(Path::new(&name)) => {}
                    Err(_) => continue,
                }
            }
            if kind.is_dir() {
                folders.push(name);
            } else if is_script(Path::new(&name)) {
                files.push((name, kind.is_file()));
            }
        }
        files.sort_unstable();
        for (name, is_plain) in files {
            let path = folder.join(name);
            self.found.push(match is_plain {
                true => Found::File(path),
                false => Found::Other(path),
            });
        }
        if self.source.recursive {
            folders.sort_unstable();
            for name in folders {
                self.folder(&folder.join(name));
            }
        }
        Ok(())
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.')
}

fn is_script(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("sql"))
}

/// Scripts in memory: for programs that carry their history, and for tests.
///
/// ```
/// use limbeck_core::script::{MemorySource, ScriptSet};
///
/// let source = MemorySource::new([("a.sql", "-- limbeck:revision a\n-- limbeck:upgrade\n")]);
/// assert_eq!(ScriptSet::load(&source)?.iter().count(), 1);
/// # Ok::<(), limbeck_core::script::LoadErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemorySource {
    files: Vec<Arc<SourceFile>>,
    data_files: Vec<DataFile>,
}

impl MemorySource {
    /// Files by name and text, in load order.
    pub fn new(files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(name, text)| SourceFile::new(name, text))
                .collect(),
            data_files: Vec::new(),
        }
    }

    /// The same with a file of rows. A script finds it by the path that leads there from its own folder.
    ///
    /// ```
    /// use limbeck_core::data_file::DataFile;
    /// use limbeck_core::script::{MemorySource, ScriptSet};
    ///
    /// let text = "-- limbeck:revision a\n-- limbeck:upgrade\n-- limbeck:load tags.csv into tag\n";
    /// let source = MemorySource::new([("seed/a.sql", text)]);
    /// assert!(ScriptSet::load(&source).is_err());
    ///
    /// let source = source.with_data_file(DataFile::of_bytes("seed/tags.csv", "id,name\n1,latest\n"));
    /// assert!(ScriptSet::load(&source).is_ok());
    /// ```
    pub fn with_data_file(mut self, file: DataFile) -> Self {
        self.data_files.push(file);
        self
    }
}

impl ScriptSource for MemorySource {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        self.files.iter().cloned().map(Ok).collect()
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        let name = beside(script, path);
        let found = self.data_files.iter().find(|file| file.name() == name);
        found.cloned().ok_or_else(nothing_beside)
    }
}

/// The name of a file in memory that a script calls by its path.
pub(super) fn beside(script: &str, path: &str) -> String {
    match script.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

pub(super) fn nothing_beside() -> io::Error {
    io::Error::new(
        io::ErrorKind::NotFound,
        "there is no such file beside the scripts",
    )
}
