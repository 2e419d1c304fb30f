//! `cargo xtask test`: the tests of the workspace.

use std::env;
use std::process::Command;
use std::process::ExitCode;

use crate::cargo;
use crate::parts;
use crate::refuse;
use crate::servers;
use crate::servers::ServersFrom;
use crate::wants_help;

const HELP: &str = "\
Run the tests of the workspace, with a server of each engine: the ones that the environment names (LIMBECK_TEST_POSTGRES_URL,
LIMBECK_TEST_MYSQL_URL, LIMBECK_TEST_MARIADB_URL), else ones that are started for the run, from images where a Docker engine
answers and from installed programs where not. Tests on an engine without a server say that they are skipped.

Without a filter, the command is compiled without drivers, with each one and with all, and a driver outside of the workspace
passes the conformance suite.

With TEST_DATABASE_URI or TEST_DATABASE_URL, all that needs a server runs on that one.

Usage: cargo xtask test [--full] [--on DATABASE] [--containers] [FILTER...]

Arguments:
  FILTER...        Only tests whose names contain one of these texts

Options:
  --full           A server that is missing is a failure: each engine's, or the given one's
  --on DATABASE    sqlite (no server is started), postgres, mysql, mariadb (which must not be missing), or all
  --containers     Compile the tests as `cargo xtask matrix --containers` does, which then need not do it again";

const ENGINES: [&str; 3] = ["postgres", "mysql", "mariadb"];

/// The variables with the one server for the whole run.
const ONE: [&str; 2] = ["TEST_DATABASE_URI", "TEST_DATABASE_URL"];

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let plan = Request::read(arguments).and_then(|request| Plan::new(request, variable));
    match plan {
        Ok(plan) if plan.succeeds() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(reason) => refuse(&reason),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Request {
    on: Option<String>,
    full: bool,
    containers: bool,
    filters: Vec<String>,
}

impl Request {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut request = Self {
            on: None,
            full: false,
            containers: false,
            filters: Vec::new(),
        };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            if word == "--on" {
                request.on = Some(words.next().ok_or("--on needs the name of a database")?.clone());
            } else if let Some(database) = word.strip_prefix("--on=") {
                request.on = Some(database.to_owned());
            } else if word == "--full" {
                request.full = true;
            } else if word == "--containers" {
                request.containers = true;
            } else if word.starts_with('-') {
                return Err(format!("there is no option {word}\n\n{HELP}"));
            } else {
                request.filters.push(word.clone());
            }
        }
        Ok(request)
    }
}

/// What is started and what may not be missing.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    wanted: Vec<&'static str>,
    start: Vec<&'static str>,
    required: Vec<&'static str>,
    containers: bool,
    filters: Vec<String>,
}

impl Plan {
    fn new(request: Request, variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let wanted: Vec<&'static str> = match request.on.as_deref() {
            None | Some("all") => ENGINES.to_vec(),
            Some("sqlite") => Vec::new(),
            Some(one) => match ENGINES.into_iter().find(|engine| *engine == one) {
                Some(engine) => vec![engine],
                None => {
                    return Err(format!(
                        "\"{one}\" is none of sqlite, {} and all",
                        ENGINES.join(", ")
                    ));
                }
            },
        };
        let named =
            |engine: &&str| variable(&format!("LIMBECK_TEST_{}_URL", engine.to_uppercase())).is_some();
        let required = request.full || request.on.is_some();
        let given = ONE.into_iter().find_map(|name| Some((name, variable(name)?)));
        let (start, wanted) = match given {
            Some((name, url)) => (Vec::new(), wanted_of(name, &url, &wanted)?),
            // Servers from nowhere are those that the environment names, and none is started.
            None if variable("LIMBECK_TEST_SERVERS_FROM").as_deref() == Some("nowhere") => {
                (Vec::new(), wanted)
            }
            None => (
                wanted.iter().copied().filter(|engine| !named(engine)).collect(),
                wanted,
            ),
        };
        Ok(Self {
            start,
            required: if required { wanted.clone() } else { Vec::new() },
            wanted,
            containers: request.containers,
            filters: request.filters,
        })
    }

    /// Runs the tests of the workspace, and what stands apart from it where no tests are picked.
    fn succeeds(&self) -> bool {
        cargo::succeeds(&mut self.command())
            && (!self.filters.is_empty() || parts::commands().iter_mut().all(cargo::succeeds))
    }

    fn command(&self) -> Command {
        let mut words: Vec<&str> = vec!["test", "--workspace"];
        if self.containers {
            words.extend(servers::CONTAINERS);
        }
        if !self.filters.is_empty() {
            words.push("--");
            words.extend(self.filters.iter().map(String::as_str));
        }
        let mut command = match self.start.is_empty() {
            true => cargo::cargo(&words),
            false => {
                let program = cargo::program().to_string_lossy().into_owned();
                let mut all = Vec::new();
                if self.required.is_empty() {
                    all.push("--available");
                }
                all.extend(&self.start);
                all.extend(["--", &program]);
                all.extend(words);
                let from = match servers::has_containers() {
                    true => ServersFrom::Containers,
                    false => ServersFrom::Programs,
                };
                servers::limbeck_servers(from, &all)
            }
        };
        if self.wanted.is_empty() {
            command.env("LIMBECK_TEST_SERVERS_FROM", "nowhere");
        }
        if !self.required.is_empty() {
            command.env("LIMBECK_TEST_REQUIRE", self.required.join(","));
        }
        command
    }
}

/// The engine of the server that is given, as long as it is among those that are wanted.
fn wanted_of(name: &str, url: &str, wanted: &[&'static str]) -> Result<Vec<&'static str>, String> {
    let scheme = url.split([':', '+']).next().unwrap_or_default();
    let engine = match scheme {
        "sqlite" => return Ok(Vec::new()),
        "postgresql" => "postgres",
        scheme => scheme,
    };
    let found = ENGINES.into_iter().find(|known| *known == engine);
    let engine = found.ok_or_else(|| {
        format!(
            "{name} names no server of {}: its scheme is {scheme}",
            ENGINES.join(", ")
        )
    })?;
    match wanted.is_empty() || wanted.contains(&engine) {
        true => Ok(vec![engine]),
        false => Err(format!(
            "{name} names a server of {engine}, and --on {}",
            wanted.join(", ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Request::read(&words)
    }

    fn plan(line: &str, variables: &[(&str, &str)]) -> Result<Plan, String> {
        Plan::new(read(line)?, |name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn filters_and_options_are_told_apart() {
        let request = read("graph --on=mysql lexer --full").unwrap();
        assert_eq!(request.on.as_deref(), Some("mysql"));
        assert!(request.full);
        assert_eq!(request.filters, ["graph", "lexer"]);
        assert_eq!(read("").unwrap().on, None);
        assert!(!request.containers && read("--containers").unwrap().containers);
        assert!(read("--on").is_err());
        assert!(read("--nocapture").is_err());
        assert!(plan("--on oracle", &[]).is_err());
    }

    #[test]
    fn what_can_be_had_is_started_and_nothing_is_required() {
        let plan = plan("", &[("LIMBECK_TEST_MYSQL_URL", "mysql://h")]).unwrap();
        assert_eq!(plan.start, ["postgres", "mariadb"]);
        assert!(plan.required.is_empty());
    }

    #[test]
    fn nothing_is_started_from_nowhere() {
        let plan = plan("", &[("LIMBECK_TEST_SERVERS_FROM", "nowhere")]).unwrap();
        assert!(plan.start.is_empty());
        assert_eq!(plan.wanted, ENGINES);
    }

    #[test]
    fn a_full_run_requires_every_engine_and_one_on_an_engine_requires_it() {
        assert_eq!(plan("--full", &[]).unwrap().required, ENGINES);
        assert_eq!(plan("--on all", &[]).unwrap().required, ENGINES);
        let one = plan("--on mariadb", &[]).unwrap();
        assert_eq!(one.start, ["mariadb"]);
        assert_eq!(one.required, ["mariadb"]);
        let none = plan("--on sqlite", &[]).unwrap();
        assert!(none.wanted.is_empty() && none.start.is_empty() && none.required.is_empty());
    }

    #[test]
    fn a_given_server_is_the_only_one() {
        let given = [("TEST_DATABASE_URI", "postgresql+asyncpg://a@h/b")];
        let plan = |line| plan(line, &given);
        let full = plan("--full").unwrap();
        assert!(full.start.is_empty());
        assert_eq!(full.required, ["postgres"]);
        assert!(plan("").unwrap().required.is_empty());
        assert!(plan("--on mysql").is_err());
    }
}
