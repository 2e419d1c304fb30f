//! Sessions and servers that end between two statements of a run.
//!
//! Each test goes through all places between two statements, from the first to the last.

use std::sync::Arc;
use std::sync::Mutex;

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::Faulty;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::RevisionFile;
use limbeck_testkit::Server;
use limbeck_testkit::TestDatabase;

use super::Session;

/// The driver of an engine.
struct Of(Engine);

impl Of {
    fn driver(&self) -> &'static dyn Driver {
        match self.0 {
            Engine::Postgres => &Postgres,
            _ => &MySql,
        }
    }
}

#[async_trait]
impl Driver for Of {
    fn name(&self) -> &'static str {
        self.driver().name()
    }

    fn schemes(&self) -> &'static [&'static str] {
        self.driver().schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        self.driver().dialects()
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        self.driver().connect(url, options).await
    }
}

/// Transactions, statements that stand alone, and rows that show how often each of them ran.
fn history(engine: Engine) -> Arc<ScriptSet> {
    let alone = match engine {
        Engine::Postgres => {
            "UPDATE one SET n = n + 10;\n-- limbeck:no_transaction\nCREATE INDEX CONCURRENTLY ix_one ON one (n);\n\
             -- limbeck:no_transaction\n-- limbeck:probe SELECT 1 FROM one WHERE n >= 100\nUPDATE one SET n = n + 100;"
        }
        _ => {
            "UPDATE one SET n = n + 10;\n-- limbeck:probe SELECT 1 FROM information_schema.statistics WHERE \
             table_schema = database() AND index_name = 'ix_one'\nCREATE INDEX ix_one ON one (n);\n\
             -- limbeck:no_transaction\n-- limbeck:probe SELECT 1 FROM one WHERE n >= 100\nUPDATE one SET n = n + 100;"
        }
    };
    let driver = Of(engine).name();
    let files = [
        RevisionFile::new("a1").upgrade(
            "CREATE TABLE one (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);\nINSERT INTO one (id, n) VALUES (1, 1);",
        ),
        RevisionFile::new("b2")
            .revises(["a1"])
            .section(&format!("upgrade {driver}"), alone),
        RevisionFile::new("c3").revises(["b2"]).upgrade(
            "ALTER TABLE one ADD COLUMN note VARCHAR(20);\nUPDATE one SET n = n + 1000, note = 'x';\n\
             CREATE VIEW noted (id) AS SELECT id FROM one;",
        ),
    ];
    let source = MemorySource::new(files.iter().map(|file| (file.file_name(), file.text())));
    Arc::new(ScriptSet::load(&source).unwrap())
}

fn migrator(engine: Engine, url: &DatabaseUrl, driver: impl Driver) -> Migrator {
    Migrator::new(Arc::new(driver), url.clone(), history(engine))
}

/// How many statements the whole history takes.
async fn statements(engine: Engine, url: &DatabaseUrl) -> usize {
    let driver = Faulty::counting(Of(engine));
    let count = driver.count();
    migrator(engine, url, driver)
        .upgrade("heads", &mut Ignore)
        .await
        .unwrap();
    count.get()
}

/// A plain upgrade finishes, and everything ran once.
async fn finishes(engine: Engine, url: &DatabaseUrl, what: &str) {
    let finished = migrator(engine, url, Of(engine))
        .upgrade("heads", &mut Ignore)
        .await;
    finished.unwrap_or_else(|error| panic!("{what}: {error}"));
    let mut session = Session::open(engine, url).await;
    assert_eq!(
        session.rows("SELECT n, note FROM one").await,
        ["1111|x"],
        "{what}"
    );
    assert_eq!(
        session.rows("SELECT version_num FROM limbeck_version").await,
        ["c3"],
        "{what}"
    );
    let doubtful = "SELECT revision FROM limbeck_journal WHERE event = 'done' AND direction = 'upgrade' \
                    AND statement_to >= statements GROUP BY revision HAVING count(*) > 1";
    assert!(session.rows(doubtful).await.is_empty(), "{what}");
}

/// Ends all other sessions of a database.
async fn end_sessions(engine: Engine, url: &DatabaseUrl) {
    let mut session = Session::open(engine, url).await;
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    if engine == Engine::Postgres {
        session.rows(end).await;
        return;
    }
    let others =
        "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id()";
    for id in session.rows(others).await {
        // It may have gone by itself.
        let _ = session.0.query(&format!("KILL {id}"), &[]).await;
    }
}

/// Does something from within a run, which has a runtime of its own.
fn meanwhile(work: impl Future<Output = ()> + Send) {
    std::thread::scope(|scope| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        scope.spawn(move || runtime.block_on(work));
    });
}

#[tokio::test]
async fn a_plain_upgrade_finishes_what_lost_its_session_anywhere() {
    for engine in Engine::ALL {
        let Some(first) = TestDatabase::on(engine) else {
            continue;
        };
        for after in 0..statements(engine, first.url()).await {
            let database = first.server().database();
            let url = database.url().clone();
            let faulty = Faulty::calling(Of(engine), after, move || meanwhile(end_sessions(engine, &url)));
            let broken = migrator(engine, database.url(), faulty)
                .upgrade("heads", &mut Ignore)
                .await;
            let what = format!("{} after {after}: {broken:?}", engine.word());
            finishes(engine, database.url(), &what).await;
        }
    }
}

#[tokio::test]
async fn a_plain_upgrade_finishes_what_lost_its_server_anywhere() {
    for engine in Engine::ALL {
        let Some(mut server) = Server::private(engine) else {
            continue;
        };
        let count = statements(engine, &server.database()).await;
        let server = Arc::new(Mutex::new(server));
        for after in 0..count {
            let url = server.lock().unwrap().database();
            let again = Arc::clone(&server);
            let faulty = Faulty::calling(Of(engine), after, move || restart(&mut again.lock().unwrap()));
            let broken = migrator(engine, &url, faulty).upgrade("heads", &mut Ignore).await;
            let what = format!("{} after {after}: {broken:?}", engine.word());
            finishes(engine, &url, &what).await;
        }
    }
}

fn restart(server: &mut PrivateServer) {
    server.kill();
    server.start();
}
