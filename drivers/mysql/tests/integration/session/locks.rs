//! The migration lock.

use limbeck_core::dialect::Value;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Connection;
use limbeck_core::driver::LockName;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::TryLock;

use super::begin_and_drop;
use super::connect;
use super::databases;
use super::run;
use super::runs;
use super::until_it_runs;
use super::value;

fn name(connection: &dyn Connection) -> LockName {
    LockName::new(&connection.server().schema, "limbeck_version")
}

async fn takes(connection: &mut Box<dyn Connection>, name: &LockName) -> bool {
    connection.try_lock(name).await.unwrap() == TryLock::Acquired
}

#[tokio::test]
async fn one_session_has_the_lock_and_others_are_told_who() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        assert_eq!(other.lock_holder(&name).await.unwrap(), None);
        assert!(takes(&mut holder, &name).await);
        let TryLock::Held(Some(told)) = other.try_lock(&name).await.unwrap() else {
            panic!("the other session has the lock too");
        };
        assert_eq!(told.user.as_deref(), Some("root"));
        let session = holder.server().session.to_string();
        assert!(
            session.starts_with(&format!("{}@", told.pid.unwrap())),
            "{session}"
        );
        assert_eq!(other.lock_holder(&name).await.unwrap(), Some(told));
        assert!(!other.unlock(&name).await.unwrap());
        assert!(holder.unlock(&name).await.unwrap());
        assert!(takes(&mut other, &name).await);
    }
}

#[tokio::test]
async fn the_lock_is_taken_once_however_often_it_is_asked_for() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        for _ in 0..3 {
            assert!(takes(&mut holder, &name).await);
        }
        assert!(holder.unlock(&name).await.unwrap());
        assert!(takes(&mut other, &name).await);
    }
}

#[tokio::test]
async fn the_proof_is_null_without_the_lock() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        let proof = format!("SELECT {}", holder.lock_proof(&name).unwrap());
        assert_eq!(value(&mut holder, &proof).await, Value::Null);
        takes(&mut holder, &name).await;
        assert_eq!(value(&mut holder, &proof).await, Value::Text(name.text()));
        assert_eq!(value(&mut other, &proof).await, Value::Null);
        run(&mut holder, &["DO release_all_locks()"]).await;
        assert_eq!(value(&mut holder, &proof).await, Value::Null);
    }
}

#[tokio::test]
async fn two_databases_of_one_server_have_two_locks() {
    for (one, other) in databases().zip(databases()) {
        let (mut one, mut other) = (connect(&one).await, connect(&other).await);
        let (name_one, name_other) = (name(&*one), name(&*other));
        assert_ne!(name_one.text(), name_other.text());
        assert!(takes(&mut one, &name_one).await);
        assert!(takes(&mut other, &name_other).await);
    }
}

#[tokio::test]
async fn a_dropped_session_rolls_back_and_frees_its_lock() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        takes(&mut holder, &name).await;
        run(
            &mut holder,
            &[
                "CREATE TABLE t (a INTEGER)",
                "START TRANSACTION",
                "INSERT INTO t VALUES (1)",
            ],
        )
        .await;
        drop(holder);
        while !takes(&mut other, &name).await {
            tokio::task::yield_now().await;
        }
        assert_eq!(super::number(&mut other, "SELECT count(*) FROM t").await, 0);
    }
}

#[tokio::test]
async fn a_session_that_is_left_in_its_middle_frees_its_lock() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        takes(&mut holder, &name).await;
        let slow = "SELECT sleep(100000), 'left'";
        begin_and_drop(holder.query(slow, &[]), async || runs(&mut other, "left").await).await;
        drop(holder);
        while !takes(&mut other, &name).await {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn the_rest_of_a_long_answer_is_not_waited_for() {
    for database in databases() {
        let (mut holder, mut other) = (connect(&database).await, connect(&database).await);
        let name = name(&*holder);
        takes(&mut holder, &name).await;
        run(
            &mut holder,
            &["CREATE PROCEDURE p() BEGIN SELECT repeat('x', 1000000); SELECT sleep(100000), 'rest'; END"],
        )
        .await;
        begin_and_drop(holder.query("CALL p()", &[]), async || {
            runs(&mut other, "rest").await
        })
        .await;
        drop(holder);
        while !takes(&mut other, &name).await {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn what_a_session_does_is_seen_by_others() {
    for database in databases() {
        let (mut worker, mut other) = (connect(&database).await, connect(&database).await);
        let session = worker.server().session.clone();
        assert_eq!(other.activity(&session).await.unwrap(), Activity::Idle);
        let slow = worker.query("SELECT sleep(100000), 'seen'", &[]);
        let look = async {
            until_it_runs(&mut other, "seen").await;
            let Activity::Running { since, sql } = other.activity(&session).await.unwrap() else {
                panic!("it does not run");
            };
            assert!(since.unwrap().ends_with('Z'));
            assert!(sql.unwrap().contains("seen"));
            let id = session.as_str().split('@').next().unwrap();
            run(&mut other, &[&format!("KILL CONNECTION {id}")]).await;
        };
        let (answer, ()) = tokio::join!(slow, look);
        answer.unwrap_err();
        while other.activity(&session).await.unwrap() != Activity::Gone {
            tokio::task::yield_now().await;
        }
        let (_, start) = other.server().session.as_str().split_once('@').unwrap();
        let id = other
            .server()
            .session
            .as_str()
            .split('@')
            .next()
            .unwrap()
            .to_owned();
        let (seconds, user) = start.split_once('/').unwrap();
        let before = seconds.parse::<i64>().unwrap() - 60;
        let earlier = SessionId::new(format!("{id}@{before}/{user}"));
        assert_eq!(other.activity(&earlier).await.unwrap(), Activity::Gone);
    }
}
