//! What the engine's own program says of a schema.

use std::process::Command;

use super::Client;
use super::ClientDatabase;
use super::database::run;
use super::database::succeeded;
use crate::servers::broken;
use crate::servers::skip_for_want_of;

/// The program.
const PROGRAM: &str = "pg_dump";

impl ClientDatabase {
    /// The lines that `pg_dump` writes of the schema, without owners and grants, sorted: two databases that have the same are
    /// the same but for the order in which they were made. None, said aloud, where the program is missing or older than the
    /// server, and for engines without it.
    ///
    /// # Panics
    /// The program fails.
    pub fn dump(&self) -> Option<Vec<String>> {
        let server = major(&self.server_version());
        let program = Command::new(PROGRAM).arg("--version").output().ok();
        let program = program.and_then(|output| {
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.split_whitespace().nth(2).and_then(major)
        });
        if self.client() != Client::Psql || program.is_none() || program < server {
            let missing = format!("{PROGRAM} is not installed, or is older than the server");
            skip_for_want_of("pg_dump", &missing);
            return None;
        }
        let mut command = self.program(PROGRAM);
        command.args(["--schema-only", "--no-owner", "--no-privileges"]);
        let text = run(&mut command, "").and_then(succeeded);
        let text = text.unwrap_or_else(|error| broken(PROGRAM, error));
        let lines = text.lines().filter(|line| says_something(line));
        // The last of several columns has no comma.
        let mut lines: Vec<String> = lines.map(|line| line.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        Some(lines)
    }
}

/// Whether a line is no comment, and none that only this run of the program has.
fn says_something(line: &str) -> bool {
    !line.is_empty() && !line.starts_with("--") && !line.starts_with("\\")
}

fn major(version: &str) -> Option<u32> {
    let digits = version
        .split(|c: char| !c.is_ascii_digit())
        .find(|digits| !digits.is_empty());
    digits.and_then(|digits| digits.parse().ok())
}
