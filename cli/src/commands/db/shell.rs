//! `limbeck db shell`.

use std::ffi::OsString;
use std::io;
use std::process::Command;

use limbeck_core::driver::ClientCommand;
use limbeck_core::engine::EngineError;

use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;

/// Open the engine's own client on the database: psql, mysql, mariadb, sqlite3
///
/// The password is in no argument, where everybody on the machine could read it.
#[derive(Debug, clap::Args)]
pub(super) struct ShellArgs {
    /// Arguments of the client, such as `-- -c "SELECT 1"`
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<OsString>,
}

pub(super) fn run(args: &ShellArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let url = context.database()?.url.value;
    let driver = context.driver(&url)?;
    let clients = driver.clients(&url).map_err(EngineError::Connect)?;
    for client in &clients {
        let mut command = Command::new(client.program);
        command.args(&client.arguments).args(&args.arguments);
        command.envs(
            client
                .environment
                .iter()
                .map(|(name, value)| (name, value.reveal())),
        );
        match become_it(&mut command) {
            Ok(exit) => return Ok(exit),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error::io(
                    &format!("`{}` cannot be started", client.program),
                    &error,
                ));
            }
        }
    }
    let programs: Vec<String> = clients
        .iter()
        .map(|client| format!("`{}`", client.program))
        .collect();
    let message = format!("no client is installed: {} is not found", programs.join(" or "));
    Err(CommandError::new(ErrorKind::Io, message).with_hint(installing(&clients)))
}

fn installing(clients: &[ClientCommand]) -> String {
    let program = clients.first().map(|client| client.program).unwrap_or_default();
    format!("install the package that has `{program}`, or put its folder into PATH")
}

/// The client takes the place of this process, so that the terminal and Ctrl-C are its own.
#[cfg(unix)]
fn become_it(command: &mut Command) -> io::Result<Exit> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> io::Result<Exit> {
    command.status().map(|status| match status.success() {
        true => Exit::Success,
        false => Exit::Failure,
    })
}
