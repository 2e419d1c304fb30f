//! The command on real servers: many processes at once, processes and servers that die, and what servers refuse.

mod adopted;
#[cfg(unix)]
mod backups;
mod disk;
mod ended;
mod galera;
#[cfg(unix)]
mod hooks;
mod inserted;
mod killed;
mod loads;
mod many;
mod models;
mod native;
#[cfg(unix)]
mod peewee;
#[cfg(unix)]
mod pooler;
mod refused;
mod replica;
mod restarted;
mod rights;
mod role;
mod seeds;
mod stairway;
mod tls;
mod turns;
#[cfg(unix)]
mod waiting;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Row;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::TestDatabase;

use crate::project::Project;

/// A project with a database of its own on a server.
struct Place {
    project: Project,
    engine: Engine,
    url: DatabaseUrl,
    /// The URL with its password.
    url_text: String,
    /// What is there as long as this is.
    _held: Held,
}

/// Where the database is.
enum Held {
    Shared {
        _database: TestDatabase,
    },
    Private {
        _server: PrivateServer,
    },
    /// On a server that the test has.
    Elsewhere,
}

impl Place {
    /// None where there is no server, which was said aloud.
    fn on(engine: Engine) -> Option<Self> {
        let database = TestDatabase::on(engine)?;
        let (url, url_text) = (database.url().clone(), database.url_text());
        let held = Held::Shared { _database: database };
        Some(Self::new(engine, url, url_text, held))
    }

    /// A place on a server of its own.
    fn on_private(mut server: PrivateServer) -> Self {
        let mut place = Self::of(&mut server);
        place._held = Held::Private { _server: server };
        place
    }

    /// A place with a new database on a server of the test's own.
    fn of(server: &mut PrivateServer) -> Self {
        let url = server.database();
        let name = url.server().unwrap().database.unwrap();
        let text = server.admin_url_text();
        let (address, _) = text.rsplit_once('/').unwrap();
        let text = format!("{address}/{name}");
        Self::new(server.engine(), url, text, Held::Elsewhere)
    }

    fn new(engine: Engine, url: DatabaseUrl, url_text: String, held: Held) -> Self {
        let place = Self {
            project: Project::new(),
            engine,
            url,
            url_text,
            _held: held,
        };
        place.project.write("limbeck.toml", "");
        // Twenty processes on a busy machine are no reason to give up.
        place.connect_by(&format!("{}?connect_timeout=120", place.url_text));
        place
    }

    /// Makes a URL that of the project.
    fn connect_by(&self, url: &str) {
        self.project.write(".env", format!("DATABASE_URL={url}\n"));
    }

    /// A place on each server that there is.
    fn everywhere() -> impl Iterator<Item = Self> {
        Engine::ALL.into_iter().filter_map(Self::on)
    }

    /// The word of native sections.
    fn word(&self) -> &'static str {
        self.engine.word()
    }

    /// A session beside those of the command.
    async fn session(&self) -> Session {
        Session::open(self.engine, &self.url).await
    }

    /// How often the journal says that each revision was applied.
    async fn applied(&self) -> Vec<String> {
        let counted = "SELECT revision, count(*) FROM limbeck_journal WHERE event = 'done' \
                       AND direction = 'upgrade' AND statement_to >= statements GROUP BY revision ORDER BY revision";
        self.session().await.rows(counted).await
    }
}

/// A session to look with, and to be in the way.
struct Session(Box<dyn Connection>);

impl Session {
    async fn open(engine: Engine, url: &DatabaseUrl) -> Self {
        let options = ConnectOptions::read_write();
        let connection = match engine {
            Engine::Postgres => Postgres.connect(url, &options).await,
            _ => MySql.connect(url, &options).await,
        };
        Self(connection.unwrap())
    }

    /// The rows of a statement, their columns joined by a bar.
    async fn rows(&mut self, sql: &str) -> Vec<String> {
        let rows = self.0.query(sql, &[]).await;
        let rows = rows.unwrap_or_else(|error| panic!("{error}: {sql}"));
        let line = |row: &Row| {
            let cells = (0..row.0.len()).map(|column| match row.integer(column) {
                Some(number) => number.to_string(),
                None => row.text(column).unwrap_or("NULL").to_owned(),
            });
            cells.collect::<Vec<_>>().join("|")
        };
        rows.rows.iter().map(line).collect()
    }

    /// Asks again until a query finds a row: for what servers and other processes do in their own time.
    async fn until(&mut self, sql: &str) {
        for _ in 0..6000 {
            if !self.rows(sql).await.is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("never: {sql}");
    }
}
