//! A command that runs with servers.

use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::thread;

use super::Engine;
use super::ServerKind;
use super::container;
use super::folder;
use super::running::Running;
use super::source::Source;
use super::source::Wanted;

/// Servers that are started once, and the command that uses them: what the program `limbeck-servers` does.
#[derive(Debug)]
pub struct ServersCommand {
    servers: Vec<Started>,
}

#[derive(Debug)]
struct Started {
    kind: ServerKind,
    source: Source,
    running: Running,
}

impl ServersCommand {
    /// Starts a server of each kind that can be had; the others come with the reason for which they can't. What is started
    /// ends with this value, or with the process, however it ends.
    pub fn start(kinds: &[ServerKind]) -> (Self, Vec<(ServerKind, String)>) {
        container::sweep();
        folder::sweep();
        let starting: Vec<_> = kinds.iter().map(|kind| thread::spawn(start(*kind))).collect();
        let mut servers = Vec::new();
        let mut missing = Vec::new();
        for (kind, thread) in kinds.iter().zip(starting) {
            match thread.join() {
                Ok(Ok(started)) => servers.push(started),
                Ok(Err(error)) => missing.push((*kind, error)),
                Err(_) => missing.push((*kind, "its start has panicked".to_owned())),
            }
        }
        (Self { servers }, missing)
    }

    /// A line about each server.
    pub fn descriptions(&self) -> Vec<String> {
        let line = |started: &Started| {
            let Started {
                kind,
                source,
                running,
            } = started;
            format!(
                "{kind}: {} {} at {}, {}",
                kind.engine(),
                running.version,
                running.url,
                source.description()
            )
        };
        self.servers.iter().map(line).collect()
    }

    /// The variables with their URLs. The first server of an engine is that of all tests on the engine.
    pub fn variables(&self) -> Vec<(String, String)> {
        let mut variables = Vec::new();
        for started in &self.servers {
            variables.push((started.kind.variable(), started.running.url_text.clone()));
        }
        for engine in Engine::ALL {
            if let Some(first) = self
                .servers
                .iter()
                .find(|started| started.kind.engine() == engine)
            {
                variables.push((engine.variable(), first.running.url_text.clone()));
                variables.push((engine.kind_variable(), first.kind.to_string()));
            }
        }
        variables
    }

    /// Runs a command with these variables; its exit code, or 128 and the signal that ended it.
    ///
    /// # Errors
    /// The command cannot be started.
    pub fn run(&self, program: &OsString, arguments: &[OsString]) -> Result<u8, String> {
        let mut command = Command::new(program);
        let status = command.args(arguments).envs(self.variables()).status();
        let status = status.map_err(|error| format!("{}: {error}", program.display()))?;
        let code = status.code().or(status.signal().map(|signal| 128 + signal));
        Ok(code.and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX))
    }
}

fn start(kind: ServerKind) -> impl FnOnce() -> Result<Started, String> {
    move || {
        let source = Source::find(kind)?;
        let running = source.start(&Wanted::default())?;
        Ok(Started {
            kind,
            source,
            running,
        })
    }
}
