//! The tasks of this workspace. `cargo xtask` alone lists them.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task talks to the terminal"
)]

mod bench;
mod cargo;
mod db;
mod matrix;
mod migrate;
mod parts;
mod registry;
mod servers;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
The tasks of this workspace.

Usage: cargo xtask <TASK> [ARGS]

Tasks:
  migrate   Run `limbeck` on the registry's history; `upgrade heads` when nothing else is said
  db        The registry's database, and its server in a container
  test      Run the tests, with a server of each engine that can be had
  images    Build images of the servers, where none can be pulled
  matrix    Run the tests that need a server on every server, and print one table
  bench     Measure `limbeck` beside the engines' clients and beside other tools
  tidy      Check formatting, lints, documentation and the order of the core's modules

`cargo xtask <TASK> --help` says more.";

/// Wrong usage, or a task that is refused.
const REFUSED: u8 = 2;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let task = words.next();
    let arguments: Vec<String> = words.collect();
    match task.as_deref() {
        Some("migrate") => migrate::run(&arguments),
        Some("db") => db::run(&arguments),
        Some("test") => test::run(&arguments),
        Some("images") => servers::images::run_task(&arguments),
        Some("matrix") => matrix::run(&arguments),
        Some("bench") => bench::run(&arguments),
        Some("tidy") => tidy::run(&arguments),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Some(task) => refuse(&format!("there is no task \"{task}\"\n\n{HELP}")),
    }
}

/// Says why nothing was done.
fn refuse(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::from(REFUSED)
}

/// Whether the arguments ask for help.
fn wants_help(arguments: &[String]) -> bool {
    arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
}
