//! The engines' own clients: the floors.

mod mysql;
mod psql;
mod sqlite3;

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;
use crate::program;

/// A client of an engine.
pub trait Client: Sync {
    /// The name of its program.
    fn program(&self) -> &'static str;

    /// Turns the program into one that is connected to a database, stops at the first error, and reads nothing that the
    /// machine's user has set for it.
    fn connect(&self, command: &mut Command, place: &Place);

    /// Makes it run this statement.
    fn query(&self, command: &mut Command, sql: &str);

    /// A statement that loads a file of CSV with a header into a table that is there.
    fn load(&self, file: &Path, table: &str) -> String;
}

/// A client that is installed.
#[derive(Clone)]
pub struct Installed {
    client: &'static dyn Client,
    path: PathBuf,
}

/// The client of an engine.
///
/// # Errors
/// It is not installed.
pub fn of(engine: Engine) -> Result<Installed, BenchError> {
    let client: &'static dyn Client = match engine {
        Engine::Sqlite => &sqlite3::SQLITE3,
        Engine::Postgres => &psql::PSQL,
        Engine::MySql => &mysql::MYSQL,
        Engine::MariaDb => &mysql::MARIADB,
    };
    let path = program::client(client.program());
    let path = path.ok_or_else(|| BenchError::NotInstalled(client.program().to_owned()))?;
    Ok(Installed { client, path })
}

impl Installed {
    /// The name of its program.
    pub fn name(&self) -> &'static str {
        self.client.program()
    }

    /// The program that asks for its version.
    pub fn version(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("--version");
        command
    }

    /// A command that runs what its standard input holds.
    pub fn session(&self, place: &Place) -> Command {
        let mut command = Command::new(&self.path);
        self.client.connect(&mut command, place);
        command
    }

    /// A command that runs a statement.
    pub fn query(&self, place: &Place, sql: &str) -> Command {
        let mut command = self.session(place);
        self.client.query(&mut command, sql);
        command
    }

    /// A command that loads a file of CSV with a header into a table that is there.
    pub fn load(&self, place: &Place, file: &Path, table: &str) -> Command {
        self.query(place, &self.client.load(file, table))
    }
}
