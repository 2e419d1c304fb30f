//! What is read of all objects leads from one database to another.

mod cases;
mod dumps;
mod pairs;
mod queries;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

/// A database, and the version of its server; none where there is no server, which was said aloud.
async fn database() -> Option<(TestDatabase, u32)> {
    let database = TestDatabase::on(Engine::Postgres)?;
    let session = Postgres
        .connect(database.url(), &ConnectOptions::read_write())
        .await
        .unwrap();
    let major = session.server().version.major;
    session.close().await.unwrap();
    Some((database, major))
}
