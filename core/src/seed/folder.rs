//! The folder of seeds.

use std::fs;
use std::io;
use std::io::BufRead;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

use super::SeedError;
use super::SeedName;
use super::manifest::MANIFEST;
use super::manifest::Manifest;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;

/// Files of seeds: those at the top are for every environment, those in a folder for the environment of its name.
#[derive(Clone, Debug)]
pub struct SeedFolder(Content);

#[derive(Clone, Debug)]
enum Content {
    Path(PathBuf),
    Files(Vec<DataFile>),
}

/// The files for one environment, or for all.
#[derive(Default)]
pub(super) struct Part {
    pub(super) files: Vec<SeedFile>,
    pub(super) manifest: Manifest,
}

/// A file of a seed.
pub(super) struct SeedFile {
    pub(super) name: SeedName,
    pub(super) format: SeedFormat,
    pub(super) data: DataFile,
}

/// How a seed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SeedFormat {
    Sql,
    Rows(DataFormat),
}

impl SeedFormat {
    fn of(file: &str) -> Option<Self> {
        match file.rsplit_once('.') {
            Some((_, ending)) if ending.eq_ignore_ascii_case("sql") => Some(Self::Sql),
            _ => DataFormat::of(file).map(Self::Rows),
        }
    }
}

impl SeedFolder {
    /// A folder on a disk. One that does not exist has no seeds.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Content::Path(path.into()))
    }

    /// Files in memory, each with its path in the folder and its bytes.
    ///
    /// ```
    /// use limbeck_core::seed::{SeedFolder, SeedSet};
    ///
    /// let folder = SeedFolder::of_files([("010_role.csv", "id,name\n1,admin\n"), ("dev/020_user.csv", "id\n1\n")]);
    /// assert_eq!(SeedSet::load(&folder, &[], None)?.iter().count(), 1);
    /// assert_eq!(SeedSet::load(&folder, &[], Some("dev"))?.iter().count(), 2);
    /// # Ok::<(), limbeck_core::seed::SeedError>(())
    /// ```
    pub fn of_files<N: Into<String>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (N, B)>) -> Self {
        let files = files.into_iter();
        Self(Content::Files(
            files
                .map(|(name, bytes)| DataFile::of_bytes(name, bytes))
                .collect(),
        ))
    }

    /// Where it lies on a disk.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Content::Path(path) => Some(path),
            Content::Files(_) => None,
        }
    }

    /// The environments that have a folder of their own, sorted.
    pub(super) fn environments(&self) -> Result<Vec<String>, SeedError> {
        let mut found = match &self.0 {
            Content::Path(path) => {
                let entries = entries(path)?;
                entries
                    .into_iter()
                    .filter(|entry| entry.is_folder)
                    .map(|entry| entry.name)
                    .collect()
            }
            Content::Files(files) => {
                let folders = files
                    .iter()
                    .filter_map(|file| Some(file.name().split_once('/')?.0.to_owned()));
                folders.collect::<Vec<_>>()
            }
        };
        found.retain(|name| !name.starts_with('.'));
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// The files for all environments, or those for one alone.
    pub(super) fn part(&self, environment: Option<&str>) -> Result<Part, SeedError> {
        let mut part = Part::default();
        for (file, data) in self.files(environment)? {
            if file == MANIFEST {
                part.manifest = Manifest::read(data.name(), &text(&data)?)?;
            } else if let Some(format) = SeedFormat::of(&file) {
                let name = match environment {
                    Some(environment) => format!("{environment}/{file}"),
                    None => file,
                };
                let name = SeedName::new(name)?;
                part.files.push(SeedFile { name, format, data });
            } else if !is_beside(&file) {
                let file = data.name().to_owned();
                return Err(SeedError::Format { file });
            }
        }
        part.files.sort_by(|a, b| a.name.rank().cmp(&b.name.rank()));
        Ok(part)
    }

    /// Names without a folder, and files.
    fn files(&self, environment: Option<&str>) -> Result<Vec<(String, DataFile)>, SeedError> {
        match &self.0 {
            Content::Path(path) => {
                let path = environment.map_or_else(|| path.clone(), |environment| path.join(environment));
                let entries = entries(&path)?.into_iter().filter(|entry| !entry.is_folder);
                Ok(entries
                    .map(|entry| (entry.name.clone(), DataFile::at(path.join(entry.name))))
                    .collect())
            }
            Content::Files(files) => {
                let within = |file: &DataFile| {
                    let name = match environment {
                        Some(environment) => file.name().strip_prefix(environment)?.strip_prefix('/')?,
                        None => file.name(),
                    };
                    (!name.contains('/')).then(|| (name.to_owned(), file.clone()))
                };
                Ok(files.iter().filter_map(within).collect())
            }
        }
    }
}

/// Something in a folder.
struct Entry {
    name: String,
    is_folder: bool,
}

/// What is in a folder, sorted; nothing where there is none.
fn entries(path: &Path) -> Result<Vec<Entry>, SeedError> {
    let unreadable = |error: io::Error| SeedError::Folder {
        folder: path.display().to_string(),
        reason: error.to_string(),
    };
    let listed = match fs::read_dir(path) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error)),
    };
    let mut entries = Vec::new();
    for entry in listed {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().into_string().map_err(|name| SeedError::Name {
            name: name.to_string_lossy().into_owned(),
        })?;
        // A link counts as what it leads to.
        let kind = fs::metadata(entry.path()).map_err(unreadable)?.file_type();
        if !kind.is_dir() && !kind.is_file() {
            // Whoever opens a pipe waits for somebody at its other end.
            return Err(SeedError::Folder {
                folder: entry.path().display().to_string(),
                reason: "it is neither a file nor a folder".to_owned(),
            });
        }
        let is_folder = kind.is_dir();
        entries.push(Entry { name, is_folder });
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

/// Whether a file may lie beside seeds without being one.
fn is_beside(file: &str) -> bool {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    file.starts_with('.') || matches!(ending, Some("md" | "txt"))
}

/// The text of a file that is read as a whole.
pub(super) fn text(file: &DataFile) -> Result<String, SeedError> {
    let unreadable = |error: io::Error| SeedError::Folder {
        folder: file.name().to_owned(),
        reason: error.to_string(),
    };
    let mut text = String::new();
    let mut input: Box<dyn BufRead + Send> = file.open().map_err(unreadable)?;
    input.read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}
