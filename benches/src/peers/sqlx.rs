//! sqlx-cli

use std::path::Path;
use std::process::Command;

use super::Peer;
use super::url;
use super::write;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;

pub(super) struct Sqlx;

impl Peer for Sqlx {
    fn program(&self) -> &'static str {
        "sqlx"
    }

    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        for revision in corpus.native(engine) {
            let path = folder.join(format!("migrations/{:014}_step.sql", revision.number));
            write(&path, &revision.up_script())?;
        }
        Ok(())
    }

    fn upgrade(&self, command: &mut Command, _folder: &Path, place: &Place) {
        let url = match place.engine() {
            Engine::Sqlite => format!("sqlite://{}?mode=rwc", place.name()),
            Engine::Postgres => url(place, "postgres"),
            Engine::MySql | Engine::MariaDb => url(place, "mysql"),
        };
        command.args(["migrate", "run", "--source", "migrations", "--database-url", &url]);
    }
}
