//! Where the database of the project is, and the server for development that it may be on.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::ImageVariable;
use limbeck_core::driver::LocalServer;
use limbeck_core::driver::Secret;
use limbeck_core::driver::ServerAddress;
use limbeck_core::engine::EngineError;

use super::compose::Compose;
use super::compose_file::FILES;
use super::container::Container;
use super::docker;
use super::guard;
use super::port;
use super::wait;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Where the database is.
pub(crate) enum Place {
    /// In memory, for one session.
    Memory,
    /// In a file.
    File(PathBuf),
    /// On a server.
    Server(ServerAddress),
}

impl Place {
    /// The place of the project's database.
    pub(crate) fn of(driver: &dyn Driver, url: &DatabaseUrl) -> Result<Self, CommandError> {
        if driver.is_private(url) {
            return Ok(Self::Memory);
        }
        match driver.database_file(url) {
            Some(file) => Ok(Self::File(file)),
            None => Ok(Self::Server(
                driver.server_address(url).map_err(EngineError::Connect)?,
            )),
        }
    }
}

/// The server of the project's database, as its compose file runs it.
pub(crate) struct Server {
    compose: Compose,
    port: u16,
    port_variable: String,
}

impl Server {
    /// The server for development; none where the database needs no server.
    ///
    /// # Errors
    /// The URL is of another machine, there is no compose file, or no Docker engine.
    pub(crate) fn of(context: &Context<'_>) -> Result<Option<Self>, CommandError> {
        let url = context.database()?.url.value;
        let driver = context.driver(&url)?;
        let Place::Server(address) = Place::of(&*driver, &url)? else {
            return Ok(None);
        };
        guard::require_loopback(&address, "a server in a container is on this machine")?;
        let known = server_of(&*driver, &url)?;
        let port = address.port.or(known.variables.port).unwrap_or_default();
        let variables = variables(&driver, &address, port)?;
        let local = context.local()?;
        let file = match local.compose {
            Some(file) => file,
            None => compose_file(context, known)?,
        };
        Ok(Some(Self {
            compose: Compose::new(file, local.service, variables, context.output.notes().speaks())?,
            port,
            port_variable: format!("{}_PORT", known.variables.prefix),
        }))
    }

    /// The container, when there is one.
    pub(crate) fn container(&self) -> Result<Option<Container>, CommandError> {
        self.compose.container()
    }

    /// The port of this machine.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Starts it and waits until it answers, for `timeout` at most.
    pub(crate) async fn up(&self, context: &Context<'_>, timeout: Duration) -> Result<(), CommandError> {
        self.require_free_port(self.container()?.as_ref())?;
        if let Err(error) = self.compose.up() {
            return Err(wait::stopped(context).await.unwrap_or(error));
        }
        wait::until_it_answers(self, context, timeout).await
    }

    /// Stops it; the volumes that stay are named.
    pub(crate) fn down(&self) -> Result<Option<Vec<String>>, CommandError> {
        let Some(container) = self.container()? else {
            return Ok(None);
        };
        self.compose.down()?;
        let volumes = container.volumes().into_iter().map(str::to_owned);
        Ok(Some(volumes.collect()))
    }

    /// The volumes that a reset deletes, once nothing speaks against it.
    pub(crate) fn disposable_volumes(&self) -> Result<Vec<String>, CommandError> {
        let container = match self.container()? {
            Some(container) => container,
            None => {
                self.compose.create()?;
                self.container()?
                    .ok_or_else(|| CommandError::new(ErrorKind::Io, "compose has made no container"))?
            }
        };
        // Before anything is deleted: it would be gone for nothing.
        self.require_free_port(Some(&container))?;
        let volumes = container.disposable_volumes()?;
        Ok(volumes.into_iter().map(str::to_owned).collect())
    }

    /// Stops it and deletes volumes.
    pub(crate) fn delete(&self, volumes: &[String]) -> Result<(), CommandError> {
        self.compose.down()?;
        volumes
            .iter()
            .try_for_each(|volume| docker::remove_volume(volume))
    }

    /// A command that writes what the server has written.
    pub(crate) fn logs(&self, arguments: &[String]) -> std::process::Command {
        self.compose.logs(arguments)
    }

    fn require_free_port(&self, container: Option<&Container>) -> Result<(), CommandError> {
        match container {
            Some(container) if container.state.running && container.publishes(self.port) => Ok(()),
            _ => port::require_free(self.port, &self.port_variable),
        }
    }
}

/// What a driver knows of the server that a URL means.
fn server_of(driver: &dyn Driver, url: &DatabaseUrl) -> Result<&'static LocalServer, CommandError> {
    let servers = driver.local_servers();
    let of_scheme = servers
        .iter()
        .find(|server| server.variables.schemes.contains(&url.scheme()));
    of_scheme.or(servers.first()).ok_or_else(|| {
        let message = format!(
            "the driver {} knows no server that runs in a container",
            driver.name()
        );
        CommandError::new(ErrorKind::Unsupported, message)
    })
}

/// The variables of the compose file, whichever server of the driver it has.
fn variables(
    driver: &Arc<dyn Driver>,
    address: &ServerAddress,
    port: u16,
) -> Result<Vec<(String, Secret)>, CommandError> {
    let missing = |what: &str| {
        let message = format!("the URL of the database has no {what}, and a server in a container wants one");
        let servers = driver.local_servers().iter();
        let variables = servers.map(|server| format!("{}_{}", server.variables.prefix, what.to_uppercase()));
        let variables: Vec<String> = variables.collect();
        CommandError::new(ErrorKind::Url, message).with_hint(format!(
            "set {} in .env.local, or write it into DATABASE_URL",
            variables.join(" or ")
        ))
    };
    let password = address.password.as_ref().ok_or_else(|| missing("password"))?;
    let database = address.database.as_deref().ok_or_else(|| missing("database"))?;
    let mut all = Vec::new();
    for server in driver.local_servers() {
        let known = &server.variables;
        let user = address.user.as_deref().unwrap_or(known.user);
        let has_it = user == known.user
            && server
                .environment
                .iter()
                .any(|(_, holds)| *holds == ImageVariable::AnotherUser);
        let mut set = |suffix: &str, value: &str| {
            all.push((format!("{}_{suffix}", known.prefix), Secret::new(value)));
        };
        set("USER", if has_it { "" } else { user });
        set("PASSWORD", password.reveal());
        set("PORT", &port.to_string());
        set(known.database.first().copied().unwrap_or("DB"), database);
    }
    Ok(all)
}

/// The compose file of the project.
fn compose_file(context: &Context<'_>, server: &LocalServer) -> Result<PathBuf, CommandError> {
    let root = context.config()?.root();
    // An empty path is no folder.
    let root = std::path::Path::new(".").join(root);
    let found = FILES
        .iter()
        .map(|name| root.join(name))
        .find(|file| file.is_file());
    found.ok_or_else(|| {
        let message = format!(
            "there is no compose file beside limbeck.toml: {}",
            FILES.join(", ")
        );
        CommandError::new(ErrorKind::Config, message)
            .with_hint(format!(
                "`limbeck init --compose {}` begins a project with one",
                server.name
            ))
            .with_hint("`compose` in [local] of limbeck.toml names another one")
            .with_hint(
                "on a server of your own, `limbeck db drop` and `limbeck db init` make the database anew",
            )
    })
}
