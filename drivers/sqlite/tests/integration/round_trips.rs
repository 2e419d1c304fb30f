//! Random schemas lead to each other.

use limbeck_sqlite::Sqlite;
use limbeck_testkit::round_trip_seeds;
use limbeck_testkit::round_trips;

#[tokio::test]
async fn random_schemas_lead_to_each_other() {
    let url = "sqlite::memory:".parse().unwrap();
    let seeds = round_trip_seeds().unwrap();
    let trips = round_trips(&Sqlite, &url, seeds).await.unwrap();
    assert!(trips.failures.is_empty(), "{}", trips.failures.join("\n\n"));
    assert!(trips.walked > trips.inexpressible, "{trips:?}");
}
