//! dbmate

use std::path::Path;
use std::process::Command;

use super::Peer;
use super::url;
use super::write;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;

pub(super) struct Dbmate;

impl Peer for Dbmate {
    fn program(&self) -> &'static str {
        "dbmate"
    }

    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        for revision in corpus.native(engine) {
            let text = format!(
                "-- migrate:up\n{}\n-- migrate:down\n{}",
                revision.up_script(),
                revision.down_script()
            );
            write(
                &folder.join(format!("migrations/{:014}_step.sql", revision.number)),
                &text,
            )?;
        }
        Ok(())
    }

    fn upgrade(&self, command: &mut Command, _folder: &Path, place: &Place) {
        let url = match place.engine() {
            Engine::Sqlite => format!("sqlite:{}", place.name()),
            Engine::Postgres => format!("{}?sslmode=disable", url(place, "postgres")),
            Engine::MySql | Engine::MariaDb => url(place, "mysql"),
        };
        command.args([
            "--url",
            &url,
            "--migrations-dir",
            "migrations",
            "--no-dump-schema",
            "migrate",
        ]);
    }
}
