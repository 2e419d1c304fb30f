//! How often a session waits for its server before it can be used.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::TurnCounter;
use mysql_async::Conn;
use mysql_async::OptsBuilder;
use mysql_async::prelude::Queryable;

#[tokio::test]
async fn a_session_costs_one_turn_more_than_a_bare_connection() {
    let databases = [Engine::MySql, Engine::MariaDb].map(TestDatabase::on);
    for database in databases.into_iter().flatten() {
        let server = database.url().server().unwrap();
        let server = format!("{}:{}", server.host.unwrap(), server.port.unwrap());
        let counter = TurnCounter::before(server).unwrap();
        let url: DatabaseUrl = counter.url(&database.url_text()).parse().unwrap();
        let ours = async || {
            let mut session = MySql.connect(&url, &ConnectOptions::read_write()).await.unwrap();
            session.query("SELECT 1", &[]).await.unwrap();
            session.close().await.unwrap();
            counter.take()
        };
        // The server may ask more of the first client of a user.
        ours().await;

        let address = url.server().unwrap();
        let options = OptsBuilder::default()
            .ip_or_hostname(address.host.unwrap())
            .tcp_port(address.port.unwrap())
            .user(address.user)
            .pass(address.password.map(|password| password.reveal().to_owned()))
            .db_name(address.database)
            .prefer_socket(false);
        let mut conn = Conn::new(options).await.unwrap();
        conn.query_drop("SELECT 1").await.unwrap();
        conn.disconnect().await.unwrap();
        let bare = counter.take();

        assert_eq!(ours().await, bare + 1, "{}", database.url());
    }
}
