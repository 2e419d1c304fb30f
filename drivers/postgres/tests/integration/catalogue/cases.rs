//! The cases of the folder `catalogue`: each leads there and back.

use std::path::Path;

use limbeck_postgres::Postgres;
use limbeck_testkit::CatalogueCase;
use limbeck_testkit::Workbench;
use limbeck_testkit::skip_for_want_of;

/// The cases for a server of this version. Those for newer ones are skipped, which is said aloud.
pub(super) fn cases(major: u32) -> Vec<CatalogueCase> {
    let all = CatalogueCase::all(Path::new("tests/catalogue")).unwrap();
    let (here, newer): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|case| case.needs.is_none_or(|needs| needs <= major));
    if !newer.is_empty() {
        let count = newer.len();
        skip_for_want_of(
            "newer servers",
            &format!("{count} cases are for servers newer than {major}"),
        );
    }
    here
}

#[tokio::test]
async fn cases_lead_there_and_back() {
    let Some((database, major)) = super::database().await else {
        return;
    };
    let mut bench = Workbench::open(&Postgres, database.url()).await.unwrap();
    let mut lines = Vec::new();
    for case in cases(major) {
        if let Err(why) = bench.there_and_back(&case).await {
            lines.push(format!("{}: {why}", case.name));
        }
    }
    bench.close().await.unwrap();
    assert_eq!(lines, [""; 0], "{}", lines.join("\n"));
}
