//! A database of a contender's own.

use std::path::Path;

use limbeck_testkit::TestDatabase;
use tempfile::TempDir;

use crate::engine::Engine;
use crate::error::BenchError;

/// An empty database, gone with this value.
#[derive(Debug)]
pub struct Place {
    engine: Engine,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    File(TempDir),
    Server(TestDatabase),
}

impl Place {
    /// A file in a folder of its own below this one, or a database on the engine's server.
    ///
    /// # Errors
    /// There is no server, or the folder cannot be made.
    pub fn new(engine: Engine, scratch: &Path) -> Result<Self, BenchError> {
        let kind = match engine.server() {
            None => {
                let folder = tempfile::Builder::new().prefix("database-").tempdir_in(scratch);
                Kind::File(folder.map_err(BenchError::file(scratch))?)
            }
            Some(server) => {
                let database = TestDatabase::on(server);
                Kind::Server(
                    database.ok_or_else(|| BenchError::NotInstalled(format!("a server of {engine}")))?,
                )
            }
        };
        Ok(Self { engine, kind })
    }

    /// Its engine.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Its URL with the password, as Limbeck reads it.
    pub fn url(&self) -> String {
        match &self.kind {
            // Four slashes are an absolute path.
            Kind::File(folder) => format!("sqlite:///{}", file(folder)),
            Kind::Server(database) => database.url_text(),
        }
    }

    /// The path of the file; for a server, the name of the database.
    pub fn name(&self) -> String {
        match &self.kind {
            Kind::File(folder) => file(folder),
            Kind::Server(database) => database.name().to_owned(),
        }
    }

    /// The database on a server; none for a file.
    pub const fn database(&self) -> Option<&TestDatabase> {
        match &self.kind {
            Kind::File(_) => None,
            Kind::Server(database) => Some(database),
        }
    }
}

fn file(folder: &TempDir) -> String {
    folder.path().join("x.db").display().to_string()
}
