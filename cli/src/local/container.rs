//! The container of the service.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::compose_file::LABEL;
use super::docker;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// The folder that a container's project was started from, as compose writes it down.
const FOLDER: &str = "com.docker.compose.project.working_dir";

/// What the engine says of the container.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Container {
    name: String,
    pub(super) state: State,
    #[serde(default)]
    mounts: Vec<Mount>,
    config: Settings,
    network_settings: Network,
}

/// What it does.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct State {
    pub(crate) running: bool,
    status: String,
    exit_code: i64,
    health: Option<Health>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Health {
    status: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Mount {
    #[serde(rename = "Type")]
    kind: String,
    #[serde(default)]
    name: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Settings {
    labels: Option<HashMap<String, String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Network {
    ports: Option<HashMap<String, Option<Vec<Published>>>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Published {
    host_port: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Volume {
    labels: Option<HashMap<String, String>>,
}

impl State {
    /// For people: `running (healthy)`, `exited (1)`.
    pub(crate) fn in_words(&self) -> String {
        match (&self.health, self.running) {
            (Some(health), true) => format!("{} ({})", self.status, health.status),
            (None, true) => self.status.clone(),
            (_, false) => format!("{} ({})", self.status, self.exit_code),
        }
    }
}

impl Container {
    /// The container of this id.
    pub(super) fn of(id: &str) -> Result<Self, CommandError> {
        docker::inspect("container", id)
    }

    /// What it does.
    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.name.trim_start_matches('/')
    }

    /// Whether it answers at a port of this machine.
    pub(super) fn publishes(&self, port: u16) -> bool {
        let ports = self.network_settings.ports.iter().flat_map(HashMap::values);
        let port = port.to_string();
        ports
            .flatten()
            .flatten()
            .any(|published| published.host_port == port)
    }

    /// Fails when it belongs to another project, whose folder has the same name.
    pub(super) fn require_folder(&self, folder: &Path) -> Result<(), CommandError> {
        let labels = self.config.labels.as_ref();
        let Some(theirs) = labels.and_then(|labels| labels.get(FOLDER)) else {
            return Ok(());
        };
        let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            // A folder that is gone was moved, and this is it.
            _ => true,
        };
        if same(Path::new(theirs), folder) {
            return Ok(());
        }
        let message = format!(
            "the container {} is that of another project, {theirs}",
            self.name()
        );
        Err(CommandError::new(ErrorKind::Exists, message)
            .with_hint("compose tells projects apart by the names of their folders: give this one another name with COMPOSE_PROJECT_NAME, or move it"))
    }

    /// The names of its volumes.
    pub(crate) fn volumes(&self) -> Vec<&str> {
        let volumes = self.mounts.iter().filter(|mount| mount.kind == "volume");
        volumes.map(|mount| mount.name.as_str()).collect()
    }

    /// Its volumes, when each one has the label that lets them be deleted.
    pub(super) fn disposable_volumes(&self) -> Result<Vec<&str>, CommandError> {
        let volumes = self.volumes();
        for name in &volumes {
            let volume: Volume = docker::inspect("volume", name)?;
            if !volume.labels.is_some_and(|labels| labels.contains_key(LABEL)) {
                let message = format!(
                    "the volume {name} of the container {} does not have the label {LABEL}, so it is not deleted",
                    self.name()
                );
                return Err(CommandError::new(ErrorKind::DataLoss, message)
                    .with_hint(
                        "a compose file of `limbeck init --compose` gives it to the volume that it makes",
                    )
                    .with_hint(
                        "`limbeck db drop` and `limbeck db init` make the database anew and leave the volume",
                    ));
            }
        }
        match volumes.is_empty() {
            false => Ok(volumes),
            true => Err(CommandError::new(
                ErrorKind::DataLoss,
                format!("the container {} has no volume of its own to delete", self.name()),
            )
            .with_hint("`limbeck db drop` and `limbeck db init` make the database anew")),
        }
    }
}
