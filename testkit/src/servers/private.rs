//! A server of one test.

use std::path::Path;

use limbeck_core::dialect::Version;
use limbeck_core::driver::DatabaseUrl;

use super::Engine;
use super::broken;
use super::database::with_database;
use super::galera;
use super::given;
use super::running::Running;
use super::session::Session;
use super::skip;
use super::skip::skip_on;
use super::source::Source;
use super::source::Wanted;

/// What a server of a test's own is to be like.
///
/// ```
/// use limbeck_testkit::Engine;
/// use limbeck_testkit::PrivateOptions;
///
/// let wanted = PrivateOptions::new(Engine::Postgres).argument("-c").argument("max_connections=5");
/// if let Some(server) = wanted.start() {
///     assert_eq!(server.rows("SHOW max_connections"), ["5"]);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct PrivateOptions {
    engine: Engine,
    wanted: Wanted,
    galera: bool,
}

impl PrivateOptions {
    /// A usual server.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            wanted: Wanted {
                restarts: true,
                ..Wanted::default()
            },
            galera: false,
        }
    }

    /// One more argument of the server program.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.wanted.arguments.push(argument.into());
        self
    }

    /// A file that lies in the server's folder when it starts. In arguments, `{folder}` stands for that folder as the server
    /// sees it.
    ///
    /// ```
    /// use limbeck_testkit::Engine;
    /// use limbeck_testkit::PrivateOptions;
    ///
    /// let wanted = PrivateOptions::new(Engine::MariaDb)
    ///     .file("first.sql", "CREATE DATABASE shop;\n")
    ///     .argument("--init-file={folder}/first.sql");
    /// ```
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.wanted.files.push((name.into(), contents.into()));
        self
    }

    /// Its data on a small disk that can be filled: see [`PrivateServer::fill_disk`]. PostgreSQL needs some 100 mebibytes
    /// and MySQL some 300. Making a disk takes root, unless the server is in a container, and there its data go with its
    /// process.
    #[must_use]
    pub const fn disk(mut self, mebibytes: u32) -> Self {
        self.wanted.disk = Some(mebibytes);
        self
    }

    /// The only node of a Galera cluster: a server of MariaDB. Where the provider of Galera is not installed, the word
    /// by which `LIMBECK_TEST_REQUIRE` wants such a test is `galera`.
    #[must_use]
    pub const fn galera(mut self) -> Self {
        self.galera = true;
        self
    }

    /// Starts it.
    ///
    /// None, said and counted as for [`Server::shared`](super::Server::shared), when no server can be started, or no disk
    /// be made.
    ///
    /// # Panics
    /// It does not start, or is required and can't be had.
    pub fn start(&self) -> Option<PrivateServer> {
        let engine = self.engine;
        let source = match Source::find(given::kind(engine)) {
            Ok(source) if self.wanted.disk.is_none() || source.has_disks() => source,
            Ok(source) => {
                let missing = format!("no small disk can be made for {}", source.description());
                skip(engine, &missing);
                return None;
            }
            Err(missing) => {
                skip(engine, &format!("a server of the test's own: {missing}"));
                return None;
            }
        };
        let mut wanted = self.wanted.clone();
        if self.galera {
            let Some(provider) = source.galera() else {
                let missing = format!("{} has no provider of Galera (galera-4)", source.description());
                skip_on(galera::WORD, &missing);
                return None;
            };
            let arguments = galera::arguments(&provider);
            wanted
                .arguments
                .extend(arguments.unwrap_or_else(|error| broken("a port", error)));
        }
        let running = source
            .start(&wanted)
            .unwrap_or_else(|error| broken(&source.description(), error));
        Some(PrivateServer {
            engine,
            running,
            made: 0,
        })
    }
}

/// A server that only one test uses. It ends with this value, and with the process, however that ends.
#[derive(Debug)]
pub struct PrivateServer {
    engine: Engine,
    running: Running,
    made: usize,
}

impl PrivateServer {
    /// The engine.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The version.
    ///
    /// # Panics
    /// The server says none.
    pub fn version(&self) -> Version {
        let version = self.running.version.parse();
        version.unwrap_or_else(|error| broken("a version", error))
    }

    /// The URL of its administrator, who may do everything.
    pub const fn admin_url(&self) -> &DatabaseUrl {
        &self.running.url
    }

    /// The same as a text with the password, for a program that is to connect.
    pub fn admin_url_text(&self) -> String {
        self.running.url_text.clone()
    }

    /// A new, empty database. It is there until the server ends.
    ///
    /// # Panics
    /// The server refuses to make it, or does not run.
    pub fn database(&mut self) -> DatabaseUrl {
        self.made += 1;
        let name = format!("limbeck_test_{}", self.made);
        self.rows(&format!("CREATE DATABASE {name}"));
        with_database(&self.running.url, &name)
    }

    /// Runs a statement as the administrator, in a session of its own; the first column of its rows, as texts.
    ///
    /// # Panics
    /// The server refuses it, or does not run.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        self.try_rows(sql).unwrap_or_else(|error| broken(sql, error))
    }

    /// The same, for a statement that may be refused.
    ///
    /// # Errors
    /// What the server says, or why it does not answer.
    pub fn try_rows(&self, sql: &str) -> Result<Vec<String>, String> {
        Session::open(self.engine, &self.running.url)?.rows(sql)
    }

    /// Kills the server, all its processes at once, and waits until it has gone.
    ///
    /// # Panics
    /// The helper that guards the server has gone.
    pub fn kill(&mut self) {
        let killed = self.running.signal("KILL");
        killed.unwrap_or_else(|error| broken("kill", error));
    }

    /// Stops the server as its administrator would, and waits until it has gone.
    ///
    /// # Panics
    /// As for [`Self::kill`].
    pub fn stop(&mut self) {
        self.running.stop().unwrap_or_else(|error| broken("stop", error));
    }

    /// Starts the server again after [`Self::kill`] or [`Self::stop`], on the same data and the same port, and waits until
    /// it answers.
    ///
    /// # Panics
    /// It does not start.
    pub fn start(&mut self) {
        self.running
            .start()
            .unwrap_or_else(|error| broken("start", error));
    }

    /// Takes all that is left of its disk, which [`PrivateOptions::disk`] has made.
    ///
    /// # Panics
    /// It has no disk of its own: that of the machine is never filled.
    pub fn fill_disk(&self) {
        let filled = self.running.fill_disk();
        filled.unwrap_or_else(|error| broken("the disk", error));
    }

    /// Gives back what [`Self::fill_disk`] took.
    ///
    /// # Panics
    /// Nothing was taken.
    pub fn free_disk(&self) {
        let freed = self.running.free_disk();
        freed.unwrap_or_else(|error| broken("the disk", error));
    }

    /// The folder that the server has for itself, where it is a process of this machine.
    pub fn folder(&self) -> Option<&Path> {
        self.running.folder()
    }

    /// What is in a file of its data, by its path in their folder: `ca.pem`, which MySQL makes for itself.
    ///
    /// # Panics
    /// There is no such file.
    pub fn data_file(&self, name: &str) -> Vec<u8> {
        let folder = self.rows(match self.engine {
            Engine::Postgres => "SHOW data_directory",
            Engine::MySql | Engine::MariaDb => "SELECT @@datadir",
        });
        let read = self.running.data_file(&folder.concat(), name);
        read.unwrap_or_else(|error| broken(name, error))
    }

    /// The number of its process, where it is one of this machine and runs.
    pub fn pid(&self) -> Option<u32> {
        self.running.pid()
    }

    /// The last lines of its log.
    pub fn log(&self) -> String {
        self.running.log()
    }
}
