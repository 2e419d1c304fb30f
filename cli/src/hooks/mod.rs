//! The commands of `[hooks]`.

mod message;

use std::path::PathBuf;
use std::time::Duration;

use async_trait::async_trait;
use limbeck_core::config::HookCommands;
use limbeck_core::engine::Hook;
use limbeck_core::engine::HookError;
use limbeck_core::engine::HookMoment;
use limbeck_core::engine::HookRun;

use self::message::Message;
use crate::program::Program;
use crate::program::ProgramError;

/// A command that is told of one kind of moments, as a JSON object on its standard input.
pub(crate) struct CommandHook {
    /// The key of the configuration.
    key: &'static str,
    line: String,
    folder: PathBuf,
    timeout: Option<Duration>,
    /// The database's name.
    database: String,
    name: String,
}

impl CommandHook {
    /// The commands of a configuration in this folder, for a database of this name.
    pub(crate) fn all(commands: HookCommands, folder: &std::path::Path, database: &str) -> Vec<Self> {
        let timeout = commands.timeout;
        let commands = commands.commands.into_iter();
        commands
            .map(|(key, line)| Self {
                key,
                name: format!("the command `{line}` of hooks.{key}"),
                line,
                folder: folder.to_owned(),
                timeout,
                database: database.to_owned(),
            })
            .collect()
    }
}

#[async_trait]
impl Hook for CommandHook {
    fn name(&self) -> &str {
        &self.name
    }

    async fn call(&self, run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError> {
        if moment.word() != self.key {
            return Ok(());
        }
        let message = Message::new(&self.database, run, moment);
        let mut input = serde_json::to_vec(&message).map_err(|error| {
            HookError::new(format!("what it is to be told is not JSON: {error}")).with_source(error)
        })?;
        input.push(b'\n');
        let program = Program {
            line: &self.line,
            folder: &self.folder,
            environment: Vec::new(),
            input,
            timeout: self.timeout,
        };
        program.run().await.map_err(|error| {
            let late = matches!(error, ProgramError::Late(_));
            let error = HookError::new(error.to_string()).with_source(error);
            match late {
                true => {
                    error.with_hint("`timeout` in [hooks] of limbeck.toml says how long a command may run")
                }
                false => error,
            }
        })
    }
}
