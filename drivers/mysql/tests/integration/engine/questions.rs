//! What a run asks the catalogue.

use limbeck_core::engine::Ignore;

use super::migrator;
use super::rows;
use crate::session::databases;

/// How often sessions of this database have asked the catalogue. A server that keeps no statistics of statements knows of
/// none.
const QUESTIONS: &str = "SELECT coalesce(sum(count_star), 0) FROM performance_schema.events_statements_summary_by_digest \
                         WHERE schema_name = database() AND digest_text LIKE '%information\\_schema%'";

const TABLES: [&str; 3] = [
    "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY);\n",
    "-- limbeck:upgrade\nCREATE TABLE two (id BIGINT PRIMARY KEY);\nCREATE INDEX ix_two ON two (id);\n",
    "-- limbeck:upgrade\nCREATE TABLE three (id BIGINT PRIMARY KEY);\nCREATE TABLE four (id BIGINT PRIMARY KEY);\n",
];

/// The catalogue looks through all tables for some of its answers, so a statement that leaves nothing behind when it fails
/// is not asked about.
#[tokio::test]
async fn statements_that_stand_alone_are_not_looked_for_before_they_run() {
    let all = [
        ("a1", "", TABLES[0]),
        ("b2", "a1", TABLES[1]),
        ("c3", "b2", TABLES[2]),
    ];
    for (few, many) in databases().zip(databases()) {
        migrator(&few, &all[..1])
            .upgrade("heads", &mut Ignore)
            .await
            .unwrap();
        migrator(&many, &all).upgrade("heads", &mut Ignore).await.unwrap();
        assert_eq!(rows(&few, QUESTIONS).await, rows(&many, QUESTIONS).await);
    }
}
