//! A copy of a database file.

use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

use crate::connection::SqliteConnection;
use crate::open;
use crate::settings::Mode;
use crate::settings::Place;
use crate::settings::Settings;

/// Writes the database into a new file, and looks whether that is whole.
pub(crate) async fn backup(settings: Settings, file: &Path) -> Result<(), DriverError> {
    if settings.place == Place::Memory {
        return Err(DriverError::unsupported("backups of a database in memory"));
    }
    if file.symlink_metadata().is_ok() {
        return Err(failed(file, "exists, and nothing is written over it"));
    }
    let Some(path) = file.to_str() else {
        return Err(failed(file, "has a name that is not UTF-8"));
    };
    let written = write(settings.clone(), path).await;
    let checked = match written {
        Ok(()) => check(settings, file).await,
        Err(error) => Err(error),
    };
    if checked.is_err()
        && let Err(error) = fs::remove_file(file)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(failed(file, "is no whole backup, and cannot be removed").with_source(error));
    }
    checked
}

async fn write(settings: Settings, file: &str) -> Result<(), DriverError> {
    let options = ConnectOptions::read_only();
    let mut source = SqliteConnection::open(move || open::open(&settings, &options)).await?;
    // `query_only` would keep the copy from being written, too.
    source.query("PRAGMA query_only = OFF", &[]).await?;
    source.query("VACUUM INTO ?", &[file.into()]).await?;
    source.close().await
}

/// Reads the whole copy, and has the system put it on the disk.
async fn check(settings: Settings, file: &Path) -> Result<(), DriverError> {
    let copy = Settings {
        place: Place::File(file.to_owned()),
        mode: Mode::ReadOnly,
        ..settings
    };
    let options = ConnectOptions::read_only();
    let mut session = SqliteConnection::open(move || open::open(&copy, &options)).await?;
    let found = session.query("PRAGMA integrity_check", &[]).await?;
    session.close().await?;
    let faults: Vec<&str> = found.rows.iter().filter_map(|row| row.text(0)).collect();
    if faults != ["ok"] {
        return Err(failed(file, &format!("is damaged: {}", faults.join("; "))));
    }
    let synced = File::open(file).and_then(|file| file.sync_all());
    synced.map_err(|error| failed(file, &format!("cannot be put on the disk: {error}")).with_source(error))
}

fn failed(file: &Path, why: &str) -> DriverError {
    let message = format!("the backup {} {why}", file.display());
    DriverError::new(DriverErrorKind::Other, message)
}
