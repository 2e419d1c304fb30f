//! `cargo xtask matrix`: the tests that need a server, on every server.

mod allowed;
mod binaries;
mod failures;
mod targets;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use crate::cargo;
use crate::refuse;
use crate::servers;
use crate::servers::SERVERS;
use crate::servers::Server;
use crate::servers::ServersFrom;
use crate::wants_help;
use allowed::Allowed;
use binaries::Binaries;
use targets::TARGETS;

const HELP: &str = "\
Run the tests that need a server on every server of the matrix, each started for it, and print one table.

Usage: cargo xtask matrix [--containers] [SERVER...]

Servers, all that can be had without an image when none is named:
  pg12, pg13, pg15, pg17, pg18, mysql80, mysql84, mysql97, mariadb105, mariadb1011, mariadb118

Options:
  --containers    From images (see `cargo xtask images`), and not from unpacked packages of Debian; pg12 is a package of
                  npm where its image cannot be pulled

A server that is missing fails the matrix, unless its packages or its image cannot be had and .ci/missing-servers allows that
for today.";

/// What a child prints in front of a result.
const RESULT: &str = "limbeck-matrix-result";

/// What a child prints in front of a line of what a failed target says.
const SAID: &str = "limbeck-matrix-said";

/// The exit code of `limbeck-servers` when a server is missing.
const MISSING: i32 = 3;

/// The option by which this program runs itself where the server is.
const INSIDE: &str = "--inside";

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let request = match Request::read(arguments) {
        Ok(request) => request,
        Err(reason) => return refuse(&format!("{reason}\n\n{HELP}")),
    };
    if request.inside {
        return inside(&request);
    }
    let allowed = match Allowed::load() {
        Ok(allowed) => allowed,
        Err(reason) => return refuse(&reason),
    };
    let binaries = match Binaries::compile(request.containers) {
        Ok(binaries) => binaries,
        Err(reason) => return refuse(&reason),
    };
    let outcomes = everywhere(&request, &allowed, &binaries);
    println!("{}{}", failures(&outcomes), table(&outcomes));
    match outcomes.iter().all(|(_, outcome)| outcome.passes()) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Request {
    servers: Vec<&'static Server>,
    containers: bool,
    inside: bool,
}

impl Request {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut request = Self {
            servers: Vec::new(),
            containers: false,
            inside: false,
        };
        for argument in arguments {
            match argument.as_str() {
                "--containers" => request.containers = true,
                INSIDE => request.inside = true,
                option if option.starts_with('-') => return Err(format!("there is no option {option}")),
                word => request.servers.push(Server::named(word)?),
            }
        }
        if request.servers.is_empty() {
            request.servers = SERVERS.iter().filter(|server| server.is_packaged()).collect();
        }
        Ok(request)
    }
}

/// What became of a server.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// Whether each target passed, by its name, and what those say that failed.
    Ran {
        results: BTreeMap<String, bool>,
        failures: Vec<String>,
    },
    /// There is none, for a reason that the list allows today or does not.
    Missing { reason: String, allowed: bool },
}

impl Outcome {
    fn passes(&self) -> bool {
        match self {
            Self::Ran { results, .. } => !results.is_empty() && results.values().all(|passed| *passed),
            Self::Missing { allowed, .. } => *allowed,
        }
    }
}

/// How many servers are tried at once: most of the time tests wait for their server.
const AT_ONCE: usize = 3;

/// What becomes of each server.
fn everywhere(request: &Request, allowed: &Allowed, binaries: &Binaries) -> Vec<(&'static Server, Outcome)> {
    // One after the other, so that no two unpack the same suite.
    for server in request.servers.iter().filter(|_| !request.containers) {
        // What is missing is told when its turn comes.
        let _ = server.unpack();
    }
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(server) = request.servers.get(index) else {
                return;
            };
            let outcome = on(server, request.containers, allowed, binaries);
            let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
            outcomes.insert(index, (*server, outcome));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.into_values().collect()
}

/// Starts a server and runs the targets on it.
fn on(server: &'static Server, containers: bool, allowed: &Allowed, binaries: &Binaries) -> Outcome {
    let missing = |reason: String, allowed: bool| {
        eprintln!("missing: {}: {reason}", server.word);
        Outcome::Missing { reason, allowed }
    };
    let from = match containers {
        false => ServersFrom::Programs,
        true if server.has_image() || !server.is_of_npm() => ServersFrom::Containers,
        true => ServersFrom::ProgramsBesideContainers,
    };
    let containers = from == ServersFrom::Containers;
    let had = match containers {
        true if server.has_image() => Ok(()),
        true => Err(format!(
            "the image {} is not here and cannot be pulled",
            server.image
        )),
        false => server.unpack(),
    };
    if let Err(reason) = had {
        return missing(reason, allowed.allows(server.word));
    }
    let mut command = match command(server, from, binaries) {
        Ok(command) => command,
        Err(reason) => return missing(reason, false),
    };
    binaries.tell(&mut command);
    cargo::show(&command);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) => return missing(format!("limbeck-servers cannot be started: {error}"), false),
    };
    if output.status.code() == Some(MISSING) {
        return missing("it does not start".to_owned(), false);
    }
    read_results(&String::from_utf8_lossy(&output.stdout))
}

/// What a child has printed of its targets.
fn read_results(printed: &str) -> Outcome {
    let (mut results, mut failures) = (BTreeMap::new(), Vec::new());
    for line in printed.lines() {
        if let Some((target, passed)) = line
            .strip_prefix(RESULT)
            .and_then(|rest| rest.trim().split_once(' '))
        {
            results.insert(target.to_owned(), passed == "ok");
        } else if let Some(said) = line.strip_prefix(SAID) {
            failures.push(said.strip_prefix(' ').unwrap_or(said).to_owned());
        }
    }
    Outcome::Ran { results, failures }
}

/// `limbeck-servers` with the server and with this program, which runs the targets.
fn command(server: &Server, from: ServersFrom, binaries: &Binaries) -> Result<Command, String> {
    let containers = from == ServersFrom::Containers;
    let this = std::env::current_exe().map_err(|error| format!("this program: {error}"))?;
    let this = this.to_string_lossy().into_owned();
    let mut arguments = vec![server.word, "--", &this, "matrix", INSIDE, server.word];
    if containers {
        arguments.push("--containers");
    }
    let mut command = Command::new(binaries.servers()?);
    servers::tell(&mut command, from);
    command.args(arguments);
    let mut path = vec![server.clients(containers)?];
    path.extend(std::env::split_paths(
        &std::env::var_os("PATH").unwrap_or_default(),
    ));
    let path = std::env::join_paths::<_, PathBuf>(path).map_err(|error| format!("PATH: {error}"))?;
    // The packages and images of MariaDB have Galera; PgBouncer and mariadb-dump are programs of this machine.
    let required = match server.engine {
        "mariadb" => "mariadb,galera,mariadb-dump",
        "mysql" => "mysql,mysqldump",
        "postgres" => "postgres,pgbouncer",
        engine => engine,
    };
    command
        .env("PATH", path)
        .env("LIMBECK_TEST_REQUIRE", required)
        .env("LIMBECK_TEST_ENGINES", server.engine);
    // The matrix is about this server only.
    for variable in ["TEST_DATABASE_URI", "TEST_DATABASE_URL", "DATABASE_URL"] {
        command.env_remove(variable);
    }
    for server in &SERVERS {
        command.env_remove(format!("LIMBECK_TEST_{}_URL", server.engine.to_uppercase()));
        command.env_remove(format!("LIMBECK_TEST_{}_KIND", server.engine.to_uppercase()));
    }
    command.stdout(Stdio::piped()).stderr(Stdio::inherit());
    Ok(command)
}

/// Runs the targets where the server is, and prints the results for [`on`].
fn inside(request: &Request) -> ExitCode {
    let binaries = match Binaries::of_parent() {
        Ok(binaries) => binaries,
        Err(reason) => return refuse(&reason),
    };
    let mut all_passed = true;
    for server in &request.servers {
        for target in TARGETS.iter().filter(|target| target.runs_on(server)) {
            let ran = target
                .command(server, &binaries)
                .and_then(|mut command| failures::watch(&mut command));
            let said = match ran {
                Ok(failures) => failures,
                Err(reason) => Some(vec![reason]),
            };
            let result = if said.is_none() { "ok" } else { "failed" };
            println!("{RESULT} {} {result}", target.name);
            for line in said.iter().flatten() {
                println!("{SAID} {line}");
            }
            all_passed &= said.is_none();
        }
    }
    match all_passed {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// What the failed targets say, where a reader of a long log looks: at its end.
fn failures(outcomes: &[(&Server, Outcome)]) -> String {
    let mut text = String::new();
    for (server, outcome) in outcomes {
        if let Outcome::Ran { failures, .. } = outcome {
            for line in failures {
                text.push_str(&format!("\n{}: {line}", server.word));
            }
        }
    }
    text
}

/// A line for each server, and one that counts.
fn table(outcomes: &[(&Server, Outcome)]) -> String {
    let mut text = format!("\n{:<13}", "server");
    text.extend(TARGETS.iter().map(|target| format!("{:<13}", target.name)));
    for (server, outcome) in outcomes {
        text = format!("{}\n{:<13}", text.trim_end(), server.word);
        match outcome {
            Outcome::Ran { results, .. } => text.extend(TARGETS.iter().map(|target| {
                let result = match results.get(target.name) {
                    Some(true) => "ok",
                    Some(false) => "FAILED",
                    None => "-",
                };
                format!("{result:<13}")
            })),
            Outcome::Missing { reason, allowed } => {
                let allowed = if *allowed {
                    "missing, which is allowed today"
                } else {
                    "MISSING"
                };
                text.push_str(&format!(
                    "{allowed}: {}",
                    reason.lines().next().unwrap_or_default()
                ));
            }
        }
    }
    let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|(_, outcome)| wanted(outcome)).count();
    let missing = count(|outcome| matches!(outcome, Outcome::Missing { .. }));
    let failed = count(|outcome| !outcome.passes());
    format!(
        "{}\n\n{} servers: {failed} failed, {missing} missing",
        text.trim_end(),
        outcomes.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn without_a_name_all_packaged_servers_run() {
        let request = Request::read(&[]).unwrap();
        let names: Vec<_> = request.servers.iter().map(|server| server.word).collect();
        assert!(
            names.contains(&"pg12") && !names.contains(&"mysql80"),
            "{names:?}"
        );
        let request = Request::read(&words("--containers mysql80 pg13")).unwrap();
        assert!(request.containers);
        assert_eq!(request.servers.len(), 2);
        assert!(Request::read(&words("--fast")).is_err());
        assert!(Request::read(&words("pg9")).is_err());
    }

    #[test]
    fn the_table_names_and_counts_what_is_missing() {
        let ran = |passed| Outcome::Ran {
            results: TARGETS
                .iter()
                .map(|target| (target.name.to_owned(), passed))
                .collect(),
            failures: Vec::new(),
        };
        let missing = |allowed| Outcome::Missing {
            reason: "no packages\nand more".to_owned(),
            allowed,
        };
        let outcomes = [
            (&SERVERS[0], ran(true)),
            (&SERVERS[1], ran(false)),
            (&SERVERS[2], missing(true)),
            (&SERVERS[3], missing(false)),
        ];
        let table = table(&outcomes);
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[2].starts_with("pg12         ok "), "{table}");
        assert!(lines[3].starts_with("pg13         FAILED "), "{table}");
        assert_eq!(
            lines[4],
            "pg15         missing, which is allowed today: no packages"
        );
        assert_eq!(lines[5], "pg17         MISSING: no packages");
        assert_eq!(lines[7], "4 servers: 2 failed, 2 missing");
    }

    #[test]
    fn a_server_on_which_nothing_ran_has_not_passed() {
        assert!(!read_results("").passes());
    }

    #[test]
    fn a_failed_target_says_why_at_the_end() {
        let printed = "limbeck-matrix-result driver ok\nlimbeck-matrix-result command failed\n\
                       limbeck-matrix-said ---- one ----\nlimbeck-matrix-said   left: 1\n";
        let outcome = read_results(printed);
        assert!(!outcome.passes());
        let said = failures(&[(&SERVERS[0], outcome)]);
        assert_eq!(said, "\npg12: ---- one ----\npg12:   left: 1");
    }
}
