//! What is an object, and how it is found.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use limbeck_core::catalogue::Catalogue;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite;
use limbeck_sqlite::rusqlite::hooks::AuthAction;
use limbeck_sqlite::rusqlite::hooks::Authorization;

/// The catalogue of a database, and how many statements were prepared to read it.
async fn read(sql: &str) -> (Catalogue, usize) {
    let mut database = rusqlite::Connection::open_in_memory().unwrap();
    database
        .execute_batch(sql)
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let authorize = move |context: rusqlite::hooks::AuthContext<'_>| {
        if matches!(context.action, AuthAction::Select | AuthAction::Pragma { .. }) {
            counted.fetch_add(1, Ordering::SeqCst);
        }
        Authorization::Allow
    };
    database.authorizer(Some(authorize)).unwrap();
    let mut connection = Sqlite::attach(database).await.unwrap();
    let before = count.load(Ordering::SeqCst);
    let catalogue = connection.catalogue().await.unwrap();
    (catalogue, count.load(Ordering::SeqCst) - before)
}

fn ids(catalogue: &Catalogue) -> Vec<String> {
    catalogue.objects().map(|object| object.id.to_string()).collect()
}

#[tokio::test]
async fn what_sqlite_makes_for_itself_is_no_object() {
    let (catalogue, _) = read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT UNIQUE);
         CREATE INDEX i ON t (a);
         CREATE VIRTUAL TABLE words USING fts5 (a);
         CREATE VIRTUAL TABLE place USING rtree (id, x0, x1);
         CREATE VIEW v AS SELECT a FROM t;
         CREATE TRIGGER g INSTEAD OF INSERT ON v BEGIN INSERT INTO words VALUES (new.a); END;
         CREATE TEMP TABLE mine (a);
         INSERT INTO t (a) VALUES ('x');
         ANALYZE;",
    )
    .await;
    assert_eq!(
        ids(&catalogue),
        [
            "table place",
            "table t",
            "table words",
            "index i",
            "view v",
            "trigger g"
        ]
    );
    let trigger = catalogue.objects().last().unwrap();
    let needs: Vec<String> = trigger.needs.iter().map(|need| need.object.to_string()).collect();
    assert_eq!(needs, ["table words", "view v"]);
    assert_eq!(trigger.part_of.as_ref().unwrap().to_string(), "view v");
}

#[tokio::test]
async fn the_text_is_as_it_was_written() {
    let text = "CREATE TABLE t ( -- why\n  [a b]   int\n)";
    let (catalogue, _) = read(&format!("{text};")).await;
    assert_eq!(catalogue.objects().next().unwrap().create, [text]);
}

#[tokio::test]
async fn the_number_of_queries_does_not_depend_on_the_number_of_tables() {
    let tables = |number: usize| {
        let tables = (0..number).map(|table| {
            format!(
                "CREATE TABLE t{table} (id INTEGER PRIMARY KEY, a INT, b INT, c TEXT, d TEXT, e REAL, f BLOB, \
                 up INT REFERENCES t{} ON DELETE CASCADE);
                 CREATE INDEX i{table} ON t{table} (a); CREATE INDEX j{table} ON t{table} (b DESC) WHERE c IS NULL;",
                table / 2
            )
        });
        tables.collect::<String>()
    };
    let (few, queries) = read(&tables(2)).await;
    assert_eq!(few.len(), 6);
    assert!(queries > 0);
    let (many, same) = read(&tables(1000)).await;
    assert_eq!((many.len(), same), (3000, queries));
}
