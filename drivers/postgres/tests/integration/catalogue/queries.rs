//! How often the server is asked.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Scope;
use limbeck_postgres::Postgres;

/// Tables with eight columns, two indexes and a foreign key each, which point to the one before.
async fn make_tables(session: &mut dyn Connection, numbers: std::ops::RangeInclusive<usize>) {
    let (first, last) = (numbers.start(), numbers.end());
    let sql = format!(
        "DO $make$ BEGIN FOR i IN {first} .. {last} LOOP EXECUTE format($$
           CREATE TABLE t%1$s (id bigint PRIMARY KEY, a integer NOT NULL DEFAULT 1, b text, c varchar(80), d numeric(9, 2),
             e timestamptz DEFAULT now(), f boolean, parent bigint REFERENCES t%2$s);
           CREATE INDEX t%1$s_b ON t%1$s (lower(b)) WHERE a > 0;
           CREATE UNIQUE INDEX t%1$s_c ON t%1$s (c DESC NULLS LAST, d);
         $$, i, greatest(i - 1, 1)); END LOOP; END $make$"
    );
    session.query(&sql, &[]).await.unwrap();
}

/// The number of the session's transaction. Every statement by itself is one.
async fn transaction(session: &mut dyn Connection) -> u64 {
    let sql = "SELECT split_part(virtualxid, '/', 2) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'virtualxid'";
    let rows = session.query(sql, &[]).await.unwrap();
    rows.rows[0].text(0).unwrap().parse().unwrap()
}

/// How many statements read the catalogue, and how many objects it has. The server begins transactions of its own in a session
/// when others change much, so the smallest of several numbers is the one.
async fn reading(session: &mut dyn Connection) -> (u64, usize) {
    let mut counts = Vec::new();
    let mut objects = 0;
    for _ in 0..5 {
        let before = transaction(session).await;
        objects = session.catalogue().await.unwrap().len();
        assert!(session.beyond_model().await.unwrap().is_empty());
        let schema = session.introspect(Scope::All).await.unwrap();
        assert_eq!(schema.tables.len() * 5, objects);
        counts.push(transaction(session).await - before);
    }
    (counts.into_iter().min().unwrap(), objects)
}

#[tokio::test]
async fn their_number_is_that_of_the_kinds() {
    let Some((database, _)) = super::database().await else {
        return;
    };
    let session = Postgres
        .scratch(database.url(), &ConnectOptions::read_write())
        .await;
    let mut session = session.unwrap();
    make_tables(&mut *session, 1..=10).await;
    let (few, objects) = reading(&mut *session).await;
    assert_eq!(
        objects,
        10 * 5,
        "a table has a key, a foreign key and two indexes"
    );
    for first in (11..=1000).step_by(110) {
        make_tables(&mut *session, first..=first + 109).await;
    }
    let (many, objects) = reading(&mut *session).await;
    assert_eq!(objects, 1000 * 5);
    assert_eq!(many, few, "a thousand tables take more questions than ten");
    session.close().await.unwrap();
}

/// In a transaction that only reads, with a path of its own, which is there afterwards.
#[tokio::test]
async fn a_session_is_left_as_it_was() {
    let Some((database, _)) = super::database().await else {
        return;
    };
    let session = Postgres
        .scratch(database.url(), &ConnectOptions::read_write())
        .await;
    let mut session = session.unwrap();
    let mut run = async |sql: &str| session.query(sql, &[]).await.unwrap();
    run("CREATE SCHEMA \"My app\"").await;
    run("CREATE TABLE public.account (id bigint)").await;
    run("CREATE TABLE \"My app\".account (id bigint)").await;
    run("SET search_path = \"My app\", public").await;
    run("BEGIN READ ONLY").await;
    let read = session.catalogue().await.unwrap();
    let names: Vec<String> = read.objects().map(|object| object.id.to_string()).collect();
    assert_eq!(names, ["schema My app", "table account", "table public.account"]);
    let path = session.query("SHOW search_path", &[]).await.unwrap();
    assert_eq!(path.rows[0].text(0), Some("\"My app\", public"));
    session.query("COMMIT", &[]).await.unwrap();
    let again = session.catalogue().await.unwrap();
    assert_eq!(again, read);
    let path = session.query("SHOW search_path", &[]).await.unwrap();
    assert_eq!(path.rows[0].text(0), Some("\"My app\", public"));
    session.close().await.unwrap();
}
