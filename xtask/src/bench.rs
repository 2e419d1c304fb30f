//! `cargo xtask bench`: Limbeck beside the engines' own clients and beside other tools.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;

use crate::cargo;
use crate::refuse;
use crate::servers;
use crate::servers::Server;
use crate::servers::ServersFrom;
use crate::wants_help;

const HELP: &str = "\
Measure the release build of `limbeck` beside the engines' own clients (psql, mysql, mariadb, sqlite3) and beside those of
alembic, sqlx, refinery, diesel and dbmate that are in PATH: the same work, in turn, medians of several rounds. It prints a
table with the targets.

Servers are those that the environment names (LIMBECK_TEST_POSTGRES_URL, LIMBECK_TEST_MYSQL_URL, LIMBECK_TEST_MARIADB_URL);
others are started for the run.

Usage: cargo xtask bench [OPTIONS] [ROW...]

Arguments:
  ROW...              Only these kinds of work: `cargo xtask bench --list`

Options:
  --engine ENGINE     Only on this engine: sqlite, postgres, mysql or mariadb; may be given several times
  --size SIZE         Only cases of this size; may be given several times
  --quick             Small sizes and few rounds, to see that all is well
  --rounds N          At most so many rounds [default: 11, with --quick 3]
  --without-peers     Beside the engines' clients only
  --json FILE         Write the results as JSON
  --plot FILE         Write a plot of the ratios as SVG
  --update-docs       Write table, plots and JSON into docs/performance.md and docs/performance/
  --from FILE         Measure nothing: take the results from this JSON
  --limbeck PROGRAM   Measure this program, and build none
  --list              List the rows";

/// The newest server of each engine that has one.
const SERVERS: [&str; 3] = ["pg18", "mysql97", "mariadb118"];

/// What runs without a measurement.
const IDLE: [&str; 2] = ["--list", "--from"];

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match measured(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(reason) => refuse(&reason),
    }
}

fn measured(arguments: &[String]) -> Result<bool, String> {
    let runner = build(
        &["--profile", "bench", "--package", "limbeck-benches"],
        "limbeck-bench",
    )?;
    let request = Request::read(arguments);
    let mut words = request.words;
    if !request.is_idle && !request.has_program {
        let limbeck = build(&["--release", "--package", "limbeck-cli"], "limbeck")?;
        words.extend(["--limbeck".to_owned(), limbeck.display().to_string()]);
    }
    let is_given = |engine: &str| {
        let url = env::var_os(format!("LIMBECK_TEST_{}_URL", engine.to_uppercase()));
        url.is_some_and(|url| !url.is_empty())
    };
    let missing: Vec<&Server> = match request.is_idle {
        true => Vec::new(),
        false => SERVERS
            .iter()
            .filter_map(|word| Server::named(word).ok())
            .filter(|server| {
                request.engines.is_empty() || request.engines.iter().any(|engine| engine == server.engine)
            })
            .filter(|server| !is_given(server.engine))
            .collect(),
    };
    let mut command = match missing.is_empty() {
        true => Command::new(&runner),
        false => with_servers(&missing, &runner)?,
    };
    command.args(&words);
    Ok(cargo::succeeds(&mut command))
}

/// What the runner is asked, and what this task must know of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Request {
    words: Vec<String>,
    engines: Vec<String>,
    has_program: bool,
    is_idle: bool,
}

impl Request {
    fn read(arguments: &[String]) -> Self {
        let mut request = Self::default();
        for (position, argument) in arguments.iter().enumerate() {
            let before = position.checked_sub(1).and_then(|before| arguments.get(before));
            if before.is_some_and(|before| before == "--engine") {
                request.engines.push(argument.clone());
            }
            request.has_program |= argument == "--limbeck";
            request.is_idle |= IDLE.contains(&argument.as_str());
            request.words.push(argument.clone());
            if argument == "--update-docs" {
                request
                    .words
                    .push(cargo::workspace().join("docs").display().to_string());
            }
        }
        request
    }
}

/// Builds a program of the workspace; its path.
fn build(arguments: &[&str], name: &str) -> Result<PathBuf, String> {
    let mut words = vec!["build", "--message-format=json-render-diagnostics", "--bin", name];
    words.extend(arguments);
    let mut command = cargo::cargo(&words);
    command.stderr(Stdio::inherit());
    cargo::show(&command);
    let output = command
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("{name} does not compile"));
    }
    let messages = String::from_utf8_lossy(&output.stdout);
    executable(&messages, name).ok_or_else(|| format!("cargo names no program {name}"))
}

/// The path of a program in the messages of cargo (<https://doc.rust-lang.org/cargo/reference/external-tools.html>).
fn executable(messages: &str, name: &str) -> Option<PathBuf> {
    messages.lines().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let executable = message.get("executable")?.as_str()?;
        let is_it = message.get("target")?.get("name")? == name;
        is_it.then(|| PathBuf::from(executable))
    })
}

/// `limbeck-servers` with these servers and the runner. Those that cannot be had are said, and the runner goes without them.
fn with_servers(servers: &[&Server], runner: &std::path::Path) -> Result<Command, String> {
    let mut words = vec!["--available"];
    let mut path = Vec::new();
    for server in servers {
        match server.unpack() {
            Ok(()) => {
                words.push(server.word);
                path.push(server.clients(false)?);
            }
            // Some version may be installed all the same.
            Err(reason) => {
                eprintln!("{}: {reason}", server.word);
                words.push(server.engine);
            }
        }
    }
    let runner = runner.to_string_lossy().into_owned();
    words.extend(["--", &runner]);
    let mut command = servers::limbeck_servers(ServersFrom::Programs, &words);
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths::<_, PathBuf>(path).map_err(|error| format!("PATH: {error}"))?;
    command.env("PATH", path);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Request {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Request::read(&words)
    }

    #[test]
    fn what_the_task_must_know_is_read_and_all_goes_to_the_runner() {
        let request = read("noop --engine mysql --limbeck target/release/limbeck --quick");
        assert_eq!(request.engines, ["mysql"]);
        assert!(request.has_program && !request.is_idle);
        assert_eq!(request.words.len(), 6);
        assert!(read("--list").is_idle && !read("list").is_idle);
        let request = read("--update-docs --from r.json");
        assert!(request.words[1].ends_with("docs"), "{request:?}");
        assert_eq!(request.words[2..], ["--from", "r.json"]);
    }

    #[test]
    fn the_program_is_found_in_the_messages_of_cargo() {
        let messages = "{\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"limbeck-bench\"},\"executable\":null}\n\
            {\"reason\":\"compiler-artifact\",\"target\":{\"name\":\"limbeck-bench\"},\"executable\":\"/t/release/limbeck-bench\"}\n";
        let found = executable(messages, "limbeck-bench");
        assert_eq!(found, Some(PathBuf::from("/t/release/limbeck-bench")));
        assert_eq!(executable(messages, "limbeck"), None);
    }
}
