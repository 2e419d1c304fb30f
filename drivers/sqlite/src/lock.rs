//! The migration lock: an OS lock on `<database>.limbeck-lock`.
//!
//! The operating system frees it when the holder dies, however it dies. The file holds the holder's name for those
//! who wait. It is never deleted: a process that had it open would lock a file that nobody else can find. Should
//! somebody else delete or replace it, [`Locks::proof`] finds out.

use std::collections::BTreeSet;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Seek;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;

use crate::error::NO_ROOM;
use crate::session;

/// What the lock file has after the database's name.
pub(crate) const LOCK_SUFFIX: &str = ".limbeck-lock";

/// How often a lock file that was replaced under our hands is opened again.
const ATTEMPTS: u32 = 16;

/// The locks of one session, shared with the SQL function that proves them.
#[derive(Clone)]
pub(crate) struct SharedLocks(Arc<Mutex<Locks>>);

/// What the locks of a session are taken on.
#[derive(Debug)]
pub(crate) enum LockPlace {
    /// A database in memory belongs to its session alone.
    Private,
    /// A file beside the database.
    File(PathBuf),
    /// A session that only reads may look, and takes nothing.
    ReadOnly(Option<PathBuf>),
}

/// One file serves all histories in a database, so a session has at most one OS lock for all the names it holds.
#[derive(Debug)]
pub(crate) struct Locks {
    place: LockPlace,
    file: Option<File>,
    names: BTreeSet<String>,
    /// What others are told while this session has a lock.
    told: Option<Holder>,
}

impl SharedLocks {
    pub(crate) fn new(place: LockPlace) -> Self {
        Self(Arc::new(Mutex::new(Locks {
            place,
            file: None,
            names: BTreeSet::new(),
            told: None,
        })))
    }

    pub(crate) fn get(&self) -> MutexGuard<'_, Locks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Locks {
    fn drop(&mut self) {
        self.file.iter().for_each(release);
    }
}

/// Closing is not enough: a child process that was started just now has the file open too, until it runs its own program.
fn release(file: &File) {
    // A file whose lock can't be given back is closed, which gives it back.
    let _ = file.unlock();
}

impl Locks {
    /// Takes a lock, once more when this session has it already.
    pub(crate) fn try_lock(&mut self, name: &LockName, holder: &Holder) -> Result<TryLock, DriverError> {
        if !self.is_ours() {
            self.names.clear();
            self.file = None;
            let path = match &self.place {
                LockPlace::Private => None,
                LockPlace::File(path) => Some(path.clone()),
                LockPlace::ReadOnly(_) => {
                    return Err(DriverError::new(
                        DriverErrorKind::Permission,
                        "a session that only reads takes no lock",
                    ));
                }
            };
            if let Some(path) = path {
                match acquire(&path)? {
                    Attempt::Acquired(mut file) => {
                        write_holder(&mut file, Some(holder)).map_err(|error| broken(&path, error))?;
                        self.file = Some(file);
                    }
                    Attempt::Held(holder) => return Ok(TryLock::Held(holder)),
                }
            }
        }
        if self.names.is_empty() {
            self.told = Some(holder.clone());
        }
        self.names.insert(name.text());
        Ok(TryLock::Acquired)
    }

    /// Gives a lock back; whether this session had it.
    pub(crate) fn unlock(&mut self, name: &LockName) -> bool {
        let held = self.names.remove(&name.text());
        if self.names.is_empty()
            && let Some(mut file) = self.file.take()
        {
            // Only a courtesy to waiters, who ignore the name of a process that is gone.
            write_holder(&mut file, None).ok();
            release(&file);
        }
        held
    }

    /// Whether this session has the lock of that text and the file at the path is still the one it has locked.
    pub(crate) fn proof(&self, name: &str) -> bool {
        self.names.contains(name) && self.is_ours()
    }

    /// Who has the lock, without taking it.
    pub(crate) fn holder(&self) -> Result<Option<Holder>, DriverError> {
        let path = match &self.place {
            _ if !self.names.is_empty() => return Ok(self.told.clone()),
            LockPlace::Private | LockPlace::ReadOnly(None) => return Ok(None),
            LockPlace::File(path) | LockPlace::ReadOnly(Some(path)) => path,
        };
        let mut file = match open_plain(path, OpenOptions::new().read(true)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(broken(path, error)),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(None),
            Err(TryLockError::WouldBlock) => Ok(Some(read_holder(&mut file).unwrap_or_default())),
            Err(TryLockError::Error(error)) => Err(broken(path, error)),
        }
    }

    fn is_ours(&self) -> bool {
        match (&self.place, &self.file) {
            (LockPlace::Private, _) => true,
            (LockPlace::File(path), Some(file)) => is_same(file, path),
            _ => false,
        }
    }
}

enum Attempt {
    Acquired(File),
    Held(Option<Holder>),
}

fn acquire(path: &Path) -> Result<Attempt, DriverError> {
    for _ in 0..ATTEMPTS {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = open_plain(path, &options).map_err(|error| broken(path, error))?;
        match file.try_lock() {
            Ok(()) if is_same(&file, path) => return Ok(Attempt::Acquired(file)),
            // Somebody has deleted or replaced the file since it was opened.
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Attempt::Held(read_holder(&mut file))),
            Err(TryLockError::Error(error)) => return Err(broken(path, error)),
        }
    }
    Ok(Attempt::Held(None))
}

/// Opening a pipe would wait for ever.
fn open_plain(path: &Path, options: &OpenOptions) -> io::Result<File> {
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a plain file",
        ));
    }
    options.open(path)
}

/// The holder as the file names it; none while it is being written, or when it names a process that is gone.
fn read_holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text)
        .ok()
        .filter(|holder| !session::is_gone(holder))
}

fn write_holder(file: &mut File, holder: Option<&Holder>) -> io::Result<()> {
    file.rewind()?;
    file.set_len(0)?;
    if let Some(holder) = holder {
        let mut line = serde_json::to_vec(holder)?;
        line.push(b'\n');
        file.write_all(&line)?;
    }
    Ok(())
}

#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), path.metadata()) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be replaced, only be gone.
#[cfg(not(unix))]
fn is_same(_file: &File, path: &Path) -> bool {
    path.exists()
}

fn broken(path: &Path, error: io::Error) -> DriverError {
    const RIGHTS: &str =
        "limbeck keeps its lock in a file beside the database, so it must be able to read and write there";
    let (kind, hint) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (DriverErrorKind::DiskFull, NO_ROOM),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            (DriverErrorKind::Permission, RIGHTS)
        }
        io::ErrorKind::Unsupported => (DriverErrorKind::Unsupported, RIGHTS),
        io::ErrorKind::InvalidInput => (
            DriverErrorKind::Other,
            "move away what stands there: limbeck makes the file itself",
        ),
        _ => (DriverErrorKind::Other, RIGHTS),
    };
    DriverError::new(kind, format!("the lock file {}: {error}", path.display()))
        .with_hint(hint)
        .with_source(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_needs_room_and_not_rights() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = broken(Path::new("app.db.limbeck-lock"), full);
        assert_eq!(error.kind, DriverErrorKind::DiskFull);
        assert_eq!(error.hint.as_deref(), Some(NO_ROOM));
    }
}
