//! Runs that are one transaction.

use std::sync::Arc;
use std::time::Duration;

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::TransactionScope;
use limbeck_postgres::Postgres;
use limbeck_testkit::Fault;
use limbeck_testkit::FaultKind;
use limbeck_testkit::Faulty;
use limbeck_testkit::RevisionFile;

use super::Place;
use super::failing;
use super::run;
use super::scripts;
use super::upgrade;

/// Has all steps of a run in one transaction.
fn in_one(migrator: Migrator) -> Migrator {
    let mut options = migrator.options().clone();
    options.transaction = TransactionScope::Run;
    options.timeouts.lock = Some(Duration::from_millis(200));
    migrator.with_options(options)
}

fn table(id: &str, name: &str) -> RevisionFile {
    RevisionFile::new(id)
        .upgrade(&format!("CREATE TABLE {name} (id BIGINT PRIMARY KEY);"))
        .downgrade(&format!("DROP TABLE {name};"))
}

fn files(last: &str) -> [RevisionFile; 3] {
    [
        table("a1", "one"),
        // What it sets is for itself alone.
        RevisionFile::new("b2").revises(["a1"]).section(
            "upgrade postgres",
            "SET LOCAL search_path TO pg_catalog;\nSET TIME ZONE 'Asia/Tokyo';\nINSERT INTO public.one VALUES (1);",
        ),
        RevisionFile::new("c3").revises(["b2"]).section("upgrade postgres", last),
    ]
}

const GOOD: &str = "CREATE TABLE two AS SELECT id, current_setting('TimeZone') AS zone FROM one;";

fn tables(place: &Place) -> Vec<String> {
    place.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'limbeck%' ORDER BY 1")
}

#[tokio::test]
async fn rows_that_are_null_are_counted_before_all_is_taken_back() {
    let Some(place) = Place::new() else { return };
    let strict = RevisionFile::new("b2").revises(["a1"]).upgrade(
        "ALTER TABLE one ADD COLUMN n INTEGER;\nINSERT INTO one (id) VALUES (1), (2);\n\
         ALTER TABLE one ALTER COLUMN n SET NOT NULL;",
    );
    let error = failing(&in_one(place.migrator(&[table("a1", "one"), strict]))).await;
    assert_eq!(
        error.to_string(),
        "upgrade of b2 failed: the column n of one can't become NOT NULL; rows in which it is NULL: 2"
    );
    assert!(tables(&place).is_empty());
}

#[tokio::test]
async fn all_steps_are_kept_or_none() {
    let Some(place) = Place::new() else { return };
    let error = failing(&in_one(
        place.migrator(&files("CREATE TABLE two ();\nSELECT 1 / 0;")),
    ))
    .await;
    assert!(error.place().unwrap().to_string().starts_with("c3"), "{error}");
    assert_eq!(
        error.hints().last().unwrap(),
        "nothing of c3 was kept; nothing else was applied"
    );
    assert!(tables(&place).is_empty() && place.versions().is_empty());
    assert_eq!(place.events("c3"), ["failed 1-2"]);
    assert!(place.events("a1").is_empty());

    upgrade(&in_one(place.migrator(&files(GOOD)))).await;
    assert_eq!(place.rows("SELECT id, zone FROM two"), ["1|UTC"]);
    assert_eq!(place.versions(), ["c3"]);
    assert_eq!(place.events("a1"), ["intended 1-1", "done 1-1"]);
    let proofs = "SELECT count(DISTINCT proof) FROM limbeck_journal WHERE event <> 'failed'";
    assert_eq!(
        place.rows(proofs),
        ["2"],
        "the first row and the last have one, the others stand between them"
    );
    let transactions = "SELECT count(DISTINCT xmin::text) FROM limbeck_journal WHERE event <> 'failed'";
    assert_eq!(place.rows(transactions), ["1"]);
}

#[tokio::test]
async fn a_session_that_ends_anywhere_leaves_nothing() {
    let Some(whole) = Place::new() else { return };
    let driver = Faulty::counting(Postgres);
    let count = driver.count();
    upgrade(&in_one(Migrator::new(
        Arc::new(driver),
        whole.url(),
        scripts(&files(GOOD)),
    )))
    .await;
    // Without what comes before the transaction, which other tests look at.
    for statements in (count.get() - 12)..count.get() {
        let Some(place) = Place::new() else { return };
        let driver = Faulty::new(Postgres, Fault::new(FaultKind::Cut, statements));
        failing(&in_one(Migrator::new(
            Arc::new(driver),
            place.url(),
            scripts(&files(GOOD)),
        )))
        .await;
        assert!(tables(&place).is_empty(), "cut after {statements}");
        upgrade(&in_one(place.migrator(&files(GOOD)))).await;
        assert_eq!(place.versions(), ["c3"], "cut after {statements}");
    }
}

/// Who is in the way of the second step makes the first one give its locks back, too.
#[tokio::test]
async fn what_waits_in_vain_is_tried_again_from_the_first_step() {
    let Some(place) = Place::new() else { return };
    let base = [table("a1", "one"), table("a2", "two").revises(["a1"])];
    upgrade(&place.migrator(&base)).await;
    let [one, two] = base;
    let alter = |id: &str, name: &str| {
        RevisionFile::new(id).upgrade(&format!("ALTER TABLE {name} ADD COLUMN more TEXT;"))
    };
    let all = [
        one,
        two,
        alter("b1", "one").revises(["a2"]),
        alter("b2", "two").revises(["b1"]),
    ];
    let migrator = in_one(place.migrator(&all));
    let mut reader = place.session().await;
    run(&mut reader, "BEGIN").await;
    run(&mut reader, "SELECT count(*) FROM two").await;
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let mut begun = Vec::new();
    let mut observer = |event: &Event<'_>| match event {
        Event::StepStarted { step, .. } => begun.push(step.revision.to_string()),
        Event::LockTimeout { .. } => told.send(()).unwrap(),
        _ => {}
    };
    let lets_go = async {
        heard.recv().await.unwrap();
        run(&mut reader, "COMMIT").await;
    };
    let (report, ()) = tokio::join!(migrator.upgrade("heads", &mut observer), lets_go);
    assert_eq!(report.unwrap().steps.len(), 2);
    assert_eq!(begun[..2], ["b1", "b2"]);
    assert_eq!(begun[begun.len() - 2..], ["b1", "b2"]);
    assert!(begun.len() >= 4, "{begun:?}");
    assert_eq!(place.versions(), ["b2"]);
}

#[tokio::test]
async fn rows_that_somebody_else_changes_meanwhile_take_all_back() {
    let Some(place) = Place::new() else { return };
    let url = place.url();
    let insert = "INSERT INTO limbeck_version VALUES ('zz')";
    let counted = Place::new().unwrap();
    let counting = Faulty::counting(Postgres);
    let count = counting.count();
    upgrade(&in_one(Migrator::new(
        Arc::new(counting),
        counted.url(),
        scripts(&files(GOOD)),
    )))
    .await;
    let driver = Faulty::calling(Postgres, count.get() - 6, move || {
        let url = url.clone();
        let meddling = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let options = limbeck_core::driver::ConnectOptions::read_write();
                let mut other = limbeck_core::driver::Driver::connect(&Postgres, &url, &options)
                    .await
                    .unwrap();
                run(&mut other, insert).await;
            });
        });
        meddling.join().unwrap();
    });
    let error = failing(&in_one(Migrator::new(
        Arc::new(driver),
        place.url(),
        scripts(&files(GOOD)),
    )))
    .await;
    assert!(matches!(error, EngineError::RowsMoved { .. }), "{error}");
    assert!(tables(&place).is_empty());
}
