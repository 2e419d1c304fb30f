//! Creating and dropping a database file.

use std::fs;
use std::io;
use std::path::Path;

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

use crate::open;
use crate::settings::Mode;
use crate::settings::Place;
use crate::settings::Settings;

/// Files that SQLite keeps beside a database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

pub(crate) fn administer(settings: &Settings, task: Administer) -> Result<(), DriverError> {
    let Place::File(path) = &settings.place else {
        // A database in memory begins and ends with its session.
        return Ok(());
    };
    match task {
        Administer::Create => {
            let settings = Settings {
                mode: Mode::Create,
                ..settings.clone()
            };
            open::open(&settings, &ConnectOptions::read_write())?.close()
        }
        Administer::Drop => drop_file(settings, path),
        _ => Err(DriverError::unsupported("this task")),
    }
}

/// Deletes the file and SQLite's own beside it. The lock file stays: somebody may have it open.
fn drop_file(settings: &Settings, path: &Path) -> Result<(), DriverError> {
    if !path.exists() {
        return Ok(());
    }
    // Only a database is deleted, and none that somebody migrates or writes to at this moment.
    let mut client = open::open(settings, &ConnectOptions::read_write())?;
    if let Some(holder) = client.holder()? {
        return Err(DriverError::new(
            DriverErrorKind::Busy,
            format!(
                "the database file {} is being migrated by {holder}",
                path.display()
            ),
        ));
    }
    client.query("BEGIN EXCLUSIVE", &[])?;
    client.query("ROLLBACK", &[])?;
    client.close()?;
    let file = open::resolve(path);
    for companion in COMPANIONS {
        remove(&open::beside(&file, companion))?;
    }
    remove(&file)?;
    // The link, where the path was one.
    remove(path)
}

fn remove(path: &Path) -> Result<(), DriverError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(DriverError::new(
            DriverErrorKind::Permission,
            format!("cannot delete {}: {error}", path.display()),
        )
        .with_source(error)),
        _ => Ok(()),
    }
}
