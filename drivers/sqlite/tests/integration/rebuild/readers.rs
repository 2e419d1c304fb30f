//! What goes with a table when it is dropped, and what reads it.

use super::*;

#[tokio::test]
async fn indexes_of_every_kind_are_made_again() {
    nothing_is_lost(
        "CREATE TABLE t (a INT, b TEXT COLLATE NOCASE, note TEXT);\n\
         CREATE INDEX plain ON t (a);\n\
         CREATE INDEX both_ways ON t (a DESC, b COLLATE RTRIM ASC);\n\
         CREATE UNIQUE INDEX expressed ON t (lower(b) DESC, a + 1, coalesce(note, '')) WHERE a > 0 AND note <> 'no';\n\
         CREATE INDEX [some (name] ON t (\"b\" /* why */);\n\
         CREATE UNIQUE INDEX IF NOT EXISTS ünique on t(note)where note is not null;\n\
         INSERT INTO t VALUES (1, 'b', 'c'), (2, 'B', NULL), (-1, NULL, 'no')",
    )
    .await;
}

#[tokio::test]
async fn triggers_are_made_again_in_their_order() {
    let case = nothing_is_lost(
        "CREATE TABLE t (a INT, note TEXT);\n\
         CREATE TABLE log (what);\n\
         CREATE TRIGGER z AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('z; ' || new.a); END;\n\
         CREATE TRIGGER a BEFORE UPDATE OF a, note ON t WHEN new.a IS NOT old.a BEGIN\n\
             SELECT CASE WHEN new.a < 0 THEN raise(ABORT, 'no') END;\n\
             DELETE FROM t WHERE a = 99;\n\
         END;\n\
         CREATE TRIGGER \"it's\" AFTER DELETE ON t FOR EACH ROW BEGIN UPDATE t SET note = 'gone'; END;\n\
         INSERT INTO t VALUES (1, NULL)",
    )
    .await;
    assert_eq!(case.project.rows("SELECT what FROM log"), ["z; 1"]);
    case.project
        .look()
        .execute_batch("INSERT INTO t (a) VALUES (2)")
        .unwrap();
    assert_eq!(case.project.rows("SELECT what FROM log"), ["z; 1", "z; 2"]);
}

#[tokio::test]
async fn triggers_of_other_tables_stay_as_they_are() {
    let case = nothing_is_lost(
        "CREATE TABLE t (a INT, note TEXT);\n\
         CREATE TABLE other (a INT);\n\
         CREATE TRIGGER copies AFTER INSERT ON other BEGIN\n\
             INSERT INTO t (a) SELECT new.a WHERE NOT EXISTS (SELECT 1 FROM main.t WHERE t.a = new.a);\n\
         END;\n\
         CREATE VIEW shown AS SELECT a FROM other;\n\
         CREATE TRIGGER instead INSTEAD OF INSERT ON shown BEGIN DELETE FROM t; END",
    )
    .await;
    case.project
        .look()
        .execute_batch("INSERT INTO other VALUES (7)")
        .unwrap();
    assert_eq!(case.project.rows("SELECT a FROM t"), ["7"]);
    case.project
        .look()
        .execute_batch("INSERT INTO shown VALUES (1)")
        .unwrap();
    assert!(case.project.rows("SELECT a FROM t").is_empty());
}

#[tokio::test]
async fn views_and_views_of_views_stay_as_they_are() {
    let case = nothing_is_lost(
        "CREATE TABLE t (a INT, note TEXT);\n\
         CREATE VIEW one AS SELECT * FROM t WHERE note IS NULL;\n\
         CREATE VIEW two (b) AS SELECT one.a FROM one JOIN t AS u ON u.a = one.a;\n\
         CREATE TRIGGER through INSTEAD OF DELETE ON one BEGIN DELETE FROM t WHERE a = old.a; END;\n\
         INSERT INTO t VALUES (1, NULL)",
    )
    .await;
    assert_eq!(case.project.rows("SELECT b FROM two"), ["1"]);
}

#[tokio::test]
async fn a_broken_view_elsewhere_is_none_of_its_business() {
    nothing_is_lost(
        "CREATE TABLE t (a INT, note TEXT);\n\
         CREATE TABLE gone (a INT);\n\
         CREATE VIEW broken AS SELECT a FROM gone;\n\
         DROP TABLE gone",
    )
    .await;
}

#[tokio::test]
async fn a_dropped_column_that_a_view_or_a_trigger_needs_is_refused() {
    let mut told = Vec::new();
    for reader in [
        "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END",
        "CREATE TRIGGER h AFTER UPDATE ON t WHEN old.a > 1 BEGIN SELECT 1; END",
        "CREATE TABLE o (x); CREATE TRIGGER \"of other\" AFTER INSERT ON o BEGIN UPDATE t SET a = 1; END",
    ] {
        let case = Case::new(&format!("CREATE TABLE t (a INT, note TEXT); {reader}")).await;
        for statements in [
            "ALTER TABLE t DROP COLUMN a",
            "ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'; ALTER TABLE t DROP COLUMN a",
        ] {
            told.push(case.refusal(statements).await);
        }
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    b2.sql:6:1: sqlite cannot drop the column a of the table t while the view v uses it
    hint: write DROP VIEW v before it, and CREATE VIEW, as it is then to be, after it
    b2.sql:6:50: sqlite cannot drop the column a of the table t while the view v uses it
    hint: write DROP VIEW v before it, and CREATE VIEW, as it is then to be, after it
    b2.sql:6:1: sqlite cannot drop the column a of the table t while the trigger g uses it
    hint: write DROP TRIGGER "g" in a native section (-- limbeck:upgrade sqlite) before it
    b2.sql:6:50: sqlite cannot drop the column a of the table t while the trigger g uses it
    hint: write DROP TRIGGER "g" in a native section (-- limbeck:upgrade sqlite) before it
    b2.sql:6:1: sqlite cannot drop the column a of the table t while the trigger h uses it
    hint: write DROP TRIGGER "h" in a native section (-- limbeck:upgrade sqlite) before it
    b2.sql:6:50: sqlite cannot drop the column a of the table t while the trigger h uses it
    hint: write DROP TRIGGER "h" in a native section (-- limbeck:upgrade sqlite) before it
    b2.sql:6:1: sqlite cannot drop the column a of the table t while the trigger of other uses it
    hint: write DROP TRIGGER "of other" in a native section (-- limbeck:upgrade sqlite) before it
    b2.sql:6:50: sqlite cannot drop the column a of the table t while the trigger of other uses it
    hint: write DROP TRIGGER "of other" in a native section (-- limbeck:upgrade sqlite) before it
    "#);
}

#[tokio::test]
async fn a_column_is_renamed_with_all_its_readers() {
    let case = Case::new(
        "CREATE TABLE t (a INT CHECK (a > 0), note TEXT, UNIQUE (a));\n\
         CREATE INDEX ix ON t (a DESC) WHERE a > 5;\n\
         CREATE VIEW v AS SELECT a FROM t;\n\
         CREATE TABLE child (a INT REFERENCES t (a));\n\
         CREATE TRIGGER g AFTER INSERT ON child BEGIN UPDATE t SET a = new.a; END;\n\
         INSERT INTO t VALUES (1, 'n')",
    )
    .await;
    case.alter(
        "ALTER TABLE t RENAME COLUMN a TO b;\n\
         ALTER TABLE t ALTER COLUMN b SET DEFAULT 7;\n\
         ALTER TABLE t ADD CONSTRAINT small CHECK (b < 100)",
    )
    .await;
    let after = case.after();
    let texts: Vec<&str> = ["t", "ix", "v", "child", "g"]
        .map(|name| after.text(name))
        .to_vec();
    insta::assert_snapshot!(texts.join("\n"), @r#"
     ("b" INT DEFAULT 7 CHECK ("b" > 0), note TEXT, UNIQUE ("b"),
        CONSTRAINT "small" CHECK ("b" < 100))
    CREATE INDEX ix ON t ("b" DESC) WHERE "b" > 5
    CREATE VIEW v AS SELECT "b" FROM t
     (a INT REFERENCES t ("b"))
    CREATE TRIGGER g AFTER INSERT ON child BEGIN UPDATE t SET "b" = new.a; END
    "#);
    assert_eq!(after.rows["t"], case.before.rows["t"]);
}

#[tokio::test]
async fn what_analyze_has_found_out_stays() {
    let case = nothing_is_lost(
        "CREATE TABLE t (a INT UNIQUE, note TEXT);\nCREATE INDEX i ON t (note);\nCREATE TABLE other (a INT);\n\
         INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, 'y');\nINSERT INTO other VALUES (1);\nANALYZE",
    )
    .await;
    let kept = case
        .project
        .rows("SELECT idx FROM sqlite_stat1 WHERE tbl = 't' ORDER BY 1");
    assert_eq!(kept, ["i", "sqlite_autoindex_t_1"]);
}
