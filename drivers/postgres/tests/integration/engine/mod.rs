//! The run loop on real servers.

mod adopted;
mod alone;
mod blocked;
mod cut;
mod one_transaction;
mod runs;

use std::sync::Arc;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Observer;
use limbeck_core::engine::Report;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_postgres::Postgres;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;
use limbeck_testkit::RevisionFile;

/// A database of its own.
pub(crate) struct Place {
    database: ClientDatabase,
}

impl Place {
    /// None where there is no server, which was said aloud.
    pub(crate) fn new() -> Option<Self> {
        let database = Client::Psql.database()?;
        Some(Self { database })
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        self.database.url().clone()
    }

    fn migrator(&self, files: &[RevisionFile]) -> Migrator {
        Migrator::new(Arc::new(Postgres), self.url(), scripts(files))
    }

    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.database.rows(sql)
    }

    /// A session beside that of the run.
    pub(crate) async fn session(&self) -> Box<dyn Connection> {
        let options = ConnectOptions::read_write();
        Postgres.connect(&self.url(), &options).await.unwrap()
    }

    fn versions(&self) -> Vec<String> {
        self.rows("SELECT version_num FROM limbeck_version ORDER BY 1")
    }

    /// The intentions of the journal that have no outcome.
    fn doubts(&self) -> Vec<String> {
        self.rows(
            "SELECT revision FROM limbeck_journal AS intended WHERE event = 'intended' AND NOT EXISTS \
             (SELECT FROM limbeck_journal AS later WHERE later.seq > intended.seq AND later.event IN ('done', 'failed'))",
        )
    }

    /// What the journal says of a revision, event after event.
    fn events(&self, revision: &str) -> Vec<String> {
        self.rows(&format!(
            "SELECT event || ' ' || statement_from || '-' || statement_to FROM limbeck_journal \
             WHERE revision = '{revision}' ORDER BY seq"
        ))
    }
}

pub(crate) fn scripts(files: &[RevisionFile]) -> Arc<ScriptSet> {
    let source = MemorySource::new(files.iter().map(|file| (file.file_name(), file.text())));
    Arc::new(ScriptSet::load(&source).unwrap())
}

async fn upgrade(migrator: &Migrator) -> Report {
    migrator.upgrade("heads", &mut Ignore).await.unwrap()
}

async fn failing(migrator: &Migrator) -> EngineError {
    migrator.upgrade("heads", &mut Ignore).await.unwrap_err()
}

/// Keeps what is told.
#[derive(Default)]
struct Told(Vec<String>);

impl Observer for Told {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Notice { message } => self.0.push((*message).to_owned()),
            Event::LockTimeout {
                attempt, blockers, ..
            } => {
                self.0.push(format!("attempt {attempt}"));
                self.0.extend(blockers.iter().map(ToString::to_string));
            }
            _ => {}
        }
    }
}

/// Runs one statement in a session.
async fn run(session: &mut Box<dyn Connection>, sql: &str) -> Vec<Vec<String>> {
    let rows = session
        .query(sql, &[])
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    let row = |row: &limbeck_core::driver::Row| {
        let cells = row
            .0
            .iter()
            .map(|cell| cell.as_text().unwrap_or("NULL").to_owned());
        cells.collect()
    };
    rows.rows.iter().map(row).collect()
}

/// Asks again until a query finds a row: for what the server does in its own time.
async fn until(session: &mut Box<dyn Connection>, sql: &str) {
    for _ in 0..3000 {
        if !run(session, sql).await.is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("never: {sql}");
}
