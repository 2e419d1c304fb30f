//! Processes that wait for the lock: what that costs the server, and what wakes them.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::process::Child;
use std::process::ChildStderr;

use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;
use limbeck_testkit::Engine;

use super::Place;
use super::Session;
use super::killed::history;
use crate::project::finish;
use crate::signals::signal;

/// How many wait.
const COUNT: usize = 10;

/// A process that has said that it waits for the lock.
struct Waiter {
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Waiter {
    fn start(place: &Place) -> Self {
        let mut child = place.project.start(&["upgrade"]);
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Self { child, stderr }
    }

    /// Waits until it says who has the lock.
    fn waits(mut self) -> Self {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        assert!(line.starts_with("waiting for the migration lock: "), "{line}");
        self
    }

    /// Its exit code and what it has said since.
    fn end(mut self) -> (i32, String) {
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code().unwrap_or(-1), said)
    }
}

/// As many as wait, each of which has said so.
fn crowd(place: &Place) -> Vec<Waiter> {
    let started: Vec<Waiter> = (0..COUNT).map(|_| Waiter::start(place)).collect();
    started.into_iter().map(Waiter::waits).collect()
}

/// A run that waits inside of a statement for a table that `gate` has, and so keeps its lock.
async fn holder(place: &Place, gate: &mut Session) -> Child {
    history(place);
    place.project.good("upgrade a1");
    gate.rows("BEGIN").await;
    gate.rows("SELECT n FROM one").await;
    let holder = place.project.start(&["upgrade"]);
    let inside = match place.engine {
        Engine::Postgres => place.inside("ALTER TABLE \"one\""),
        _ => place.inside("ALTER TABLE `one`"),
    };
    place.session().await.until(&inside).await;
    holder
}

async fn sees_all_applied_once(place: &Place) {
    let rows = place.session().await.rows("SELECT n, note FROM one").await;
    assert_eq!(rows, ["1001|x"], "{}", place.word());
    assert_eq!(place.applied().await, ["a1|1", "b2|1"], "{}", place.word());
}

#[tokio::test]
async fn those_who_wait_are_woken_and_go_without_the_lock_when_nothing_is_left() {
    for place in Place::everywhere() {
        let mut gate = place.session().await;
        let holder = holder(&place, &mut gate).await;
        let crowd = crowd(&place);
        gate.rows("COMMIT").await;
        let ran = finish(holder);
        assert_eq!(ran.code, 0, "{}: {}", place.word(), ran.whole());
        for waiter in crowd {
            let (code, said) = waiter.end();
            assert_eq!(code, 0, "{}: {said}", place.word());
            assert!(
                !said.contains("got the migration lock"),
                "{}: {said}",
                place.word()
            );
        }
        sees_all_applied_once(&place).await;
    }
}

#[tokio::test]
async fn when_the_holder_is_killed_one_of_those_who_wait_finishes_its_work() {
    for place in Place::everywhere() {
        let mut gate = place.session().await;
        let mut holder = holder(&place, &mut gate).await;
        let crowd = crowd(&place);
        holder.kill().unwrap();
        finish(holder);
        gate.rows("COMMIT").await;
        for waiter in crowd {
            let (code, said) = waiter.end();
            assert_eq!(code, 0, "{}: {said}", place.word());
        }
        sees_all_applied_once(&place).await;
    }
}

#[tokio::test]
async fn whoever_is_killed_while_it_waits_is_in_nobodys_way() {
    for place in Place::everywhere() {
        let mut gate = place.session().await;
        let holder = holder(&place, &mut gate).await;
        let mut crowd = crowd(&place);
        for mut waiter in crowd.drain(..COUNT / 2) {
            waiter.child.kill().unwrap();
            assert_eq!(waiter.end().0, -1);
        }
        gate.rows("COMMIT").await;
        assert_eq!(finish(holder).code, 0, "{}", place.word());
        for waiter in crowd {
            let (code, said) = waiter.end();
            assert_eq!(code, 0, "{}: {said}", place.word());
        }
        sees_all_applied_once(&place).await;
    }
}

#[tokio::test]
async fn a_signal_ends_the_wait_and_its_session() {
    for place in Place::everywhere() {
        let mut gate = place.session().await;
        let holder = holder(&place, &mut gate).await;
        let waiter = Waiter::start(&place).waits();
        let mut look = place.session().await;
        look.until(in_line(&place)).await;
        signal(&waiter.child, "TERM");
        let (code, said) = waiter.end();
        assert_eq!(code, 143, "{}: {said}", place.word());
        look.until(&format!(
            "SELECT 1 FROM (SELECT 1) AS one WHERE NOT EXISTS ({})",
            in_line(&place)
        ))
        .await;
        gate.rows("COMMIT").await;
        assert_eq!(finish(holder).code, 0, "{}", place.word());
        sees_all_applied_once(&place).await;
    }
}

/// The sessions that wait for the lock.
fn in_line(place: &Place) -> &'static str {
    match place.engine {
        Engine::Postgres => {
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
             AND state = 'idle' AND query LIKE '%pg_locks%'"
        }
        _ => {
            "SELECT 1 FROM information_schema.processlist WHERE db = database() AND info LIKE '%get_lock(%' \
             AND id <> connection_id()"
        }
    }
}

/// Each of them fails, gives the lock back, and the next one has its turn.
#[tokio::test]
async fn where_work_is_left_each_who_waits_has_its_turn() {
    for place in Place::everywhere() {
        place.project.write(
            "migrations/c3.sql",
            format!(
                "-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:irreversible a test\n\n\
                 -- limbeck:upgrade {}\nINSERT INTO nowhere VALUES (1);\n",
                place.word()
            ),
        );
        let mut gate = place.session().await;
        let holder = holder(&place, &mut gate).await;
        let crowd = crowd(&place);
        gate.rows("COMMIT").await;
        assert_eq!(finish(holder).code, 2, "{}", place.word());
        for waiter in crowd {
            let (code, said) = waiter.end();
            assert_eq!(code, 2, "{}: {said}", place.word());
            assert!(said.contains("nowhere"), "{}: {said}", place.word());
        }
        sees_all_applied_once(&place).await;
    }
}

/// How often the server was asked.
async fn asked(place: &Place, look: &mut Session) -> usize {
    let asked = match place.engine {
        // What a session has done is counted when it has ended.
        Engine::Postgres => {
            look.until(
                "SELECT 1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() \
                 AND pid <> pg_backend_pid())",
            )
            .await;
            "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
        }
        _ => {
            "SELECT CAST(coalesce(sum(count_star), 0) AS SIGNED) \
             FROM performance_schema.events_statements_summary_by_digest \
             WHERE schema_name = database() AND lower(digest_text) LIKE '%get_lock%'"
        }
    };
    look.rows(asked).await.concat().parse().unwrap()
}

#[tokio::test]
async fn a_server_is_asked_a_few_times_by_those_who_wait() {
    // All transactions of the database on the one, of which a command needs six before it waits; questions about locks on the
    // other. MariaDB counts neither.
    for (engine, each) in [(Engine::Postgres, 16), (Engine::MySql, 5)] {
        let Some(place) = Place::on(engine) else { continue };
        history(&place);
        place.project.good("upgrade a1");
        let mut look = place.session().await;
        if place.engine == Engine::MySql {
            // Once it is full, what is new is not counted.
            look.rows("TRUNCATE TABLE performance_schema.events_statements_summary_by_digest")
                .await;
        }
        let before = asked(&place, &mut look).await;
        let name = LockName::new(&look.0.server().schema, "limbeck_version");
        assert_eq!(look.0.try_lock(&name).await.unwrap(), TryLock::Acquired);
        let children: Vec<Child> = (0..COUNT)
            .map(|_| place.project.start(&["upgrade", "--lock-timeout", "6s"]))
            .collect();
        for child in children {
            let ran = finish(child);
            assert_eq!(ran.code, 3, "{}: {}", place.word(), ran.whole());
        }
        let asked = asked(&place, &mut look).await - before;
        assert!(
            (COUNT..=COUNT * each).contains(&asked),
            "{}: {asked} by {COUNT}",
            place.word()
        );
    }
}
