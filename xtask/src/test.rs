//! `cargo xtask test`: the tests of the workspace.

use std::process::ExitCode;

use crate::cargo;
use crate::refuse;
use crate::wants_help;

const HELP: &str = "\
Run the tests of the workspace.

Usage: cargo xtask test [--on DATABASE] [FILTER...]

Arguments:
  FILTER...        Only tests whose names contain one of these texts

Options:
  --on DATABASE    sqlite (default), postgres, mysql, mariadb or all";

/// Databases whose driver exists, so that tests on them mean something.
const TESTED: [&str; 1] = ["sqlite"];

/// Databases to which no driver connects yet.
const UNTESTED: [&str; 3] = ["postgres", "mysql", "mariadb"];

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let request = match Request::read(arguments) {
        Ok(request) => request,
        Err(reason) => return refuse(&reason),
    };
    if let Err(reason) = check(&request.on) {
        return refuse(&reason);
    }
    let mut command = cargo::cargo(&["test", "--workspace"]);
    if !request.filters.is_empty() {
        command.arg("--").args(&request.filters);
    }
    if cargo::succeeds(&mut command) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Request {
    on: String,
    filters: Vec<String>,
}

impl Request {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut request = Self {
            on: "sqlite".to_owned(),
            filters: Vec::new(),
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            if word == "--on" {
                request
                    .on
                    .clone_from(words.next().ok_or("--on needs the name of a database")?);
            } else if let Some(database) = word.strip_prefix("--on=") {
                database.clone_into(&mut request.on);
            } else if word.starts_with('-') {
                return Err(format!("there is no option {word}\n\n{HELP}"));
            } else {
                request.filters.push(word.clone());
            }
        }
        Ok(request)
    }
}

/// A database without a driver is refused: a run that tests nothing must not look like one that passes.
fn check(database: &str) -> Result<(), String> {
    if TESTED.contains(&database) {
        return Ok(());
    }
    if UNTESTED.contains(&database) {
        return Err(format!(
            "no driver connects to {database} yet: `cargo xtask test` runs files of SQL on it where {} names a server",
            variable(database)
        ));
    }
    if database == "all" {
        return Err(format!(
            "no drivers connect to {} yet; run `cargo xtask test` for SQLite",
            UNTESTED.join(", ")
        ));
    }
    Err(format!(
        "\"{database}\" is none of sqlite, postgres, mysql, mariadb and all"
    ))
}

/// The variable by which tests find a server.
fn variable(database: &str) -> String {
    format!("LIMBECK_TEST_{}_URL", database.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Request::read(&words)
    }

    #[test]
    fn filters_and_the_database_are_told_apart() {
        let request = read("graph --on=mysql lexer").unwrap();
        assert_eq!(request.on, "mysql");
        assert_eq!(request.filters, ["graph", "lexer"]);
        assert_eq!(read("").unwrap().on, "sqlite");
        assert_eq!(read("--on postgres").unwrap().on, "postgres");
        assert!(read("--on").is_err());
        assert!(read("--nocapture").is_err());
    }

    #[test]
    fn only_a_database_with_a_driver_is_tested() {
        assert!(check("sqlite").is_ok());
        for database in ["postgres", "mysql", "mariadb", "all", "oracle"] {
            assert!(check(database).is_err(), "{database}");
        }
    }
}
