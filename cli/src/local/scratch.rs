//! A database for the tests of a project, which is gone afterwards.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::driver::Administer;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::engine::EngineError;
use limbeck_core::script::random_id;

use super::server::Place;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// The longest beginning of a name: engines take 63 bytes.
const LONGEST: usize = 40;

/// A new database beside the one of a URL.
pub(crate) struct Scratch {
    driver: Arc<dyn Driver>,
    pub(crate) url: DatabaseUrl,
    folder: Option<PathBuf>,
}

impl Scratch {
    /// Makes it.
    ///
    /// # Errors
    /// The server does not let it be made.
    pub(crate) async fn create(driver: Arc<dyn Driver>, url: &DatabaseUrl) -> Result<Self, CommandError> {
        let (url, folder) = match Place::of(&*driver, url)? {
            Place::Server(mut address) => {
                let name = address.database.take().unwrap_or_default();
                let short = |(at, letter): &(usize, char)| at + letter.len_utf8() <= LONGEST;
                let name: String = name
                    .char_indices()
                    .take_while(short)
                    .map(|(_, letter)| letter)
                    .collect();
                address.database = Some(format!("{name}_test_{}", random_id()));
                (url.with_server(&address), None)
            }
            Place::File(_) | Place::Memory => {
                let folder = std::env::temp_dir().join(format!("limbeck-test-{}", random_id()));
                fs::create_dir(&folder)
                    .map_err(|error| error::io(&format!("{} cannot be made", folder.display()), &error))?;
                (
                    DatabaseUrl::of_file(url.scheme(), &folder.join("test.db")),
                    Some(folder),
                )
            }
        };
        let scratch = Self { driver, url, folder };
        let created = scratch.driver.administer(&scratch.url, Administer::Create).await;
        match created {
            Ok(()) => Ok(scratch),
            Err(error) => {
                let _ = scratch.drop().await;
                Err(CommandError::from(EngineError::Connect(error)))
            }
        }
    }

    /// Drops it.
    ///
    /// # Errors
    /// It cannot be dropped; the error names it.
    pub(crate) async fn drop(self) -> Result<(), CommandError> {
        let dropped = match &self.folder {
            Some(folder) => fs::remove_dir_all(folder).map_err(|error| error.to_string()),
            None => {
                let dropped = self.driver.administer(&self.url, Administer::Drop).await;
                dropped.map_err(|error| error.to_string())
            }
        };
        dropped.map_err(|reason| {
            let message = format!(
                "the database of the tests, {}, cannot be dropped: {reason}",
                self.url
            );
            CommandError::new(ErrorKind::Database, message).with_hint("drop it by hand")
        })
    }
}
