//! Random schemas lead to each other.

use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::round_trip_seeds;
use limbeck_testkit::round_trips;

#[tokio::test]
async fn random_schemas_lead_to_each_other() {
    let Some(database) = TestDatabase::on(Engine::Postgres) else {
        return;
    };
    let seeds = round_trip_seeds().unwrap();
    let trips = round_trips(&Postgres, database.url(), seeds).await.unwrap();
    assert!(trips.failures.is_empty(), "{}", trips.failures.join("\n\n"));
    assert!(trips.walked > trips.inexpressible, "{trips:?}");
}
