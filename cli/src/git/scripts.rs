//! The revision files of a commit.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::data_file::DataFile;
use limbeck_core::script::ScriptError;
use limbeck_core::script::ScriptFault;
use limbeck_core::script::ScriptSource;
use limbeck_core::script::file_of_bytes;
use limbeck_core::sql::SourceFile;

use super::Repository;
use super::objects::Object;
use crate::error::CommandError;

/// The revision files that a commit has in the folders of another source.
pub(crate) struct GitScripts {
    files: Vec<Result<Arc<SourceFile>, ScriptError>>,
    /// The scripts by the name of their file, for the files beside them.
    places: HashMap<String, Place>,
}

/// Where a script lies.
#[derive(Clone)]
struct Place {
    repository: Repository,
    commit: String,
    path: PathBuf,
}

/// Which commit is meant.
pub(crate) enum At<'a> {
    /// The one of this name.
    Reference(&'a str),
    /// The one from which the commit of this name and the checked-out one have parted.
    Parting(&'a str),
}

impl GitScripts {
    /// The files at `reference`, which is looked up in the repository of each folder.
    pub(crate) fn at(reference: &str, present: &dyn ScriptSource) -> Result<Self, CommandError> {
        let read = Self::read(&At::Reference(reference), present)?;
        Ok(read.unwrap_or_else(Self::none))
    }

    /// The files where `reference` and what is checked out have parted; none where that is not known.
    pub(crate) fn parting(reference: &str, present: &dyn ScriptSource) -> Result<Option<Self>, CommandError> {
        Self::read(&At::Parting(reference), present)
    }

    fn none() -> Self {
        Self {
            files: Vec::new(),
            places: HashMap::new(),
        }
    }

    fn read(at: &At<'_>, present: &dyn ScriptSource) -> Result<Option<Self>, CommandError> {
        let mut scripts = Self::none();
        for location in present.locations() {
            let (repository, rest) = Repository::around(location);
            let (name, commit) = match at {
                At::Reference(name) => (*name, Some(repository.commit(name)?)),
                At::Parting(name) => (*name, repository.parting(&repository.commit(name)?)?),
            };
            let Some(commit) = commit else {
                return Ok(None);
            };
            let path = path_of(repository.prefix()?).join(rest);
            let folder = Place {
                repository,
                commit,
                path,
            };
            scripts.read_folder(name, &folder, location, present)?;
        }
        Ok(Some(scripts))
    }

    fn read_folder(
        &mut self,
        reference: &str,
        folder: &Place,
        location: &Path,
        present: &dyn ScriptSource,
    ) -> Result<(), CommandError> {
        let repository = &folder.repository;
        // A path of git ends without `/`.
        let path: PathBuf = folder.path.components().collect();
        let Some(tree) = repository.tree(&folder.commit, path.as_os_str())? else {
            return Ok(());
        };
        let listed = repository.read(["ls-tree", "--full-tree", "-r", "-z", &tree])?;
        let entries = listed.split(|byte| *byte == 0).filter_map(Entry::parse);
        let entries: Vec<Entry> = entries
            .filter(|entry| present.reads(&location.join(&entry.path)))
            .collect();
        let names = entries.iter().map(|entry| entry.name(&folder.commit, &path));
        let names: Vec<Vec<u8>> = names.collect();
        let objects = repository.objects(&names)?;
        for (entry, object) in entries.iter().zip(objects) {
            let path = path.join(&entry.path);
            let name = format!("{reference}:{}", slashes(&path));
            self.files.push(match object {
                Object::Bytes(bytes) => file_of_bytes(&name, bytes),
                Object::Nothing(reason) => Err(ScriptError::of_file(
                    name.as_str(),
                    ScriptFault::Unreadable { reason },
                )),
            });
            let place = Place {
                path,
                ..folder.clone()
            };
            self.places.insert(name, place);
        }
        Ok(())
    }
}

impl ScriptSource for GitScripts {
    fn files(&self) -> Vec<Result<Arc<SourceFile>, ScriptError>> {
        self.files.clone()
    }

    fn data_file(&self, script: &str, path: &str) -> io::Result<DataFile> {
        let place = self.places.get(script);
        let place = place.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let file = sibling(&place.path, path)
            .ok_or_else(|| io::Error::other("it lies outside of the repository"))?;
        let mut name = OsString::from(format!("{}:", place.commit));
        name.push(file.as_os_str());
        // As a checkout would write it: the bytes of a file of rows count.
        let arguments = ["cat-file", "--filters"].map(OsStr::new);
        let bytes = place
            .repository
            .read(arguments.into_iter().chain([name.as_os_str()]))
            .map_err(|error| io::Error::other(error.to_string()))?;
        Ok(DataFile::of_bytes(slashes(&file), bytes))
    }
}

/// A file in the list of a tree.
struct Entry {
    is_link: bool,
    id: String,
    path: PathBuf,
}

impl Entry {
    /// Reads `<mode> <type> <id>\t<path>`; none for what is no file.
    fn parse(line: &[u8]) -> Option<Self> {
        let tab = line.iter().position(|byte| *byte == b'\t')?;
        let (head, path) = line.split_at_checked(tab)?;
        let head = std::str::from_utf8(head).ok()?;
        let [mode, "blob", id] = head.split(' ').collect::<Vec<_>>()[..] else {
            return None;
        };
        Some(Self {
            is_link: mode == "120000",
            id: id.to_owned(),
            path: path_of(path.get(1..)?.to_vec()),
        })
    }

    /// The name for [`Repository::objects`]: only through its path is a link followed.
    fn name(&self, commit: &str, folder: &Path) -> Vec<u8> {
        let path = folder.join(&self.path);
        let path = path.as_os_str().as_encoded_bytes();
        if self.is_link && !path.contains(&b'\n') {
            [commit.as_bytes(), b":", path].concat()
        } else {
            self.id.as_bytes().to_vec()
        }
    }
}

/// The path of a file that another one calls `path`, without `..`; none where it leads out.
fn sibling(file: &Path, path: &str) -> Option<PathBuf> {
    let mut whole = file.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => whole.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !whole.pop() {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some(whole)
}

/// The path as git and people write it.
pub(crate) fn slashes(path: &Path) -> String {
    let parts = path.components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;

    OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
