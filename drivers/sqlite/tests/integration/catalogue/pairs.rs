//! Pairs of schemas from elsewhere.

use limbeck_sqlite::Sqlite;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;

#[tokio::test]
async fn pairs_lead_to_each_other() {
    let Some(pairs) = pairs("sqlite").unwrap() else {
        return;
    };
    let url = "sqlite::memory:".parse().unwrap();
    let failed = pairs_converge(&Sqlite, &url, &pairs, &[]).await.unwrap();
    assert_eq!(failed, Vec::<String>::new(), "of {}", pairs.len());
}
