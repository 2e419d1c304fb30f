//! Random schemas lead to each other.

use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::round_trip_seeds;
use limbeck_testkit::round_trips;

async fn lead_to_each_other(engine: Engine) {
    let Some(database) = TestDatabase::on(engine) else {
        return;
    };
    let seeds = round_trip_seeds().unwrap();
    let trips = round_trips(&MySql, database.url(), seeds).await.unwrap();
    assert!(trips.failures.is_empty(), "{}", trips.failures.join("\n\n"));
    assert!(trips.walked > trips.inexpressible, "{trips:?}");
}

#[tokio::test]
async fn random_schemas_lead_to_each_other_on_mysql() {
    lead_to_each_other(Engine::MySql).await;
}

#[tokio::test]
async fn random_schemas_lead_to_each_other_on_mariadb() {
    lead_to_each_other(Engine::MariaDb).await;
}
