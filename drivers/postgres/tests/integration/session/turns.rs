//! How often a session waits for its server before it can be used.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::TurnCounter;
use tokio_postgres::NoTls;

#[tokio::test]
async fn a_session_costs_one_turn_more_than_a_bare_connection() {
    let Some(database) = TestDatabase::on(Engine::Postgres) else {
        return;
    };
    let server = database.url().server().unwrap();
    let server = format!("{}:{}", server.host.unwrap(), server.port.unwrap());
    let counter = TurnCounter::before(server).unwrap();
    let url = counter.url(&database.url_text());

    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    let driving = tokio::spawn(connection);
    client.simple_query("SELECT 1").await.unwrap();
    drop(client);
    driving.await.unwrap().unwrap();
    let bare = counter.take();

    let url = url.parse().unwrap();
    let mut session = Postgres
        .connect(&url, &ConnectOptions::read_write())
        .await
        .unwrap();
    session.query("SELECT 1", &[]).await.unwrap();
    session.close().await.unwrap();
    assert_eq!(counter.take(), bare + 1);
}
