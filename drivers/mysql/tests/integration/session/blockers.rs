//! Who keeps a session waiting.

use std::time::Duration;

use super::connect;
use super::databases;
use super::query;
use super::run;
use super::until_it_runs;

#[tokio::test]
async fn a_session_that_waits_for_a_row_names_whom_it_waits_for() {
    for database in databases() {
        let (mut waiter, mut holder) = (connect(&database).await, connect(&database).await);
        let mut other = connect(&database).await;
        let session = waiter.server().session.clone();
        assert_eq!(other.blockers(&session).await.unwrap(), []);
        run(
            &mut holder,
            &[
                "CREATE TABLE t (a INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1)",
                "START TRANSACTION",
                "UPDATE t SET a = 2",
            ],
        )
        .await;
        let watched = keeps_books(&mut other).await;
        let wait = waiter.query("UPDATE t SET a = 3", &[]);
        let look = async {
            until_it_runs(&mut other, "SET a = 3").await;
            loop {
                let blockers = other.blockers(&session).await.unwrap();
                let Some(blocker) = blockers.first() else {
                    if watched {
                        // InnoDB's tables show something new only to those who have not looked for 0.1 s.
                        tokio::time::sleep(Duration::from_millis(200)).await;
                        continue;
                    }
                    break;
                };
                let id = blocker.holder.pid.unwrap().to_string();
                assert!(holder.server().session.as_str().starts_with(&format!("{id}@")));
                assert!(blocker.seconds.is_some());
                break;
            }
            run(&mut holder, &["ROLLBACK"]).await;
        };
        let (answer, ()) = tokio::join!(wait, look);
        answer.unwrap();
    }
}

/// Whether the server says who waits for whom: MariaDB always does of rows, MySQL where its performance schema is on.
async fn keeps_books(connection: &mut Box<dyn limbeck_core::driver::Connection>) -> bool {
    if connection.server().dialect.name() == "mariadb" {
        return true;
    }
    let rows = query(connection, "SELECT @@performance_schema").await.unwrap();
    rows.rows[0].integer(0) == Some(1)
}
