//! An application's pool and its transactions, on SQLite and on every server.

mod health;
mod nested;
mod pool;
mod rows;
mod start;
mod transactions;

use std::time::Duration;

use limbeck_core::Database;
use limbeck_core::database::DatabaseBuilder;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::models::Table;
use limbeck_core::values;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use tempfile::TempDir;

/// A database of a test's own.
pub(crate) struct Place {
    /// None for SQLite.
    pub(crate) engine: Option<Engine>,
    pub(crate) url: String,
    _held: Held,
}

/// What is there as long as the database is.
enum Held {
    File { _folder: TempDir },
    Server { _database: TestDatabase },
}

impl Place {
    /// One in SQLite, and one on each server that there is.
    pub(crate) fn everywhere() -> impl Iterator<Item = Self> {
        std::iter::once(Self::file()).chain(Self::servers())
    }

    pub(crate) fn servers() -> impl Iterator<Item = Self> {
        Engine::ALL.into_iter().filter_map(Self::on)
    }

    pub(crate) fn file() -> Self {
        let folder = TempDir::new().unwrap();
        Self {
            engine: None,
            url: format!(
                "sqlite:///{}?busy_timeout=60000",
                folder.path().join("a.db").display()
            ),
            _held: Held::File { _folder: folder },
        }
    }

    fn on(engine: Engine) -> Option<Self> {
        let database = TestDatabase::on(engine)?;
        Some(Self {
            engine: Some(engine),
            url: database.url_text(),
            _held: Held::Server { _database: database },
        })
    }

    pub(crate) fn configure(&self) -> DatabaseBuilder {
        configure(&self.url)
    }

    /// A pool of this size, and a table for people in its database.
    async fn pool(&self, size: usize) -> Database {
        let database = self.configure().max_size(size).build().unwrap();
        create_people(&database).await;
        database
    }

    pub(crate) fn name(&self) -> &'static str {
        self.engine.map_or("sqlite", Engine::word)
    }
}

fn configure(url: &str) -> DatabaseBuilder {
    // A machine that is busy is no reason to give up.
    let builder = Database::configure(url).wait(Duration::from_secs(120));
    builder.driver(MySql).driver(Postgres).driver(Sqlite)
}

async fn create_people(database: &Database) {
    let sql = "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE)";
    let made = database.use_then_disconnect(async |session| session.query(sql, &[]).await);
    made.await.unwrap();
}

#[derive(Debug, PartialEq, Table)]
struct Person {
    id: i32,
    name: String,
}

async fn insert(tx: &mut Transaction<'_>, id: i32) -> Result<(), DriverError> {
    let name = format!("person {id}");
    tx.insert(&Person { id, name }).await
}

/// The ids of all people, as another transaction sees them. With a pool of one connection, this waits for ever where that
/// has not come back.
async fn people(database: &Database) -> Vec<i32> {
    let found = database.transaction(async |tx| {
        // Nobody has a lock on the row or the table any more.
        tx.execute("UPDATE person SET name = name WHERE id >= ?", &values![0])
            .await?;
        tx.query_as::<(i32,)>("SELECT id FROM person ORDER BY id", &[])
            .await
    });
    let found: Result<_, DriverError> = found.await;
    found.unwrap().into_iter().map(|(id,)| id).collect()
}
