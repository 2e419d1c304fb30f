//! A service of a compose file.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::Secret;

use super::container::Container;
use super::docker;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// A service of a compose file, and the program that runs it.
pub(super) struct Compose {
    program: &'static [&'static str],
    file: PathBuf,
    service: String,
    /// The variables of the file.
    variables: Vec<(String, Secret)>,
    /// Whether the file has no other service.
    is_alone: bool,
    /// Whether what the program writes is shown.
    shown: bool,
}

impl Compose {
    /// The service of this name.
    ///
    /// # Errors
    /// There is no engine, no program, or no such service.
    pub(super) fn new(
        file: PathBuf,
        service: String,
        variables: Vec<(String, Secret)>,
        shown: bool,
    ) -> Result<Self, CommandError> {
        docker::require_engine()?;
        let mut compose = Self {
            program: docker::compose_program()?,
            file,
            service,
            variables,
            is_alone: false,
            shown,
        };
        let services = docker::output(compose.command().args(["config", "--services"]))?;
        compose.is_alone = services.lines().count() == 1;
        if services.lines().any(|line| line == compose.service) {
            return Ok(compose);
        }
        let services: Vec<&str> = services.lines().collect();
        let message = format!("{} has no service `{}`", compose.file.display(), compose.service);
        Err(CommandError::new(ErrorKind::Config, message).with_hint(format!(
            "`service` in [local] of limbeck.toml names the one that is the database; the file has: {}",
            services.join(", ")
        )))
    }

    fn command(&self) -> Command {
        let mut command = docker::command(self.program);
        command.arg("--file").arg(&self.file);
        command.envs(self.variables.iter().map(|(name, value)| (name, value.reveal())));
        command.stdin(Stdio::null());
        command
    }

    fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("."))
    }

    /// The container, when it was made.
    pub(super) fn container(&self) -> Result<Option<Container>, CommandError> {
        // One that is stopped counts, too.
        let ids = docker::output(self.command().args(["ps", "--all", "--quiet", &self.service]));
        let ids = match ids {
            Ok(ids) => ids,
            // Older ones show the stopped in any case, and do not know the option with a service.
            Err(_) => docker::output(self.command().args(["ps", "--quiet", &self.service]))?,
        };
        let Some(id) = ids.lines().find(|line| !line.trim().is_empty()) else {
            return Ok(None);
        };
        let container = Container::of(id.trim())?;
        container.require_folder(self.folder())?;
        Ok(Some(container))
    }

    /// Makes the container with its volume, without starting it.
    pub(super) fn create(&self) -> Result<(), CommandError> {
        self.run(&["up", "--no-start", &self.service])
    }

    /// Starts it.
    pub(super) fn up(&self) -> Result<(), CommandError> {
        self.run(&["up", "--detach", &self.service])
    }

    /// Stops it and takes the container away; volumes stay.
    pub(super) fn down(&self) -> Result<(), CommandError> {
        match self.is_alone {
            true => self.run(&["down"]),
            false => self.run(&["rm", "--stop", "--force", &self.service]),
        }
    }

    /// What the server wrote, in full or the last lines.
    pub(super) fn logs(&self, arguments: &[String]) -> Command {
        let mut command = self.command();
        command
            .args(["logs", "--no-color"])
            .args(arguments)
            .arg(&self.service);
        command
    }

    fn run(&self, arguments: &[&str]) -> Result<(), CommandError> {
        let mut command = self.command();
        command.args(arguments);
        if !self.shown {
            return docker::output(&mut command).map(drop);
        }
        // What it says is for people: standard output is the answer of this command.
        command.stdout(std::io::stderr());
        let status = command.status();
        let status = status.map_err(|error| docker::cannot_start(&command, &error))?;
        match status.success() {
            true => Ok(()),
            false => Err(docker::failed(&command, &status.to_string(), "")),
        }
    }
}
