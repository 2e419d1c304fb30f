//! refinery_cli, with a transaction a file and with one for all.

use std::path::Path;
use std::process::Command;

use super::Peer;
use super::url;
use super::write;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;

pub(super) struct Refinery {
    is_grouped: bool,
}

pub(super) const EACH: Refinery = Refinery { is_grouped: false };
pub(super) const GROUPED: Refinery = Refinery { is_grouped: true };

/// The variable with the URL.
const URL: &str = "BENCH_REFINERY_URL";

impl Peer for Refinery {
    fn program(&self) -> &'static str {
        "refinery"
    }

    fn name(&self) -> &'static str {
        match self.is_grouped {
            false => "refinery",
            true => "refinery --grouped",
        }
    }

    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        for revision in corpus.native(engine) {
            let path = folder.join(format!("migrations/V{}__step.sql", revision.number));
            write(&path, &revision.up_script())?;
        }
        Ok(())
    }

    fn upgrade(&self, command: &mut Command, _folder: &Path, place: &Place) {
        let url = match place.engine() {
            Engine::Sqlite => format!("sqlite://{}", place.name()),
            Engine::Postgres => url(place, "postgres"),
            Engine::MySql | Engine::MariaDb => url(place, "mysql"),
        };
        command
            .args(["migrate", "-e", URL, "-p", "migrations"])
            .env(URL, url);
        command.args(self.is_grouped.then_some("--grouped"));
    }
}
