//! `mysql` and `mariadb`

use std::path::Path;
use std::process::Command;

use super::Client;
use crate::place::Place;

pub(super) struct MySql(&'static str);

pub(super) const MYSQL: MySql = MySql("mysql");
pub(super) const MARIADB: MySql = MySql("mariadb");

impl Client for MySql {
    fn program(&self) -> &'static str {
        self.0
    }

    fn connect(&self, command: &mut Command, place: &Place) {
        command.args([
            "--no-defaults",
            "--protocol=tcp",
            "--batch",
            "--skip-column-names",
        ]);
        command.args(["--default-character-set=utf8mb4", "--local-infile=1"]);
        let address = place.database().and_then(|database| database.url().server().ok());
        let address = address.unwrap_or_default();
        let host = address.host.as_deref().unwrap_or("localhost");
        command.args(["--host", host, "--database", &place.name()]);
        command.args(address.port.map(|port| format!("--port={port}")));
        command.args(address.user.map(|user| format!("--user={user}")));
        if let Some(password) = &address.password {
            command.env("MYSQL_PWD", password.reveal());
        }
    }

    fn query(&self, command: &mut Command, sql: &str) {
        command.args(["--execute", sql]);
    }

    fn load(&self, file: &Path, table: &str) -> String {
        format!(
            "LOAD DATA LOCAL INFILE '{}' INTO TABLE {table} FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"' \
             ESCAPED BY '' LINES TERMINATED BY '\\n' IGNORE 1 LINES",
            file.display()
        )
    }
}
