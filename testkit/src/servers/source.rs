//! Where servers come from.

use std::net::TcpListener;
use std::path::Path;

use super::ServerKind;
#[cfg(feature = "containers")]
use super::container::Container;
use super::folder;
use super::galera;
use super::given;
use super::installed::Installed;
use super::process::Layout;
use super::running::Place;
use super::running::Running;

/// How often a start is tried: another process may take the port that was free.
const ATTEMPTS: u32 = 5;

/// The variable that says where servers may come from: `containers`, `processes` or `nowhere`; both without it.
const FROM: &str = "LIMBECK_TEST_SERVERS_FROM";

/// How a server differs from the usual one.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// More arguments for the server program.
    pub(super) arguments: Vec<String>,
    /// Files in the folder of the server.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Mebibytes of the file system for the data, where it is to be a small one.
    pub(super) disk: Option<u32>,
    /// Whether the data must be there after the server was killed.
    #[cfg_attr(
        not(feature = "containers"),
        allow(dead_code, reason = "files of a process stay")
    )]
    pub(super) restarts: bool,
}

/// Where a server of some kind comes from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Program(Installed),
    #[cfg(feature = "containers")]
    Image(Container),
}

impl Source {
    /// The best source of a kind.
    pub(super) fn find(kind: ServerKind) -> Result<Self, String> {
        given::is_wanted(kind.engine())?;
        let from = std::env::var(FROM).unwrap_or_default();
        if from == "nowhere" {
            return Err(format!("{FROM} is nowhere"));
        }
        #[cfg(feature = "containers")]
        if from != "processes" {
            match Container::find(kind) {
                Ok(container) => return Ok(Self::Image(container)),
                Err(error) if from == "containers" => return Err(error),
                Err(_) => {}
            }
        }
        if from == "containers" {
            return Err(
                "no containers: limbeck-testkit was built without its feature \"containers\"".to_owned(),
            );
        }
        let version = kind.version().unwrap_or("of any version");
        Installed::find(kind).map(Self::Program).ok_or_else(|| {
            format!(
                "no server program of {} {version} is installed, and {} is not set",
                kind.engine(),
                kind.variable()
            )
        })
    }

    /// Starts a server.
    pub(super) fn start(&self, wanted: &Wanted) -> Result<Running, String> {
        let mut error = String::new();
        for _ in 0..ATTEMPTS {
            match self.start_once(wanted) {
                Ok(running) => return Ok(running),
                Err(told) => error = told,
            }
            if !error.to_lowercase().contains("address already in use") {
                break;
            }
        }
        Err(error)
    }

    fn start_once(&self, wanted: &Wanted) -> Result<Running, String> {
        let port = free_port()?;
        let (guard, engine, place) = match self {
            Self::Program(installed) => {
                let layout = Layout::new(installed, port, wanted.disk)?;
                // First, so that nothing stays when this process is killed from here on.
                let guard = layout.guard(&wanted.arguments)?;
                layout.initialize(&wanted.files)?;
                (guard, installed.engine, Place::Folder(layout.folder))
            }
            #[cfg(feature = "containers")]
            Self::Image(container) => {
                let (guard, id) = container.create(port, wanted)?;
                (guard, container.engine(), Place::Container(id))
            }
        };
        Running::start_first(guard, engine, port, place, wanted.disk.is_some())
    }

    /// Whether it can give a server a small disk.
    pub(super) fn has_disks(&self) -> bool {
        match self {
            Self::Program(_) => folder::is_root(Path::new("/proc/self")),
            #[cfg(feature = "containers")]
            Self::Image(_) => true,
        }
    }

    /// The provider of Galera beside it, as its programs see the file.
    pub(super) fn galera(&self) -> Option<String> {
        match self {
            Self::Program(installed) => galera::installed(installed.root.as_deref()),
            #[cfg(feature = "containers")]
            Self::Image(container) => container.galera(),
        }
    }

    /// In words, for people.
    pub(super) fn description(&self) -> String {
        match self {
            Self::Program(installed) => {
                let root = installed.root.as_ref();
                let inside = root
                    .map(|root| format!(" in {}", root.display()))
                    .unwrap_or_default();
                format!("{}{inside}", installed.program.display())
            }
            #[cfg(feature = "containers")]
            Self::Image(container) => container.to_string(),
        }
    }
}

/// A port that is free now.
pub(super) fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(|error| format!("127.0.0.1: {error}"))
}
