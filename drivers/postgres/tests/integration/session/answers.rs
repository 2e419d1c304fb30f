//! What a session answers.

use limbeck_core::dialect::Value;
use limbeck_core::driver::Access;
use limbeck_core::driver::Administer;
use limbeck_core::driver::Batch;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Trust;
use limbeck_postgres::Postgres;

use crate::engine::Place;

#[tokio::test]
async fn a_pipelined_batch_counts_its_statements_and_stops_at_the_first_that_fails() {
    let Some(place) = Place::new() else { return };
    let mut session = place.session().await;
    let mut done = Vec::new();
    let good = [
        "BEGIN",
        "CREATE TABLE a (b integer)",
        "INSERT INTO a VALUES (1), (2)",
        "COMMIT",
    ];
    session
        .run(Batch::transaction(&good), &mut |one| done.push(one.affected))
        .await
        .unwrap();
    assert_eq!(done, [Some(0), Some(0), Some(2), Some(0)]);
    let bad = [
        "BEGIN",
        "INSERT INTO a VALUES (3)",
        "SELECT 1/0",
        "INSERT INTO a VALUES (4)",
        "COMMIT",
    ];
    let error = session
        .run(Batch::transaction(&bad), &mut |_| {})
        .await
        .unwrap_err();
    assert_eq!((error.at, error.error.code.as_deref()), (2, Some("22012")));
    session.query("ROLLBACK", &[]).await.unwrap();
    assert_eq!(place.rows("SELECT count(*) FROM a"), ["2"]);
}

#[tokio::test]
async fn parameters_take_the_type_of_their_place() {
    let Some(place) = Place::new() else { return };
    let mut session = place.session().await;
    session
        .query(
            "CREATE TABLE a (n bigint, t text, b bytea, d date, f float8, z boolean)",
            &[],
        )
        .await
        .unwrap();
    let values = [
        Value::Integer(i64::MIN),
        Value::from("it's \\ ?\n🦀"),
        Value::Bytes(vec![0, 255]),
        Value::from("2026-11-28"),
        Value::Real(0.1),
        Value::Boolean(true),
    ];
    session
        .query("INSERT INTO a VALUES (?, ?, ?, ?, ?, ?)", &values)
        .await
        .unwrap();
    let rows = session
        .query("SELECT * FROM a WHERE t = $2 AND n = $1", &values[..2])
        .await
        .unwrap();
    let row = &rows.rows[0];
    assert_eq!(row.integer(0), Some(i64::MIN));
    assert_eq!(row.text(1), Some("it's \\ ?\n🦀"));
    let texts: Vec<_> = (2..6).map(|column| row.text(column).unwrap()).collect();
    assert_eq!(texts, ["\\x00ff", "2026-11-28", "0.1", "t"]);
}

#[tokio::test]
async fn a_copy_that_waits_for_the_client_is_refused() {
    let Some(place) = Place::new() else { return };
    let mut session = place.session().await;
    let error = session.query("COPY pg_class FROM STDIN", &[]).await.unwrap_err();
    assert_eq!(error.kind, DriverErrorKind::Unsupported);
    assert_eq!(
        session.query("SELECT 1", &[]).await.unwrap().rows[0].integer(0),
        Some(1)
    );
}

#[tokio::test]
async fn a_session_that_only_reads_writes_nothing() {
    let Some(place) = Place::new() else { return };
    let mut session = Postgres
        .connect(&place.url(), &ConnectOptions::read_only())
        .await
        .unwrap();
    let error = session
        .query("CREATE TABLE a (b integer)", &[])
        .await
        .unwrap_err();
    assert_eq!(
        (error.kind, error.code.as_deref()),
        (DriverErrorKind::Permission, Some("25006"))
    );
    assert_eq!(ConnectOptions::default().access, Access::ReadOnly);
}

#[tokio::test]
async fn it_knows_who_answers() {
    let Some(place) = Place::new() else { return };
    let url = place
        .url()
        .with_parameter("options", "-c geqo=off")
        .with_parameter("application_name", "ours");
    let mut session = Postgres
        .connect(&url, &ConnectOptions::read_write())
        .await
        .unwrap();
    assert_eq!(session.server().trust, Trust::Session);
    assert_eq!(session.server().schema, "public");
    assert!(session.server().version.major >= 12);
    session.query("SET geqo = on", &[]).await.unwrap();
    session.restore().await.unwrap();
    let rows = session
        .query(
            "SELECT current_setting('geqo'), current_setting('application_name')",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(
        (rows.rows[0].text(0), rows.rows[0].text(1)),
        (Some("off"), Some("ours"))
    );
}

#[tokio::test]
async fn databases_are_made_and_dropped_twice_without_harm() {
    let Some(place) = Place::new() else { return };
    let mut address = place.url().server().unwrap();
    let name = format!("{}_\"Two", address.database.unwrap());
    address.database = Some(name.clone());
    let url = place.url().with_server(&address);
    for task in [Administer::Create, Administer::Create] {
        Postgres.administer(&url, task).await.unwrap();
    }
    Postgres
        .connect(&url, &ConnectOptions::read_write())
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    for task in [Administer::Drop, Administer::Drop] {
        Postgres.administer(&url, task).await.unwrap();
    }
    let gone = Postgres
        .connect(&url, &ConnectOptions::read_write())
        .await
        .err()
        .unwrap();
    assert_eq!(gone.kind, DriverErrorKind::NoDatabase);
    assert!(gone.hint.unwrap().contains("limbeck db init"));
}
