//! Rebuilds behind statements of the same revision that change the same table.

use super::*;

#[tokio::test]
async fn a_table_that_was_changed_before_is_read_again() {
    for (first, then) in [
        ("DROP INDEX ix", "ALTER TABLE t DROP CONSTRAINT uq_t_a"),
        (
            "CREATE INDEX iy ON t (b)",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 1",
        ),
        (
            "ALTER TABLE t RENAME TO u",
            "ALTER TABLE u ALTER COLUMN b SET DEFAULT 1",
        ),
        (
            "ALTER TABLE t ADD COLUMN c INTEGER; UPDATE t SET c = a",
            "ALTER TABLE t ADD CONSTRAINT k UNIQUE (c)",
        ),
        (
            "ALTER TABLE t RENAME COLUMN b TO c; ALTER TABLE t ADD COLUMN b INTEGER",
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 1",
        ),
    ] {
        let case = Case::new(
            "CREATE TABLE t (a INT UNIQUE, b INT CHECK (b > 0));\nCREATE INDEX ix ON t (a DESC);\n\
             CREATE TABLE child (a INT REFERENCES t (a) ON DELETE CASCADE);\n\
             INSERT INTO t VALUES (2, 1);\nINSERT INTO child VALUES (NULL)",
        )
        .await;
        let answer = case.try_alter(&format!("{first}; {then}")).await;
        // What refers to the key stops this one, when everything is done.
        let is_refused = then.contains("DROP CONSTRAINT");
        assert_eq!(answer.is_err(), is_refused, "{first}; {then}: {answer:?}");
        if let Err(error) = answer {
            assert!(told(&error).contains("foreign key mismatch"), "{}", told(&error));
            assert_eq!(case.after(), case.before);
        }
        assert_eq!(case.after().rows["child"], case.before.rows["child"]);
    }
}
