//! Where the URL of the database comes from, and whether it may go into a file.

use std::path::Path;

use limbeck_core::config::DatabaseSettings;
use limbeck_core::config::Layer;
use limbeck_core::driver::DatabaseUrl;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

impl Context<'_> {
    /// The URL of `--url` as it may stand in a file: known, and without a secret.
    pub(crate) fn url_to_write(&self) -> Result<Option<String>, CommandError> {
        let Some(text) = &self.globals.url else {
            return Ok(None);
        };
        let url: DatabaseUrl = text.parse()?;
        self.driver(&url)?;
        if url.has_secret() {
            let message = "the URL has a password, which belongs into no file that is committed";
            let error = CommandError::new(ErrorKind::Url, message);
            return Err(error.with_hint("leave the URL out here, and write it as DATABASE_URL to .env"));
        }
        Ok(Some(text.clone()))
    }

    /// The URL of the database that flags and environment name, as it may stand in a file of this folder: without its
    /// password, and with the whole path of a file that is not below.
    pub(crate) fn url_of_database(&self, folder: &Path) -> Result<Option<String>, CommandError> {
        let text = self
            .globals
            .url
            .clone()
            .or_else(|| self.environment.get("DATABASE_URL").map(str::to_owned));
        let Some(text) = text else {
            return Ok(None);
        };
        let url: DatabaseUrl = text.parse()?;
        let driver = self.driver(&url)?;
        if let Some(file) = driver.database_file(&url) {
            if !file.exists() {
                let message = format!("there is no file {}", file.display());
                return Err(CommandError::new(ErrorKind::NoDatabase, message));
            }
            let folder = std::path::absolute(folder).unwrap_or_default();
            if let Ok(below) = file.strip_prefix(folder.components().as_path()) {
                return Ok(Some(format!("{}://{}", url.scheme(), below.display())));
            }
            // Four slashes are an absolute path.
            return Ok(Some(format!("{}:///{}", url.scheme(), file.display())));
        }
        let mut address = url.server()?;
        address.password = None;
        Ok(Some(url.with_server(&address).to_string()))
    }

    /// Where user and password were found, without their values.
    pub(crate) fn origin(&self) -> Option<String> {
        let found = origins(&self.database().ok()?);
        (!found.is_empty()).then(|| format!("user and password come from {}", found.join(", ")))
    }

    /// Where the database's URL was found and the variables that replace parts of it, where there are such variables.
    pub(crate) fn replaced(&self) -> Option<String> {
        let database = self.database().ok()?;
        (!database.parts.is_empty()).then(|| origins(&database).join(", "))
    }
}

/// Where the database's URL and the variables that replace parts of it were found, without their values.
fn origins(database: &DatabaseSettings) -> Vec<String> {
    let url = &database.url;
    let parts = database
        .parts
        .iter()
        .map(|part| (part.name.as_str(), &part.layer));
    let url = (!url.name.is_empty()).then_some((url.name.as_str(), &url.layer));
    url.into_iter()
        .chain(parts)
        .map(|(name, layer)| match layer {
            Layer::Environment => format!("{name} of the environment"),
            Layer::Flag => format!("the flag {name}"),
            layer => format!("{name} in {layer}"),
        })
        .collect()
}
