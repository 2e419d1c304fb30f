//! Runs a command with database servers: `limbeck-servers pg18 mysql97 -- COMMAND`.

#![allow(clippy::print_stderr, reason = "a command talks to the terminal")]

use std::ffi::OsString;
use std::process::ExitCode;

use limbeck_testkit::ServerKind;
use limbeck_testkit::ServersCommand;

const HELP: &str = "\
Runs a command with database servers that end with it, also when this process is killed.

Usage: limbeck-servers [--available] SERVER... -- COMMAND [ARGUMENT...]

  SERVER   postgres, mysql or mariadb (any version), or one of pg12, pg13, pg15, pg17, pg18, mysql80, mysql84, mysql97,
           mariadb105, mariadb1011, mariadb118

  --available   A server that can't be had is said, and the command runs without it

The command finds the URL of each server in a variable, as LIMBECK_TEST_PG13_URL, and that of the first one of an engine
in LIMBECK_TEST_POSTGRES_URL, LIMBECK_TEST_MYSQL_URL or LIMBECK_TEST_MARIADB_URL. Its exit code is that of this program;
2 is wrong usage, and 3 a server that is missing.";

const USAGE: u8 = 2;
const MISSING: u8 = 3;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    if words.first().is_some_and(|word| word == "--help" || word == "-h") {
        eprintln!("{HELP}");
        return ExitCode::SUCCESS;
    }
    ExitCode::from(run(&words).unwrap_or_else(|(code, reason)| {
        eprintln!("error: {reason}");
        code
    }))
}

fn run(words: &[OsString]) -> Result<u8, (u8, String)> {
    let usage = |reason: &str| (USAGE, format!("{reason}\n\n{HELP}"));
    let mut parts = words.splitn(2, |word| word == "--");
    let mut kinds = parts.next().unwrap_or_default();
    let Some([program, arguments @ ..]) = parts.next() else {
        return Err(usage("there is no command after --"));
    };
    let mut available = false;
    if let [option, rest @ ..] = kinds
        && option == "--available"
    {
        (available, kinds) = (true, rest);
    }
    let kinds: Result<Vec<ServerKind>, _> = kinds.iter().map(|word| word.to_string_lossy().parse()).collect();
    let kinds = kinds.map_err(|reason| usage(&reason))?;
    let (servers, missing) = ServersCommand::start(&kinds);
    let missing: Vec<String> = missing
        .iter()
        .map(|(kind, reason)| format!("{kind}: {reason}"))
        .collect();
    if !missing.is_empty() && !available {
        return Err((MISSING, missing.join("\n")));
    }
    for line in missing {
        eprintln!("missing: {line}");
    }
    for line in servers.descriptions() {
        eprintln!("{line}");
    }
    servers.run(program, arguments).map_err(|reason| (USAGE, reason))
}
