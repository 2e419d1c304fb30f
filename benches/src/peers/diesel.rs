//! diesel_cli

use std::path::Path;
use std::process::Command;

use super::Peer;
use super::url;
use super::write;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;

pub(super) struct Diesel;

impl Peer for Diesel {
    fn program(&self) -> &'static str {
        "diesel"
    }

    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        write(&folder.join("diesel.toml"), "")?;
        for revision in corpus.native(engine) {
            let folder = folder.join(format!("migrations/{:014}_step", revision.number));
            write(&folder.join("up.sql"), &revision.up_script())?;
            write(&folder.join("down.sql"), &revision.down_script())?;
        }
        Ok(())
    }

    fn upgrade(&self, command: &mut Command, _folder: &Path, place: &Place) {
        let url = match place.engine() {
            Engine::Sqlite => place.name(),
            Engine::Postgres => url(place, "postgres"),
            Engine::MySql | Engine::MariaDb => url(place, "mysql"),
        };
        command.args([
            "migration",
            "run",
            "--migration-dir",
            "migrations",
            "--database-url",
            &url,
        ]);
    }
}
