//! The migration lock: an OS lock on a file beside the database, which the system frees when its holder dies.

use std::collections::BTreeSet;
use std::fs::File;
use std::fs::OpenOptions;
use std::fs::TryLockError;
use std::io;
use std::io::Read;
use std::io::Write;
use std::path::PathBuf;

use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;

/// What a session holds: one file for all names.
pub(crate) struct Locks {
    path: PathBuf,
    file: Option<File>,
    names: BTreeSet<String>,
}

impl Locks {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self {
            path,
            file: None,
            names: BTreeSet::new(),
        }
    }

    pub(crate) fn try_lock(&mut self, name: &LockName) -> io::Result<TryLock> {
        if self.file.is_none() {
            let mut options = OpenOptions::new();
            let options = options.read(true).write(true).create(true).truncate(false);
            let mut file = options.open(&self.path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(TryLock::Held(holder(&mut file))),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            file.set_len(0)?;
            write!(file, "{}", std::process::id())?;
            self.file = Some(file);
        }
        self.names.insert(name.text());
        Ok(TryLock::Acquired)
    }

    pub(crate) fn unlock(&mut self, name: &LockName) -> bool {
        let held = self.names.remove(&name.text());
        if self.names.is_empty() {
            self.release();
        }
        held
    }

    /// Whether this session holds the lock of this text.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Gives everything back. A child that was started just now may have the file open too, so closing is not enough.
    pub(crate) fn release(&mut self) {
        self.names.clear();
        if let Some(file) = self.file.take() {
            let _ = file.unlock();
        }
    }
}

/// Who has written its number into the file.
fn holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let mut holder = Holder::default();
    holder.pid = Some(text.parse().ok()?);
    Some(holder)
}
