//! A server that runs, and its guard.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::UrlError;

use super::Engine;
#[cfg(feature = "containers")]
use super::container;
use super::disk;
use super::guard::Guard;
use super::owner;
use super::session::Session;

/// The password of the user who may do everything.
pub(super) const PASSWORD: &str = "test";

/// How long a server may take to start, also on a machine with much else to do.
const START: Duration = Duration::from_secs(180);

/// The file that fills a disk.
const FILLING: &str = "filling";

/// A started server and its guard. Dropped, it ends, and its data go.
#[derive(Debug)]
pub(super) struct Running {
    guard: Guard,
    engine: Engine,
    /// The URL of its administrator, whose password everybody knows.
    pub(super) url_text: String,
    pub(super) url: DatabaseUrl,
    /// What the server says of its version.
    pub(super) version: String,
    place: Place,
    /// Whether its data have a disk of their own.
    pub(super) has_disk: bool,
    pid: Option<u32>,
}

/// Where a server has its files.
#[derive(Debug)]
pub(super) enum Place {
    Folder(PathBuf),
    #[cfg(feature = "containers")]
    Container(String),
}

impl Running {
    /// Starts a server whose guard is there.
    pub(super) fn start_first(
        guard: Guard,
        engine: Engine,
        port: u16,
        place: Place,
        has_disk: bool,
    ) -> Result<Self, String> {
        let (user, database) = (engine.admin_user(), engine.admin_database());
        let word = engine.word();
        let url_text = format!("{word}://{user}:{PASSWORD}@127.0.0.1:{port}/{database}");
        let mut running = Self {
            guard,
            engine,
            url: url_text.parse().map_err(|error: UrlError| error.to_string())?,
            url_text,
            version: String::new(),
            place,
            has_disk,
            pid: None,
        };
        running.start()?;
        Ok(running)
    }

    /// Starts the server on the data and the port that it has, and waits until it answers.
    pub(super) fn start(&mut self) -> Result<(), String> {
        let began = Instant::now();
        loop {
            self.pid = self.guard.ask("start")?.parse().ok();
            let error = match self.answer(began) {
                Ok(version) => {
                    self.version = version;
                    return Ok(());
                }
                Err(error) => error,
            };
            // The processes of one that was killed may still hold its memory.
            if !error.contains("shared memory block") || began.elapsed() > START {
                return Err(error);
            }
            self.signal("KILL")?;
        }
    }

    /// Sends the server a signal and waits until it has ended.
    pub(super) fn signal(&mut self, name: &str) -> Result<(), String> {
        self.pid = None;
        self.guard.ask(name).map(drop)
    }

    /// Ends the server as its administrator would, so that it has nothing to recover.
    pub(super) fn stop(&mut self) -> Result<(), String> {
        self.signal(match self.engine {
            Engine::Postgres => "INT",
            Engine::MySql | Engine::MariaDb => "TERM",
        })
    }

    /// The process of the server, where it is one of this machine.
    pub(super) fn pid(&self) -> Option<u32> {
        self.pid
    }

    /// The version, as soon as the server answers.
    fn answer(&self, began: Instant) -> Result<String, String> {
        loop {
            let has_ended = self.has_ended();
            let version =
                Session::open(self.engine, &self.url).and_then(|session| version(self.engine, &session));
            let Err(error) = version else {
                return version;
            };
            if has_ended || began.elapsed() > START {
                return Err(format!("the server does not start: {error}{}", self.log()));
            }
            // Only so that the server gets the time of the processor.
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn has_ended(&self) -> bool {
        let Some(pid) = self.pid else {
            return false;
        };
        // Elsewhere than on Linux nothing is known, and the time is waited for.
        fs::exists("/proc/self/stat").unwrap_or(false)
            && owner::linux(pid).is_none_or(|(state, _)| state == "Z")
    }

    /// The last lines of its log.
    pub(super) fn log(&self) -> String {
        match &self.place {
            Place::Folder(folder) => {
                let text = fs::read(folder.join("log")).unwrap_or_default();
                let text = String::from_utf8_lossy(&text);
                let lines: Vec<&str> = text.lines().rev().take(20).collect();
                lines.iter().rev().map(|line| format!("\n{line}")).collect()
            }
            #[cfg(feature = "containers")]
            Place::Container(id) => container::log(id),
        }
    }

    /// Takes all that is left of its own disk.
    pub(super) fn fill_disk(&self) -> Result<(), String> {
        match &self.place {
            _ if !self.has_disk => {
                Err("the server has no disk of its own, and that of the machine is not filled".to_owned())
            }
            Place::Folder(folder) => {
                let data = folder.join("data");
                let filled = disk::reserve(&data).and_then(|()| disk::fill(&data.join(FILLING)));
                filled.map_err(|error| error.to_string())
            }
            #[cfg(feature = "containers")]
            Place::Container(id) => container::fill(id, self.engine),
        }
    }

    /// Gives back what [`Self::fill_disk`] took.
    pub(super) fn free_disk(&self) -> Result<(), String> {
        match &self.place {
            Place::Folder(folder) => {
                let removed = fs::remove_file(folder.join("data").join(FILLING));
                removed.map_err(|error| error.to_string())
            }
            #[cfg(feature = "containers")]
            Place::Container(id) => container::free(id, self.engine),
        }
    }

    /// What is in a file, by its path in the folder of the data, of which the server says where it is.
    #[cfg_attr(
        not(feature = "containers"),
        allow(unused_variables, reason = "only in a container that is another place")
    )]
    pub(super) fn data_file(&self, folder: &str, name: &str) -> Result<Vec<u8>, String> {
        match &self.place {
            Place::Folder(own) => {
                let path = own.join("data").join(name);
                fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))
            }
            #[cfg(feature = "containers")]
            Place::Container(id) => container::file(id, &Path::new(folder).join(name)),
        }
    }

    /// Its files, where it is a process of this machine.
    pub(super) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder),
            #[cfg(feature = "containers")]
            Place::Container(_) => None,
        }
    }
}

/// What a server says of its version.
pub(super) fn version(engine: Engine, session: &Session) -> Result<String, String> {
    let rows = session.rows(match engine {
        Engine::Postgres => "SHOW server_version",
        Engine::MySql | Engine::MariaDb => "SELECT version()",
    })?;
    Ok(rows.concat())
}
