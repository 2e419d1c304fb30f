//! A node of a Galera cluster, whose locks other nodes know nothing of.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Trust;
use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;

use super::open;

#[tokio::test]
async fn the_locks_of_a_galera_node_count_nothing() {
    let Some(mut server) = PrivateOptions::new(Engine::MariaDb).galera().start() else {
        return;
    };
    assert_eq!(server.rows("SELECT @@wsrep_on"), ["1"]);
    let url = server.database();
    let connection = open(&url, &ConnectOptions::read_write()).await.unwrap();
    assert_eq!(connection.server().trust, Trust::Shared);
    connection.close().await.unwrap();
}
