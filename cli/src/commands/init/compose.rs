//! A server for development, for a new project.

use limbeck_core::driver::LocalServer;

use super::NewProject;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::local;
use crate::templates;

/// The name of the service in a new compose file, as the configuration takes it by itself.
const SERVICE: &str = "db";

/// The server of this name.
pub(super) fn server(name: &str, context: &Context<'_>) -> Result<&'static LocalServer, CommandError> {
    let servers = context.local_servers();
    if let Some(server) = servers.iter().find(|server| server.name == name) {
        return Ok(server);
    }
    let known: Vec<&str> = servers.iter().map(|server| server.name).collect();
    let message = format!("no driver of this build knows a server called `{name}`");
    Err(
        CommandError::new(ErrorKind::Usage, message).with_hint(match known.is_empty() {
            true => "this build has no driver with such a server".to_owned(),
            false => format!("there are: {}", known.join(", ")),
        }),
    )
}

impl NewProject<'_> {
    /// Fails where the folder has a compose file.
    pub(super) fn refuse_compose(&self) -> Result<(), CommandError> {
        let files = local::COMPOSE_FILES.iter();
        let Some(name) = files.copied().find(|name| self.root.join(name).exists()) else {
            return Ok(());
        };
        let message = format!("{} has a {name} already", self.shown.display());
        Err(CommandError::new(ErrorKind::Exists, message).with_hint(
            "begin without `--compose`, and name the service of the database in [local] of limbeck.toml",
        ))
    }

    /// Writes the compose file, and the `.env` file that goes with it.
    pub(super) fn server(&mut self, server: &LocalServer, name: &str) -> Result<(), CommandError> {
        let [file, ..] = local::COMPOSE_FILES;
        self.file(file, &local::compose_file(server, SERVICE, name))?;
        let variables = local::env_lines(server, name);
        self.file_unless_there(".env.template", &templates::env_template(&variables))?;
        self.file_unless_there(".env", &templates::env(&variables))
    }
}
