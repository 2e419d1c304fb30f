//! Services that migrate when they start.

use std::sync::Arc;
use std::time::Duration;

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::engine::Started;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;

use super::Place;

const FILES: [(&str, &str); 3] = [
    (
        "a1.sql",
        "-- Add people\n-- limbeck:revision a1\n-- limbeck:upgrade\nCREATE TABLE person (id INTEGER PRIMARY KEY);\n",
    ),
    (
        "b2.sql",
        "-- Name them\n-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:upgrade\n\
         ALTER TABLE person ADD COLUMN name VARCHAR(50);\nINSERT INTO person (id, name) VALUES (1, 'Ann');\n",
    ),
    (
        "c3.sql",
        "-- Add pets\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:upgrade\n\
         CREATE TABLE pet (id INTEGER PRIMARY KEY);\n",
    ),
];

/// What a program has that knows this many revisions.
fn migrator(database: &Database, revisions: usize) -> Migrator {
    let source = MemorySource::new(FILES.into_iter().take(revisions));
    database.migrator(Arc::new(ScriptSet::load(&source).unwrap()))
}

fn applied(started: &Started) -> Vec<&str> {
    let steps = started.applied.iter();
    steps.map(|step| step.revision.as_str()).collect()
}

#[tokio::test]
async fn of_many_that_start_at_once_one_migrates_and_all_go_on() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        let starting = (0..8).map(|_| {
            let migrator = migrator(&database, 3);
            tokio::spawn(async move { migrator.run_on_start(&mut Ignore).await })
        });
        let mut all = Vec::new();
        for starting in starting.collect::<Vec<_>>() {
            let started = starting.await.unwrap();
            let started = started.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
            assert_eq!(started.revisions, ["c3"], "{}", place.name());
            assert_eq!(started.ahead, [""; 0]);
            all.extend(applied(&started).into_iter().map(str::to_owned));
        }
        assert_eq!(all, ["a1", "b2", "c3"], "{}: each once, in order", place.name());
    }
}

#[tokio::test]
async fn an_older_release_starts_on_a_database_that_a_newer_one_has_migrated() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        migrator(&database, 3).run_on_start(&mut Ignore).await.unwrap();
        let journal = async || -> i64 {
            let counted: Result<(i64,), DriverError> = database
                .transaction(async |tx| tx.query_one("SELECT count(*) FROM limbeck_journal", &[]).await)
                .await;
            counted.unwrap().0
        };
        let before = journal().await;
        let mut lines = Vec::new();
        let older = migrator(&database, 2);
        let started = older
            .run_on_start(&mut |event: &Event<'_>| lines.push(event.to_string()))
            .await
            .unwrap();
        assert_eq!(applied(&started), [""; 0]);
        assert_eq!(
            (started.revisions, started.ahead),
            (vec!["c3".to_owned()], vec!["c3".to_owned()])
        );
        assert_eq!(lines, ["the database is ahead of the files: no file has c3"]);
        assert_eq!(journal().await, before, "{}: nothing is written", place.name());
        assert!(
            older.upgrade("heads", &mut Ignore).await.is_err(),
            "only a start is lenient"
        );
    }
}

#[tokio::test]
async fn the_wait_for_the_lock_has_an_end_and_says_for_whom_it_waits() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        let mut options = MigratorOptions::default();
        options.lock_timeout = Duration::ZERO;
        let migrator = migrator(&database, 2).with_options(options);
        let held: Result<(), DriverError> = database
            .use_then_disconnect(async |session| {
                let name = LockName::new(session.server().schema.clone(), "limbeck_version");
                assert!(matches!(session.try_lock(&name).await?, TryLock::Acquired));
                let mut lines = Vec::new();
                let answer = migrator
                    .run_on_start(&mut |event: &Event<'_>| lines.push(event.to_string()))
                    .await;
                assert!(
                    matches!(answer, Err(EngineError::Locked { .. })),
                    "{}: {answer:?}",
                    place.name()
                );
                assert!(
                    lines
                        .iter()
                        .any(|line| line.contains("waiting for the migration lock: ")),
                    "{lines:?}"
                );
                session.unlock(&name).await.map(drop)
            })
            .await;
        held.unwrap();
        let started = migrator.run_on_start(&mut Ignore).await.unwrap();
        assert_eq!(applied(&started), ["a1", "b2"], "{}", place.name());
    }
}

#[tokio::test]
async fn a_start_tells_what_it_does() {
    let place = Place::file();
    let database = place.configure().build().unwrap();
    let mut lines = Vec::new();
    let mut log = |event: &Event<'_>| match event {
        Event::StatementDone { .. } => {}
        event => lines.push(event.to_string()),
    };
    migrator(&database, 2).run_on_start(&mut log).await.unwrap();
    let plain = lines.iter().map(|line| line.split(" (").next().unwrap());
    assert_eq!(
        plain.collect::<Vec<_>>(),
        [
            "2 steps are to be run",
            "upgrade a1 begins",
            "upgrade a1 Add people",
            "upgrade b2 begins",
            "upgrade b2 Name them"
        ]
    );
    let mut said = 0;
    migrator(&database, 2)
        .run_on_start(&mut |_: &Event<'_>| said += 1)
        .await
        .unwrap();
    assert_eq!(said, 0, "where nothing is to be done, nothing is said");
}

/// The compiler has taken along what a program would read from the folder.
#[test]
fn the_registry_can_be_part_of_a_program() {
    let embedded = ScriptSet::load(&limbeck_core::embed!("versions")).unwrap();
    let read = ScriptSet::load(&limbeck_registry::scripts()).unwrap();
    let named = |set: &ScriptSet| -> Vec<(String, String)> {
        let scripts = set.iter();
        scripts
            .map(|script| (script.revision().to_string(), script.file().text().to_owned()))
            .collect()
    };
    assert!(embedded.iter().count() > 30);
    assert_eq!(named(&embedded), named(&read));
}
