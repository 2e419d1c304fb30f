//! Opening a database file.

use std::ffi::OsString;
use std::fmt::Display;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use rusqlite::Connection;
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use crate::client::Client;
use crate::error::from_sqlite;
use crate::lock::LOCK_SUFFIX;
use crate::lock::LockPlace;
use crate::settings::Mode;
use crate::settings::Place;
use crate::settings::Settings;
use crate::setup::Setup;

/// Opens what the URL names.
pub(crate) fn open(settings: &Settings, options: &ConnectOptions) -> Result<Client, DriverError> {
    let setup = Setup {
        access: options.access,
        busy_timeout: options.timeout.unwrap_or(settings.busy_timeout),
        double_quoted_strings: settings.double_quoted_strings,
    };
    let (connection, place) = match (&settings.place, options.access) {
        (Place::Memory, _) => (memory()?, LockPlace::Private),
        (Place::File(path), Access::ReadOnly) => read_only(path, settings.mode, setup.busy_timeout)?,
        (Place::File(path), Access::ReadWrite) => read_write(path, settings.mode, setup.busy_timeout)?,
    };
    Client::new(connection, setup, place)
}

/// Takes a caller's connection.
pub(crate) fn adopt(connection: Connection) -> Result<Client, DriverError> {
    if !connection.is_autocommit() {
        return Err(
            DriverError::new(DriverErrorKind::Connect, "the connection has an open transaction")
                .with_hint("end it before the connection is handed over"),
        );
    }
    let reads_only = connection.is_readonly("main").map_err(from_sqlite)?;
    let path = connection
        .path()
        .filter(|path| !path.is_empty())
        .map(|path| resolve(Path::new(path)));
    let setup = Setup {
        access: if reads_only {
            Access::ReadOnly
        } else {
            Access::ReadWrite
        },
        ..Setup::from(&Settings::memory())
    };
    let place = match (path, reads_only) {
        (path, true) => LockPlace::ReadOnly(path.map(|path| beside(&path, LOCK_SUFFIX))),
        (Some(path), false) => LockPlace::File(beside(&path, LOCK_SUFFIX)),
        (None, false) => LockPlace::Private,
    };
    Client::new(connection, setup, place)
}

fn memory() -> Result<Connection, DriverError> {
    Connection::open_in_memory().map_err(from_sqlite)
}

/// A file that does not exist reads as an empty database, so that a new project has a status.
///
/// A file that may be written is opened for writing, and the session is kept from it by `query_only`: so SQLite can
/// roll back what a killed writer has left. Transactions in a WAL stay there; see [`settle`].
fn read_only(path: &Path, mode: Mode, wait: Duration) -> Result<(Connection, LockPlace), DriverError> {
    if !exists(path, mode)? {
        return Ok((memory()?, LockPlace::ReadOnly(None)));
    }
    let path = resolve(path);
    let flags = match mode {
        Mode::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Existing | Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let mut connection = open_file(&path, flags)?;
    checkpoint_on_close(&connection, false)?;
    if let Err(error) = check(&connection, wait) {
        if !is_at_rest(&path, &error) {
            return Err(unreadable(&path, error));
        }
        connection = open_immutable(&path)?;
        check(&connection, wait).map_err(|error| unreadable(&path, error))?;
    }
    Ok((connection, LockPlace::ReadOnly(Some(beside(&path, LOCK_SUFFIX)))))
}

/// Before a session that only read is closed: SQLite may clear away the files that it put beside a database in WAL mode,
/// unless they hold transactions of somebody who was killed. Those it would write into the database.
pub(crate) fn settle(connection: &Connection) -> Result<(), DriverError> {
    let wal = connection.path().map(|path| beside(Path::new(path), "-wal"));
    let is_empty = wal
        .and_then(|wal| wal.metadata().ok())
        .is_some_and(|metadata| metadata.len() == 0);
    if is_empty {
        checkpoint_on_close(connection, true)?;
    }
    Ok(())
}

fn checkpoint_on_close(connection: &Connection, on: bool) -> Result<(), DriverError> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !on)
        .map_err(from_sqlite)?;
    Ok(())
}

/// SQLite wants to put files beside a database in WAL mode. Where it may not, and nobody else has put them there,
/// nobody writes, and nothing is left to recover.
fn is_at_rest(path: &Path, error: &DriverError) -> bool {
    let no_files = matches!(
        error.code.as_deref(),
        Some("SQLITE_CANTOPEN" | "SQLITE_READONLY_DIRECTORY")
    );
    no_files && !beside(path, "-wal").exists() && !beside(path, "-journal").exists()
}

fn read_write(path: &Path, mode: Mode, wait: Duration) -> Result<(Connection, LockPlace), DriverError> {
    if mode == Mode::ReadOnly {
        return Err(failure(
            DriverErrorKind::Permission,
            path,
            "is opened with ?mode=ro, which allows no changes",
        ));
    }
    let is_new = !exists(path, mode)?;
    let folder = folder(path);
    if is_new && !folder.is_dir() {
        let message = format!("cannot be created: there is no folder {}", folder.display());
        return Err(
            failure(DriverErrorKind::Connect, path, message).with_hint(if path.is_absolute() {
                "create the folder, or correct the path in the database URL"
            } else {
                "create the folder, or correct the path in the database URL; an absolute path has four slashes before it: \
                 sqlite:////srv/app.db"
            }),
        );
    }
    let create = match mode {
        Mode::Create => OpenFlags::SQLITE_OPEN_CREATE,
        _ => OpenFlags::empty(),
    };
    let connection = open_file(path, OpenFlags::SQLITE_OPEN_READ_WRITE | create)?;
    check(&connection, wait).map_err(|error| unreadable(path, error))?;
    // SQLite falls back to reading without a word.
    if connection.is_readonly("main").map_err(from_sqlite)? {
        return Err(failure(DriverErrorKind::Permission, path, "is read-only")
            .with_code("SQLITE_READONLY")
            .with_hint("allow writing to the file and to its folder, or run as its owner"));
    }
    Ok((connection, LockPlace::File(beside(&resolve(path), LOCK_SUFFIX))))
}

fn open_file(path: &Path, flags: OpenFlags) -> Result<Connection, DriverError> {
    // One thread uses a connection, so SQLite needs no mutex of its own.
    Connection::open_with_flags(plain(path), flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| unreadable(path, from_sqlite(error)))
}

fn open_immutable(path: &Path) -> Result<Connection, DriverError> {
    let path_text = path
        .to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{path_text}?immutable=1"), flags)
        .map_err(|error| unreadable(path, from_sqlite(error)))
}

/// Reads the header, so that a file that is no database is found out now.
fn check(connection: &Connection, wait: Duration) -> Result<(), DriverError> {
    // rusqlite panics above this.
    let longest = Duration::from_millis(u64::from(i32::MAX.unsigned_abs()));
    connection.busy_timeout(wait.min(longest)).map_err(from_sqlite)?;
    connection
        .query_row("PRAGMA schema_version", [], |_| Ok(()))
        .map_err(from_sqlite)
}

fn exists(path: &Path, mode: Mode) -> Result<bool, DriverError> {
    if path.is_dir() {
        return Err(failure(DriverErrorKind::Connect, path, "is a folder")
            .with_hint("name a file in the database URL"));
    }
    let exists = path.try_exists().map_err(|error| {
        failure(
            DriverErrorKind::Connect,
            path,
            format!("cannot be looked at: {error}"),
        )
        .with_hint("correct the path in the database URL, or what its folders and links lead to")
    })?;
    if !exists && mode != Mode::Create {
        return Err(failure(DriverErrorKind::NoDatabase, path, "does not exist")
            .with_hint("create it, or write ?mode=rwc in the database URL"));
    }
    Ok(exists)
}

fn unreadable(path: &Path, mut error: DriverError) -> DriverError {
    let message = match error.kind {
        DriverErrorKind::NoDatabase => "is not an SQLite database".to_owned(),
        DriverErrorKind::Busy => "is locked by another process".to_owned(),
        _ => format!("cannot be opened: {}", error.message),
    };
    error.message = sentence(path, message);
    error
}

fn failure(kind: DriverErrorKind, path: &Path, what: impl Display) -> DriverError {
    DriverError::new(kind, sentence(path, what))
}

fn sentence(path: &Path, what: impl Display) -> String {
    format!("the database file {} {what}", path.display())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The file behind links, so that all who open it agree on its lock file.
pub(crate) fn resolve(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The file that stands beside a database under its name and `suffix`.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(suffix);
    PathBuf::from(name)
}

/// A path that SQLite does not take for one of its URIs (`file:…`) or for a database in memory.
fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() {
        path.to_owned()
    } else {
        Path::new(".").join(path)
    }
}

impl From<&Settings> for Setup {
    fn from(settings: &Settings) -> Self {
        Self {
            access: Access::ReadWrite,
            busy_timeout: settings.busy_timeout,
            double_quoted_strings: settings.double_quoted_strings,
        }
    }
}
