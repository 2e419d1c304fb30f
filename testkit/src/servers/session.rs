//! A session with a server, for the statements that tests need around their databases.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::ServerAddress;
use mysql_async::Conn;
use mysql_async::OptsBuilder;
use mysql_async::Row;
use mysql_async::Value;
use mysql_async::prelude::Queryable;
use tokio::runtime::Builder;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_postgres::Client;
use tokio_postgres::Config;
use tokio_postgres::NoTls;
use tokio_postgres::SimpleQueryMessage;

use super::Engine;

/// How long a server may take to greet.
const GREETING: Duration = Duration::from_secs(20);

/// A session on a thread of its own, so that it can be used from synchronous and from asynchronous tests.
#[derive(Debug)]
pub(super) struct Session {
    jobs: mpsc::Sender<Job>,
}

#[derive(Debug)]
struct Job {
    sql: String,
    answer: mpsc::Sender<Result<Vec<String>, String>>,
}

enum Connected {
    Postgres(Client, JoinHandle<()>),
    MySql(Box<Conn>),
}

impl Session {
    /// Connects.
    pub(super) fn open(engine: Engine, url: &DatabaseUrl) -> Result<Self, String> {
        let address = url.server().map_err(|error| error.to_string())?;
        let (jobs, received) = mpsc::channel::<Job>();
        let (greeted, greeting) = mpsc::channel();
        thread::spawn(move || {
            let opened = runtime().and_then(|runtime| {
                let connected = runtime.block_on(Connected::open(engine, &address))?;
                Ok((runtime, connected))
            });
            let (runtime, mut connected) = match opened {
                Ok(opened) => opened,
                Err(error) => return drop(greeted.send(Err(error))),
            };
            let _ = greeted.send(Ok(()));
            for job in received {
                let _ = job.answer.send(runtime.block_on(connected.rows(&job.sql)));
            }
            runtime.block_on(connected.close());
        });
        greeting.recv().map_err(|error| error.to_string())??;
        Ok(Self { jobs })
    }

    /// Runs one statement; the first column of its rows.
    pub(super) fn rows(&self, sql: impl Into<String>) -> Result<Vec<String>, String> {
        let (answer, answered) = mpsc::channel();
        let sql = sql.into();
        let job = Job { sql, answer };
        let ended = "the session of the tests with the server has ended";
        self.jobs.send(job).map_err(|_| ended.to_owned())?;
        answered.recv().map_err(|_| ended.to_owned())?
    }
}

fn runtime() -> Result<Runtime, String> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| error.to_string())
}

impl Connected {
    async fn open(engine: Engine, address: &ServerAddress) -> Result<Self, String> {
        let connected = async {
            match engine {
                Engine::Postgres => postgres(address).await,
                Engine::MySql | Engine::MariaDb => mysql(address).await,
            }
        };
        let late = |_| "the server took the connection and did not greet".to_owned();
        tokio::time::timeout(GREETING, connected).await.map_err(late)?
    }

    async fn rows(&mut self, sql: &str) -> Result<Vec<String>, String> {
        match self {
            Self::Postgres(client, _) => {
                let messages = client.simple_query(sql).await.map_err(|error| told(&error))?;
                let rows = messages.iter().filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or("NULL").to_owned()),
                    _ => None,
                });
                Ok(rows.collect())
            }
            Self::MySql(connection) => {
                let told = |error: mysql_async::Error| error.to_string();
                let mut result = connection.query_iter(sql).await.map_err(told)?;
                let rows: Vec<Row> = result.collect().await.map_err(told)?;
                result.drop_result().await.map_err(told)?;
                Ok(rows.iter().map(first).collect())
            }
        }
    }

    async fn close(self) {
        match self {
            Self::Postgres(client, task) => {
                drop(client);
                let _ = task.await;
            }
            Self::MySql(connection) => drop(connection.disconnect().await),
        }
    }
}

async fn postgres(address: &ServerAddress) -> Result<Connected, String> {
    let mut config = Config::new();
    config.host(address.host.as_deref().unwrap_or("localhost"));
    config.port(address.port.unwrap_or(5432));
    config.user(address.user.as_deref().unwrap_or("postgres"));
    config.dbname(address.database.as_deref().unwrap_or("postgres"));
    if let Some(password) = &address.password {
        config.password(password.reveal());
    }
    let connected = config.connect(NoTls).await;
    let (client, connection) = connected.map_err(|error| told(&error))?;
    let task = tokio::spawn(async move { drop(connection.await) });
    Ok(Connected::Postgres(client, task))
}

async fn mysql(address: &ServerAddress) -> Result<Connected, String> {
    let password = address.password.as_ref().map(|password| password.reveal());
    let options = OptsBuilder::default()
        .ip_or_hostname(address.host.clone().unwrap_or_else(|| "localhost".to_owned()))
        .tcp_port(address.port.unwrap_or(3306))
        .user(address.user.clone())
        .pass(password)
        .db_name(address.database.clone())
        .prefer_socket(false);
    let connection = Conn::new(options).await.map_err(|error| error.to_string())?;
    Ok(Connected::MySql(Box::new(connection)))
}

fn first(row: &Row) -> String {
    match row.as_ref(0) {
        Some(Value::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        Some(Value::Int(number)) => number.to_string(),
        Some(Value::UInt(number)) => number.to_string(),
        _ => "NULL".to_owned(),
    }
}

/// What the server says, where the error itself is only "db error".
fn told(error: &tokio_postgres::Error) -> String {
    let cause = std::error::Error::source(error);
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}
