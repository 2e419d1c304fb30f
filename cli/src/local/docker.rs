//! The Docker engine.

use std::process::Command;
use std::process::Output;

use serde::de::DeserializeOwned;

use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Fails unless an engine answers.
pub(super) fn require_engine() -> Result<(), CommandError> {
    let reason = match Command::new("docker")
        .args(["version", "--format", "{{.Server.Version}}"])
        .output()
    {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => last_line(&output),
        Err(error) => format!("docker: {error}"),
    };
    Err(no_engine(&format!("no Docker engine answers: {reason}")))
}

/// The program for compose files: the plugin of Docker, else the program of its own.
pub(super) fn compose_program() -> Result<&'static [&'static str], CommandError> {
    const PROGRAMS: [&[&str]; 2] = [&["docker", "compose"], &["docker-compose"]];
    let answers = |program: &&&'static [&'static str]| {
        let mut command = command(program);
        command
            .arg("version")
            .output()
            .is_ok_and(|output| output.status.success())
    };
    let found = PROGRAMS.iter().find(answers).copied();
    found.ok_or_else(|| no_engine("neither `docker compose` nor `docker-compose` is installed"))
}

/// A command of several words.
pub(super) fn command(words: &[&str]) -> Command {
    let mut words = words.iter();
    let mut command = Command::new(words.next().copied().unwrap_or_default());
    command.args(words);
    command
}

/// What `docker` says of a thing, read.
pub(super) fn inspect<T: DeserializeOwned>(kind: &str, name: &str) -> Result<T, CommandError> {
    let text = output(Command::new("docker").args([kind, "inspect", "--format", "{{json .}}", name]))?;
    serde_json::from_str(&text).map_err(|error| {
        let message = format!("what docker says of the {kind} {name} is not understood: {error}");
        CommandError::new(ErrorKind::Io, message)
    })
}

/// Deletes a volume.
pub(super) fn remove_volume(name: &str) -> Result<(), CommandError> {
    output(Command::new("docker").args(["volume", "rm", name])).map(drop)
}

/// What a command writes to its standard output.
pub(super) fn output(command: &mut Command) -> Result<String, CommandError> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(failed(command, &output.status.to_string(), &last_line(&output))),
    }
}

/// Why a command that has ended is a failure.
pub(super) fn failed(command: &Command, status: &str, reason: &str) -> CommandError {
    let error = CommandError::new(ErrorKind::Io, format!("`{}` ended with {status}", line(command)));
    match reason.is_empty() {
        true => error,
        false => error.with_hint(format!("it said: {reason}")),
    }
}

pub(super) fn cannot_start(command: &Command, error: &std::io::Error) -> CommandError {
    error::io(&format!("`{}` cannot be started", line(command)), error)
}

/// The words of a command.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(std::ffi::OsStr::to_string_lossy).collect();
    words.join(" ")
}

/// The last line that a command wrote to its standard error.
pub(super) fn last_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let last = text.lines().rev().find(|line| !line.trim().is_empty());
    last.unwrap_or_default().trim().to_owned()
}

/// What can be done without a container.
fn no_engine(message: &str) -> CommandError {
    CommandError::new(ErrorKind::Io, message)
        .with_hint("install Docker with compose, or start it, to have a server in a container")
        .with_hint(
            "or name a server of your own: DATABASE_URL=postgres://user:password@host:5432/database in .env.local",
        )
        .with_hint("or a file, which needs no server: DATABASE_URL=sqlite:app.db")
}
