//! The cases that are files.

use std::path::Path;

use limbeck_sqlite::Sqlite;
use limbeck_testkit::CatalogueCase;
use limbeck_testkit::Workbench;

#[tokio::test]
async fn each_case_leads_there_and_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogue");
    let cases = CatalogueCase::all(&folder).unwrap();
    assert!(!cases.is_empty());
    let url = "sqlite::memory:".parse().unwrap();
    let mut bench = Workbench::open(&Sqlite, &url).await.unwrap();
    let mut failed = Vec::new();
    for case in &cases {
        if let Err(why) = bench.there_and_back(case).await {
            failed.push(format!("{}: {why}", case.name));
        }
    }
    bench.close().await.unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
}
