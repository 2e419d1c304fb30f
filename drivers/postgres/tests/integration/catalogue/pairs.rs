//! Pairs of schemas from elsewhere.

use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::Exception;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;
use limbeck_testkit::skip;

/// The version for which the pairs were written.
const OLDEST: u32 = 15;

const EXCEPTIONS: &[Exception] = &[];

#[tokio::test]
async fn pairs_lead_to_each_other() {
    let Some(pairs) = pairs("postgres").unwrap() else {
        return;
    };
    let Some((database, major)) = super::database().await else {
        return;
    };
    if major < OLDEST {
        skip(Engine::Postgres, "the pairs are for servers from version 15 on");
        return;
    }
    let lines = pairs_converge(&Postgres, database.url(), &pairs, EXCEPTIONS)
        .await
        .unwrap();
    assert_eq!(lines, [""; 0], "{}", lines.join("\n"));
}
