//! Sessions on real servers.

mod blockers;
mod cancel;
mod databases;
mod errors;
mod galera;
mod kept_text;
mod killed;
mod limits;
mod loads;
mod locks;
mod server;
mod tls;
mod trace;
mod turns;
mod values;

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use limbeck_core::dialect::Value;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Rows;
use limbeck_mysql::MySql;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;

/// The databases to test on: an empty one of each engine whose server is there.
pub(crate) fn databases() -> impl Iterator<Item = ClientDatabase> {
    [Client::MySql, Client::MariaDb]
        .into_iter()
        .filter_map(Client::database)
}

pub(crate) fn is_mariadb(database: &ClientDatabase) -> bool {
    database.client() == Client::MariaDb
}

pub(crate) async fn connect(database: &ClientDatabase) -> Box<dyn Connection> {
    open(database.url(), &ConnectOptions::read_write()).await.unwrap()
}

pub(crate) async fn open(
    url: &DatabaseUrl,
    options: &ConnectOptions,
) -> Result<Box<dyn Connection>, DriverError> {
    MySql.connect(url, options).await
}

/// The same database with other parameters of the URL.
pub(crate) fn with_parameters(url: &DatabaseUrl, parameters: &str) -> DatabaseUrl {
    let address = url.server().unwrap();
    let password = address.password.unwrap();
    format!(
        "{}://{}:{}@{}:{}/{}?{parameters}",
        url.scheme(),
        address.user.unwrap(),
        password.reveal(),
        address.host.unwrap(),
        address.port.unwrap(),
        address.database.unwrap()
    )
    .parse()
    .unwrap()
}

/// Runs statements one after the other.
pub(crate) async fn run(connection: &mut Box<dyn Connection>, statements: &[&str]) {
    for sql in statements {
        if let Err(error) = connection.query(sql, &[]).await {
            panic!("{error}: {sql}");
        }
    }
}

pub(crate) async fn query(connection: &mut Box<dyn Connection>, sql: &str) -> Result<Rows, DriverError> {
    connection.query(sql, &[]).await
}

/// The only value of a query.
pub(crate) async fn value(connection: &mut Box<dyn Connection>, sql: &str) -> Value {
    let rows = query(connection, sql)
        .await
        .unwrap_or_else(|error| panic!("{error}: {sql}"));
    rows.rows[0].get(0).clone()
}

pub(crate) async fn number(connection: &mut Box<dyn Connection>, sql: &str) -> i64 {
    value(connection, sql).await.as_integer().unwrap()
}

pub(crate) async fn text(connection: &mut Box<dyn Connection>, sql: &str) -> String {
    value(connection, sql).await.as_text().unwrap().to_owned()
}

/// Begins a call, and gives it up as soon as another session sees that the server is at it.
pub(crate) async fn begin_and_drop<T>(work: impl Future<Output = T>, until: impl AsyncFnMut() -> bool) {
    let mut until = until;
    let mut work = pin!(work);
    loop {
        poll_fn(|context| {
            assert!(work.as_mut().poll(context).is_pending(), "it has ended by itself");
            Poll::Ready(())
        })
        .await;
        if until().await {
            return;
        }
    }
}

/// Whether the server runs a statement with this text in it for another session.
pub(crate) async fn runs(connection: &mut Box<dyn Connection>, part: &str) -> bool {
    let own = number(connection, "SELECT connection_id()").await;
    let rows = query(connection, "SHOW FULL PROCESSLIST").await.unwrap();
    rows.rows.iter().any(|row| {
        let is_busy = matches!(row.text(4), Some("Query" | "Execute"));
        row.integer(0) != Some(own) && is_busy && row.text(7).is_some_and(|sql| sql.contains(part))
    })
}

/// Waits until the server does so.
pub(crate) async fn until_it_runs(connection: &mut Box<dyn Connection>, part: &str) {
    while !runs(connection, part).await {
        tokio::task::yield_now().await;
    }
}
