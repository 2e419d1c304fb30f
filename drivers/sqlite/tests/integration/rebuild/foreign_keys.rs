//! Foreign keys of the table, and to it.

use super::*;

#[tokio::test]
async fn inline_keys_stay_with_their_actions() {
    nothing_is_lost(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE);\n\
         CREATE TABLE t (\n\
           a INT REFERENCES p ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,\n\
           b TEXT CONSTRAINT fk REFERENCES p (code) MATCH FULL ON DELETE RESTRICT NOT DEFERRABLE NOT NULL DEFAULT 'c',\n\
           note TEXT,\n\
           c INT REFERENCES P(ID) UNIQUE DEFERRABLE INITIALLY IMMEDIATE,\n\
           FOREIGN KEY (a, b) REFERENCES q (x, y) ON UPDATE SET DEFAULT DEFERRABLE\n\
         );\n\
         CREATE TABLE q (x, y, PRIMARY KEY (x, y));\n\
         INSERT INTO p VALUES (1, 'c');\nINSERT INTO t (a, c) VALUES (NULL, 1)",
    )
    .await;
}

#[tokio::test]
async fn children_keep_their_rows() {
    for action in ["CASCADE", "SET NULL", "SET DEFAULT", "RESTRICT", "NO ACTION"] {
        let case = nothing_is_lost(&format!(
            "CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT);\n\
             CREATE TABLE child (t INT REFERENCES t ON DELETE {action} ON UPDATE {action});\n\
             CREATE TABLE late (t INT DEFAULT 9 REFERENCES \"T\" (id) ON DELETE {action} DEFERRABLE INITIALLY DEFERRED);\n\
             INSERT INTO t VALUES (1, 'a'), (2, 'b');\nINSERT INTO child VALUES (1), (2), (2);\n\
             INSERT INTO late VALUES (1)"
        ))
        .await;
        assert_eq!(case.after().rows["child"].len(), 3);
    }
}

#[tokio::test]
async fn a_table_that_refers_to_itself_still_does() {
    let case = nothing_is_lost(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, up INT REFERENCES t ON DELETE CASCADE, note TEXT,\n\
         left_of INT, FOREIGN KEY (left_of) REFERENCES \"t\" (id) DEFERRABLE INITIALLY DEFERRED);\n\
         INSERT INTO t VALUES (1, NULL, 'a', 2), (2, 1, 'b', NULL)",
    )
    .await;
    let connection = case.project.look();
    connection
        .execute_batch("PRAGMA foreign_keys = ON; DELETE FROM t WHERE id = 1")
        .unwrap();
    assert!(case.project.rows("SELECT id FROM t").is_empty());
}

#[tokio::test]
async fn rows_that_refer_to_nothing_take_everything_back() {
    let case = Case::new(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);\nCREATE TABLE t (a INT, note TEXT);\n\
         INSERT INTO t VALUES (1, 'x'), (NULL, 'y')",
    )
    .await;
    let refusal = case
        .refusal("ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id)")
        .await;
    insta::assert_snapshot!(refusal, @"
    upgrade of b2 failed: rows refer to rows that are not there, from t (rowid 1) to p
    hint: `limbeck verify --data` tells which of them were so before; beside a rebuild a DELETE does not cascade, so give it a revision of its own
    hint: nothing of b2 was kept; nothing else was applied
    ");
    case.project
        .look()
        .execute_batch("INSERT INTO p VALUES (1)")
        .unwrap();
    case.alter("ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES p (id)")
        .await;
}

#[tokio::test]
async fn a_key_that_others_refer_to_stays() {
    let case = Case::new(
        "CREATE TABLE t (a INT CONSTRAINT u UNIQUE, note TEXT);\nCREATE TABLE child (a INT REFERENCES t (a));\n\
         INSERT INTO t VALUES (1, 'x');\nINSERT INTO child VALUES (1)",
    )
    .await;
    insta::assert_snapshot!(case.refusal("ALTER TABLE t DROP CONSTRAINT u").await, @r#"
    upgrade of b2 failed at statement 2 of 2: foreign key mismatch - "child" referencing "t" (SQLITE_ERROR)
    hint: a foreign key needs a primary key or a UNIQUE constraint on what it refers to: drop the foreign key first, or keep that
    hint: nothing of b2 was kept; nothing else was applied
    "#);
}
