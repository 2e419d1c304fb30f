//! `cargo xtask tidy`: what must hold of the source beside its tests.

mod core_source;
mod modules;
mod tree;
mod words;

use std::io;
use std::process::ExitCode;

use crate::cargo;
use crate::refuse;
use crate::wants_help;

const HELP: &str = "\
Check the source.

Usage: cargo xtask tidy [CHECK...]

Checks, all of them when none is named:
  format      cargo fmt --check
  lints       clippy on every target, warnings are errors
  docs        rustdoc, warnings are errors
  modules     a module of the core uses only those before it
  words       no code of the core names a database
  tree        `cargo xtask migrate` builds no heavy crate";

/// A check: its name, and whether it holds.
type Check = (&'static str, fn() -> bool);

const CHECKS: [Check; 6] = [
    ("format", || {
        cargo::succeeds(&mut cargo::cargo(&["fmt", "--all", "--check"]))
    }),
    ("lints", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        cargo::succeeds(&mut cargo::cargo(&arguments))
    }),
    ("docs", || {
        let mut command = cargo::cargo(&["doc", "--workspace", "--no-deps"]);
        cargo::succeeds(command.env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("modules", || holds(modules::findings())),
    ("words", || holds(words::findings())),
    ("tree", || holds(tree::findings())),
];

pub(crate) fn run(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let is_known = |argument: &&String| CHECKS.iter().any(|(name, _)| name == argument);
    if let Some(argument) = arguments.iter().find(|argument| !is_known(argument)) {
        return refuse(&format!("there is no check \"{argument}\"\n\n{HELP}"));
    }
    let failed: Vec<&str> = CHECKS
        .iter()
        .filter(|(name, _)| arguments.is_empty() || arguments.iter().any(|argument| argument == name))
        .filter(|(name, check)| {
            eprintln!("tidy: {name}");
            !check()
        })
        .map(|(name, _)| *name)
        .collect();
    if failed.is_empty() {
        eprintln!("tidy: all is well");
        return ExitCode::SUCCESS;
    }
    eprintln!("tidy: failed: {}", failed.join(", "));
    ExitCode::FAILURE
}

fn holds(findings: io::Result<Vec<String>>) -> bool {
    let findings = findings.unwrap_or_else(|error| vec![error.to_string()]);
    for finding in &findings {
        eprintln!("error: {finding}");
    }
    findings.is_empty()
}
