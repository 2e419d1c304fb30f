//! `sqlite3`

use std::path::Path;
use std::process::Command;

use super::Client;
use crate::place::Place;

pub(super) struct Sqlite3;

pub(super) const SQLITE3: Sqlite3 = Sqlite3;

impl Client for Sqlite3 {
    fn program(&self) -> &'static str {
        "sqlite3"
    }

    fn connect(&self, command: &mut Command, place: &Place) {
        command
            .args(["-batch", "-bail", "-init", "/dev/null"])
            .arg(place.name());
    }

    fn query(&self, command: &mut Command, sql: &str) {
        command.arg(sql);
    }

    fn load(&self, file: &Path, table: &str) -> String {
        format!(".import --csv --skip 1 {} {table}", file.display())
    }
}
