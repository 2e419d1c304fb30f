//! What a run asks the catalogue.

use limbeck_core::engine::Ignore;

use super::migrator;
use super::rows;
use crate::session::databases;

/// How often sessions of this database have asked the catalogue. A server that keeps no statistics of statements knows of
/// none.
const QUESTIONS: &str = "SELECT coalesce(sum(count_star), 0) FROM performance_schema.events_statements_summary_by_digest \
                         WHERE schema_name = database() AND digest_text LIKE '%information\\_schema%'";

/// The catalogue looks through all tables for some of its answers. So it is asked once before a run whose statements depend
/// on it, and not again for an index, nor for what a statement that stands alone may have left: it leaves nothing when it fails.
#[tokio::test]
async fn the_catalogue_is_asked_once_however_many_tables_and_indexes_a_run_makes() {
    let tables = ["one", "two", "three", "four"].map(|table| {
        format!(
            "-- limbeck:upgrade\nCREATE TABLE {table} (id BIGINT PRIMARY KEY, name VARCHAR(9));\n\
             CREATE INDEX ix_{table} ON {table} (name);\n"
        )
    });
    let all = [
        ("a1", "", &*tables[0]),
        ("b2", "a1", &*tables[1]),
        ("c3", "b2", &*tables[2]),
        ("d4", "c3", &*tables[3]),
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
