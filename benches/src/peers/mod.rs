//! Other tools on the same work, as far as they are installed. A new one is one more file and a line of [`ALL`].

mod alembic;
mod dbmate;
mod diesel;
mod refinery;
mod sqlx;

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;
use crate::program;

/// A migration tool.
pub trait Peer: Sync {
    /// The name of its program.
    fn program(&self) -> &'static str;

    /// The name in the table, where the program has several ways to do it.
    fn name(&self) -> &'static str {
        self.program()
    }

    /// Writes a history as it takes it.
    ///
    /// # Errors
    /// A file cannot be written.
    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError>;

    /// Makes its program apply all that is not applied.
    fn upgrade(&self, command: &mut Command, folder: &Path, place: &Place);

    /// Makes its program list the history or the heads, where it does that without a database.
    fn list(&self, _command: &mut Command, _word: &str) -> bool {
        false
    }
}

/// All of them, in the order of the table.
pub static ALL: [&dyn Peer; 6] = [
    &alembic::Alembic,
    &sqlx::Sqlx,
    &refinery::EACH,
    &refinery::GROUPED,
    &diesel::Diesel,
    &dbmate::Dbmate,
];

/// A peer that is installed.
#[derive(Clone)]
pub struct InstalledPeer {
    peer: &'static dyn Peer,
    path: PathBuf,
}

impl InstalledPeer {
    /// Those that are in `PATH`, and the names of those that are not.
    pub fn find() -> (Vec<Self>, Vec<String>) {
        let mut found = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        for peer in ALL {
            match program::tool(peer.program()) {
                Some(path) => found.push(Self { peer, path }),
                None if missing.iter().any(|name| name == peer.program()) => {}
                None => missing.push(peer.program().to_owned()),
            }
        }
        (found, missing)
    }

    /// The name in the table.
    pub fn name(&self) -> &'static str {
        self.peer.name()
    }

    /// The program that asks for its version.
    pub fn version(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.arg("--version");
        command
    }

    /// Writes a history as it takes it.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        self.peer.write(folder, corpus, engine)
    }

    /// A command that applies all that is not applied.
    pub fn upgrade(&self, folder: &Path, place: &Place) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(folder).env_remove("DATABASE_URL");
        self.peer.upgrade(&mut command, folder, place);
        command
    }

    /// A command that lists the `history` or the `heads`, where it does that without a database.
    pub fn list(&self, folder: &Path, word: &str) -> Option<Command> {
        let mut command = Command::new(&self.path);
        command.current_dir(folder);
        self.peer.list(&mut command, word).then_some(command)
    }
}

/// Writes a file with the folders that it needs.
fn write(path: &Path, text: &str) -> Result<(), BenchError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(BenchError::file(folder))?;
    }
    fs::write(path, text).map_err(BenchError::file(path))
}

/// The URL of a database, with another scheme.
fn url(place: &Place, scheme: &str) -> String {
    let url = place.url();
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    format!("{scheme}://{rest}")
}
