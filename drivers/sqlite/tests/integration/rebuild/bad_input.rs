//! Alterations that the rows or the table do not allow: they are refused with what stands in the way, and change nothing.

use super::*;

/// What is said to each of some statements, on a table that does not allow any of them.
async fn refusals(native: &str, statements: &[&str]) -> String {
    let case = Case::new(native).await;
    let mut told = Vec::new();
    for statement in statements {
        told.push(
            case.refusal(statement)
                .await
                .replace("hint: nothing of b2 was kept\n", ""),
        );
    }
    told.join("\n")
}

#[tokio::test]
async fn nulls_under_not_null_are_counted() {
    let told = refusals(
        "CREATE TABLE t (a INT, note TEXT, b INT AS (a + 1));\nINSERT INTO t VALUES (1, 'x'), (NULL, 'y'), (NULL, NULL)",
        &[
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'; ALTER TABLE t ALTER COLUMN note SET NOT NULL",
            "ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'; ALTER TABLE t ALTER COLUMN b SET NOT NULL",
            "ALTER TABLE t ADD COLUMN c TEXT NOT NULL",
            "ALTER TABLE t ADD COLUMN c TEXT; ALTER TABLE t ALTER COLUMN c SET DEFAULT 'x';\n\
             ALTER TABLE t ALTER COLUMN c SET NOT NULL",
            "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a)",
        ],
    )
    .await;
    insta::assert_snapshot!(told, @r#"
    upgrade of b2 failed: the column a of t can't become NOT NULL; rows in which it is NULL: 2
    hint: find them and change them first: SELECT * FROM "t" WHERE "a" IS NULL
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the column note of t can't become NOT NULL; rows in which it is NULL: 1
    hint: find them and change them first: SELECT * FROM "t" WHERE "note" IS NULL
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the column b of t can't become NOT NULL; rows in which it is NULL: 2
    hint: find them and change them first: SELECT * FROM "t" WHERE "b" IS NULL
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the column c of t can't be NOT NULL without a default; rows that would get none: 3
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the column c of t can't be NOT NULL without a default; rows that would get none: 3
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the column a of t can't become NOT NULL; rows in which it is NULL: 2
    hint: find them and change them first: SELECT * FROM "t" WHERE "a" IS NULL
    hint: nothing of b2 was kept; nothing else was applied
    "#);
}

#[tokio::test]
async fn values_that_are_none_of_the_new_type_are_counted() {
    let told = refusals(
        "CREATE TABLE t (n INTEGER, a TEXT, r REAL);\n\
         INSERT INTO t VALUES (70000, '1', 1.5), (2, 'two', 2), (NULL, NULL, NULL), (3, '2023-02-29', 1e300)",
        &[
            "ALTER TABLE t ALTER COLUMN n SET DATA TYPE SMALLINT",
            "ALTER TABLE t ALTER COLUMN n SET DATA TYPE BOOLEAN",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(5)",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE DATE",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE TIMESTAMP",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE JSON",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE ENUM('1', 'two')",
            "ALTER TABLE t ALTER COLUMN r SET DATA TYPE INTEGER",
            "ALTER TABLE t ALTER COLUMN r SET DATA TYPE NUMERIC(10, 2)",
            "ALTER TABLE t ALTER COLUMN r SET DATA TYPE BLOB",
        ],
    )
    .await;
    insta::assert_snapshot!(told, @r#"
    upgrade of b2 failed: the type of the column n of t can't change; rows whose value would not fit: 1
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column n of t can't change; rows whose value would not fit: 3
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 2
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 1
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 3
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 3
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 2
    hint: find them and change them first: SELECT * FROM "t" WHERE NOT ("a" IS NULL OR json_valid("a"))
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column a of t can't change; rows whose value would not fit: 1
    hint: find them and change them first: SELECT * FROM "t" WHERE NOT ("a" IN ('1', 'two'))
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column r of t can't change; rows whose value would not fit: 2
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column r of t can't change; rows whose value would not fit: 1
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the type of the column r of t can't change; rows whose value would not fit: 3
    hint: nothing of b2 was kept; nothing else was applied
    "#);
}

#[tokio::test]
async fn rows_that_break_a_new_constraint_are_named_or_counted() {
    let told = refusals(
        "CREATE TABLE p (id INTEGER PRIMARY KEY);\n\
         CREATE TABLE t (a TEXT COLLATE NOCASE, b INT, note TEXT);\n\
         INSERT INTO t VALUES ('x', 1, NULL), ('X', 1, 'it''s'), ('y', 2, NULL), (NULL, 1, NULL), (NULL, 1, NULL)",
        &[
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)",
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (b, a)",
            "ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (b)",
            "ALTER TABLE t ADD CONSTRAINT c CHECK (b < 2)",
            "ALTER TABLE t ADD CONSTRAINT u UNIQUE (note); ALTER TABLE t ADD CONSTRAINT c CHECK (b < 2)",
            "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES p (id)",
            "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 7 REFERENCES p (id)",
            "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 7 UNIQUE",
        ],
    )
    .await;
    insta::assert_snapshot!(told, @r#"
    upgrade of b2 failed: the UNIQUE constraint u can't be added to t; values that several rows have: ('x') in 2 rows
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the UNIQUE constraint u can't be added to t; values that several rows have: (1, 'x') in 2 rows
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the primary key pk can't be added to t; values that several rows have: (1) in 4 rows
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the check c can't be added to t; rows that do not meet it: 1
    hint: find them and change them first: SELECT * FROM "t" WHERE NOT ("b" < 2)
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: the check c can't be added to t; rows that do not meet it: 1
    hint: find them and change them first: SELECT * FROM "t" WHERE NOT ("b" < 2)
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: rows refer to rows that are not there, from t (rowid 1) to p, t (rowid 2) to p, t (rowid 3) to p, t (rowid 4) to p, t (rowid 5) to p
    hint: `limbeck verify --data` tells which of them were so before; beside a rebuild a DELETE does not cascade, so give it a revision of its own
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed: rows refer to rows that are not there, from t (rowid 1) to p, t (rowid 2) to p, t (rowid 3) to p, t (rowid 4) to p, t (rowid 5) to p
    hint: `limbeck verify --data` tells which of them were so before; beside a rebuild a DELETE does not cascade, so give it a revision of its own
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed at statement 1 of 2: UNIQUE constraint failed: t.c (SQLITE_CONSTRAINT_UNIQUE)
    hint: nothing of b2 was kept; nothing else was applied
    "#);
}

#[tokio::test]
async fn a_new_constraint_is_for_values_of_the_new_type() {
    let case = Case::new("CREATE TABLE t (a TEXT);\nINSERT INTO t VALUES ('5'), ('9')").await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER; ALTER TABLE t ADD CONSTRAINT c CHECK (a < 10)",
    )
    .await;

    let case = Case::new("CREATE TABLE t (a TEXT);\nINSERT INTO t VALUES ('5'), ('05')").await;
    let mut told = Vec::new();
    for constraint in ["CHECK (a < 5)", "UNIQUE (a)"] {
        let statements = format!(
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER; ALTER TABLE t ADD CONSTRAINT c {constraint}"
        );
        told.push(case.refusal(&statements).await);
    }
    insta::assert_snapshot!(told.join("\n"), @"
    upgrade of b2 failed at statement 1 of 2: CHECK constraint failed: c (SQLITE_CONSTRAINT_CHECK)
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed at statement 1 of 2: UNIQUE constraint failed: t.a (SQLITE_CONSTRAINT_UNIQUE)
    hint: nothing of b2 was kept; nothing else was applied
    ");
}

#[tokio::test]
async fn a_column_in_use_is_not_dropped() {
    let told = refusals(
        "CREATE TABLE t (a INT PRIMARY KEY, b INT UNIQUE, c INT CHECK (c > 0), d INT REFERENCES t, e INT,\n\
         f INT AS (e + 1), g INT, h INT, i INT);\n\
         CREATE INDEX ix ON t (g COLLATE NOCASE);\nCREATE INDEX partial ON t (a) WHERE h > 0",
        &[
            "ALTER TABLE t DROP COLUMN a",
            "ALTER TABLE t DROP COLUMN b",
            "ALTER TABLE t DROP COLUMN c",
            "ALTER TABLE t DROP COLUMN d",
            "ALTER TABLE t DROP COLUMN e",
            "ALTER TABLE t DROP COLUMN g",
            "ALTER TABLE t DROP COLUMN h",
            "ALTER TABLE t ALTER COLUMN i SET DEFAULT 1; ALTER TABLE t DROP COLUMN h",
            "ALTER TABLE t DROP COLUMN nothing",
        ],
    )
    .await;
    insta::assert_snapshot!(told, @"
    b2.sql:6:1: sqlite cannot drop the column a of the table t while the index partial uses it
    hint: write DROP INDEX partial before it
    b2.sql:6:1: sqlite cannot drop the column b of the table t while the UNIQUE constraint uq_t_b uses it
    hint: write ALTER TABLE t DROP CONSTRAINT uq_t_b before it
    b2.sql:6:1: sqlite cannot drop the column c of the table t while the check ck_t_c uses it
    hint: write ALTER TABLE t DROP CONSTRAINT ck_t_c before it
    b2.sql:6:1: sqlite cannot drop the column d of the table t while the foreign key fk_t_d uses it
    hint: write ALTER TABLE t DROP CONSTRAINT fk_t_d before it
    b2.sql:6:1: sqlite cannot drop the column e of the table t while the generated column f uses it
    hint: write ALTER TABLE t DROP COLUMN f before it
    b2.sql:6:1: sqlite cannot drop the column g of the table t while the index ix uses it
    hint: write DROP INDEX ix before it
    b2.sql:6:1: sqlite cannot drop the column h of the table t while the index partial uses it
    hint: write DROP INDEX partial before it
    b2.sql:6:45: sqlite cannot drop the column h of the table t while the index partial uses it
    hint: write DROP INDEX partial before it
    b2.sql:6:1: sqlite cannot find the column nothing, which the table t does not have
    hint: its columns are a, b, c, d, e, f, g, h, i
    ");
}

#[tokio::test]
async fn what_was_to_be_written_first_helps() {
    let case = Case::new(
        "CREATE TABLE t (a INT UNIQUE, b INT, note TEXT, CHECK (a > b));\nCREATE INDEX ix ON t (a DESC);\n\
         INSERT INTO t VALUES (2, 1, 'x')",
    )
    .await;
    let [first, _] = case.files("");
    let files = [
        first,
        ("b2", "a1", "-- limbeck:upgrade\nDROP INDEX ix;\n"),
        (
            "c3",
            "b2",
            "-- limbeck:upgrade\nALTER TABLE t DROP CONSTRAINT uq_t_a; ALTER TABLE t DROP CONSTRAINT ck_t_a_b;\n\
             ALTER TABLE t DROP COLUMN a;\n",
        ),
    ];
    upgrade(&case.project.migrator(&files)).await;
    assert_eq!(case.after().text("t"), " (b INT, note TEXT)");
    assert_eq!(case.after().rows["t"], ["1|1|'x'"]);
}

#[tokio::test]
async fn a_strict_table_says_which_types_it_has() {
    let told = refusals(
        "CREATE TABLE t (a INT, note TEXT) STRICT",
        &[
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(9)",
            "ALTER TABLE t ADD COLUMN b BOOLEAN",
        ],
    )
    .await;
    insta::assert_snapshot!(told, @r#"
    upgrade of b2 failed at statement 1 of 2: unknown datatype for t.a: "VARCHAR(9)" (SQLITE_ERROR)
    hint: the table is STRICT, whose types are INT, INTEGER, REAL, TEXT, BLOB and ANY: name one of them in SQLite's own words, as in sqlite(TEXT)
    hint: nothing of b2 was kept; nothing else was applied
    upgrade of b2 failed at statement 1 of 1: error in table t after add column: unknown datatype for t.b: "BOOLEAN" (SQLITE_ERROR)
    hint: the table is STRICT, whose types are INT, INTEGER, REAL, TEXT, BLOB and ANY: name one of them in SQLite's own words, as in sqlite(TEXT)
    hint: nothing of b2 was kept; nothing else was applied
    "#);
}
