//! What statements in the engine's own words leave in the catalogue.

use limbeck_core::driver::Trace;

use super::connect;
use super::databases;
use super::run;

#[tokio::test]
async fn the_catalogue_tells_whether_a_statement_has_run() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &["CREATE TABLE t (a INT)", "CREATE TABLE `T 1` (a INT, A1 INT)"],
        )
        .await;
        for sql in [
            "CREATE TABLE u (a INT)",
            "CREATE TABLE IF NOT EXISTS `it's \\ é` LIKE t",
            "CREATE VIEW v AS SELECT a FROM t",
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
            "CREATE PROCEDURE p() BEGIN SELECT 1; SELECT 2; END",
            "CREATE FUNCTION p() RETURNS INT DETERMINISTIC RETURN 1",
            "CREATE EVENT e ON SCHEDULE EVERY 1 YEAR DO SELECT 1",
            "CREATE INDEX i ON `T 1` (a)",
            "ALTER TABLE `T 1` RENAME INDEX i TO j",
            "DROP INDEX j ON `T 1`",
            "ALTER TABLE t ADD COLUMN b DECIMAL(3, 1)",
            "ALTER TABLE t RENAME COLUMN b TO c",
            "ALTER TABLE t DROP COLUMN C",
            "ALTER TABLE u RENAME TO w",
            "DROP EVENT e",
            "DROP FUNCTION p",
            "DROP PROCEDURE IF EXISTS p",
            "DROP TRIGGER g",
            "DROP VIEW v",
            "DROP TABLE w",
        ] {
            assert_eq!(connection.trace(sql).await.unwrap(), Trace::NotRun, "{sql}");
            run(&mut connection, &[sql]).await;
            assert_eq!(connection.trace(sql).await.unwrap(), Trace::Done, "{sql}");
        }
        let named = format!("DROP TABLE {}.t", connection.server().schema);
        assert_eq!(connection.trace(&named).await.unwrap(), Trace::NotRun);
        for (sql, expected) in [
            ("CREATE OR REPLACE VIEW v AS SELECT 1", Trace::NotRun),
            ("ALTER TABLE t RENAME COLUMN x TO y", Trace::Unknown),
            ("UPDATE t SET a = 1", Trace::Unknown),
        ] {
            assert_eq!(connection.trace(sql).await.unwrap(), expected, "{sql}");
        }
    }
}
