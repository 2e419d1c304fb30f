//! Twenty processes at once.

use limbeck_testkit::Engine;

use super::Place;
use crate::project::finish;

/// Each revision makes a table and adds one to a number.
const COUNT: usize = 8;

pub(super) fn counting(place: &Place) {
    place.project.revision(
        "r0",
        "",
        "Begin to count",
        "CREATE TABLE counter (id BIGINT PRIMARY KEY, n BIGINT NOT NULL);\nINSERT INTO counter (id, n) VALUES (1, 0);",
        "DROP TABLE counter;",
    );
    for number in 1..=COUNT {
        place.project.revision(
            &format!("r{number}"),
            &format!("revises r{}", number - 1),
            "Count",
            &format!("CREATE TABLE made_{number} (id BIGINT PRIMARY KEY);\nUPDATE counter SET n = n + 1;"),
            &format!("UPDATE counter SET n = n - 1;\nDROP TABLE made_{number};"),
        );
    }
}

/// Starts twenty processes, and sees all of them succeed and each revision applied once.
pub(super) async fn race(place: &Place, revisions: usize) {
    let children: Vec<_> = (0..20)
        .map(|_| place.project.start(&["upgrade", "heads"]))
        .collect();
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}: {}", place.word(), ran.whole());
    }
    let applied = place.applied().await;
    assert_eq!(applied.len(), revisions, "{applied:?}");
    assert!(applied.iter().all(|line| line.ends_with("|1")), "{applied:?}");
}

#[tokio::test]
async fn of_twenty_processes_one_applies_each_revision() {
    for place in Place::everywhere() {
        counting(&place);
        race(&place, COUNT + 1).await;
        let rows = place.session().await.rows("SELECT n FROM counter").await;
        assert_eq!(rows, [COUNT.to_string()], "{}", place.word());
    }
}

/// Whoever waits for the lock must hold no snapshot, for which the index would wait: both would wait for ever.
#[tokio::test]
async fn those_who_wait_do_not_keep_an_index_from_being_built() {
    let Some(place) = Place::on(Engine::Postgres) else {
        return;
    };
    counting(&place);
    place.project.write(
        "migrations/ix.sql",
        "-- limbeck:revision ix\n-- limbeck:revises r8\n\n-- limbeck:upgrade postgres\n-- limbeck:no_transaction\n\
         CREATE INDEX CONCURRENTLY ix_counter ON counter (n);\n\n-- limbeck:downgrade postgres\n\
         -- limbeck:no_transaction\nDROP INDEX CONCURRENTLY ix_counter;\n",
    );
    race(&place, COUNT + 2).await;
    let valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_counter'::regclass";
    assert_eq!(place.session().await.rows(valid).await, ["t"]);
}
