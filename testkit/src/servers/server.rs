//! Servers that tests share.

use std::env;
use std::sync::OnceLock;

use limbeck_core::dialect::Version;
use limbeck_core::driver::DatabaseUrl;

use super::Engine;
use super::PrivateOptions;
use super::PrivateServer;
use super::ServerKind;
use super::TestDatabase;
use super::broken;
use super::container;
use super::database;
use super::folder;
use super::given;
use super::run::Run;
use super::running::Running;
use super::session::Session;
use super::skip;
use super::source::Source;
use super::source::Wanted;

/// A server on which tests have databases of their own.
///
/// ```
/// use limbeck_testkit::Engine;
/// use limbeck_testkit::Server;
///
/// // None, and a line on standard error, where there is no such server.
/// if let Some(server) = Server::shared(Engine::Postgres) {
///     let database = server.database();
///     assert!(database.url().to_string().contains(database.name()));
/// }
/// ```
#[derive(Debug)]
pub struct Server {
    engine: Engine,
    url: DatabaseUrl,
    run: Run,
    /// What ends the server with this process, where this process has started it.
    _running: Option<Running>,
}

/// What is there once a process: a server, or the reason for which there is none.
static SHARED: [OnceLock<Result<Server, String>>; Engine::ALL.len()] = [const { OnceLock::new() }; 3];

impl Server {
    /// The server of an engine that all tests of this process share: the one that the environment names
    /// (`LIMBECK_TEST_POSTGRES_URL`, `LIMBECK_TEST_MYSQL_URL`, `LIMBECK_TEST_MARIADB_URL`, or `TEST_DATABASE_URI` or
    /// `TEST_DATABASE_URL` with a scheme of the engine), else one that this process starts and that ends with it.
    ///
    /// None when there is none: a line on standard error says so and counts, also where the output of tests is captured.
    /// When `LIMBECK_TEST_REQUIRE` has the engine in its list (`postgres,mysql,mariadb`), the test fails instead.
    ///
    /// # Panics
    /// The server is named and does not answer, or is required and missing.
    pub fn shared(engine: Engine) -> Option<&'static Self> {
        Self::try_shared(engine)
            .inspect_err(|missing| skip(engine, missing))
            .ok()
    }

    /// The same, or why there is none.
    pub(crate) fn try_shared(engine: Engine) -> Result<&'static Self, &'static str> {
        let place = SHARED.get(engine as usize).ok_or("there is no such engine")?;
        let found = place.get_or_init(|| find(engine));
        found.as_ref().map_err(String::as_str)
    }

    /// A server of the test's own, which it may kill, restart, and set anything on. It is like the shared one, where
    /// that was started for the tests.
    ///
    /// None, said and counted as for [`Self::shared`], when no server can be started.
    ///
    /// # Panics
    /// It does not start, or is required and can't be had.
    pub fn private(engine: Engine) -> Option<PrivateServer> {
        PrivateOptions::new(engine).start()
    }

    /// The engine.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The version.
    pub const fn version(&self) -> Version {
        self.run.version
    }

    /// The version, as the server says it.
    pub fn version_text(&self) -> &str {
        &self.run.version_text
    }

    /// The URL by which databases are made: its user may do that.
    pub const fn admin_url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The same as a text with the password, for a program that is to connect.
    pub fn admin_url_text(&self) -> String {
        database::text(&self.url)
    }

    /// An empty database that no other test knows of.
    ///
    /// # Panics
    /// The server refuses to make it.
    pub fn database(&'static self) -> TestDatabase {
        let name = self
            .run
            .create()
            .unwrap_or_else(|error| broken("a database for a test", error));
        TestDatabase::new(self, &self.url, name)
    }

    /// Runs a statement as the user of [`Self::admin_url`], in a session of its own; the first column of its rows, as texts.
    ///
    /// # Panics
    /// The server refuses it.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        let rows = Session::open(self.engine, &self.url).and_then(|session| session.rows(sql));
        rows.unwrap_or_else(|error| broken(sql, error))
    }

    /// The names of all databases that are on it now, also those of others.
    ///
    /// # Panics
    /// The server does not tell.
    pub fn database_names(&self) -> Vec<String> {
        self.run
            .names()
            .unwrap_or_else(|error| broken("the databases", error))
    }

    /// Drops a database. What can't be dropped stays until this process has ended and the next one sweeps.
    pub(super) fn drop_database(&self, name: &str) {
        let _ = self.run.drop(name);
    }

    fn at(engine: Engine, url: DatabaseUrl, running: Option<Running>) -> Result<Self, String> {
        let run = Run::begin(engine, &url)?;
        Ok(Self {
            engine,
            url,
            run,
            _running: running,
        })
    }
}

/// The server that is given, else one of this process's own.
fn find(engine: Engine) -> Result<Server, String> {
    given::is_wanted(engine)?;
    if let Some((variable, url)) = given::of(engine)? {
        let server = Server::at(engine, url, None);
        return Ok(server.unwrap_or_else(|error| broken(&variable, error)));
    }
    if env::var_os("NEXTEST").is_some() {
        return Err(format!(
            "{} is not set, and under nextest, where each test is a process, tests start no servers to share: \
             use `limbeck-servers {} -- cargo nextest run`",
            engine.variable(),
            engine.word()
        ));
    }
    container::sweep();
    folder::sweep();
    let source = Source::find(ServerKind::any(engine))?;
    let running = source
        .start(&Wanted::default())
        .unwrap_or_else(|error| broken(&source.description(), error));
    let url = running.url.clone();
    Ok(Server::at(engine, url, Some(running)).unwrap_or_else(|error| broken(&source.description(), error)))
}
