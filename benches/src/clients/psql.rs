//! `psql`

use std::path::Path;
use std::process::Command;

use super::Client;
use crate::place::Place;

pub(super) struct Psql;

pub(super) const PSQL: Psql = Psql;

impl Client for Psql {
    fn program(&self) -> &'static str {
        "psql"
    }

    fn connect(&self, command: &mut Command, place: &Place) {
        command.args([
            "--no-psqlrc",
            "--quiet",
            "--no-password",
            "--tuples-only",
            "--no-align",
        ]);
        command
            .args(["--variable=ON_ERROR_STOP=1", "--dbname"])
            .arg(place.url());
    }

    fn query(&self, command: &mut Command, sql: &str) {
        command.args(["--command", sql]);
    }

    fn load(&self, file: &Path, table: &str) -> String {
        format!(
            "\\copy {table} from '{}' with (format csv, header)",
            file.display()
        )
    }
}
