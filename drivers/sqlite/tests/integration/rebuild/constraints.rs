//! Constraints with all that SQLite says about them.

use super::*;

#[tokio::test]
async fn checks_stay_named_or_not_in_their_column_or_outside() {
    nothing_is_lost(
        "CREATE TABLE t (\n\
           a INT CHECK (a > 0) CONSTRAINT small CHECK (a < 10),\n\
           note TEXT,\n\
           b INT CONSTRAINT twice CONSTRAINT named NOT NULL DEFAULT 1,\n\
           CHECK (a <> b), CONSTRAINT \"odd name\" CHECK (a + b < 100) ON CONFLICT ROLLBACK CHECK (b IN (1, 2))\n\
         );\n\
         INSERT INTO t (a) VALUES (5)",
    )
    .await;
}

#[tokio::test]
async fn conflict_clauses_stay_and_never_drop_a_row() {
    let case = nothing_is_lost(
        "CREATE TABLE t (\n\
           a INT NOT NULL ON CONFLICT REPLACE DEFAULT 3,\n\
           b INT UNIQUE ON CONFLICT IGNORE,\n\
           c INT CONSTRAINT key PRIMARY KEY ON CONFLICT REPLACE,\n\
           note TEXT,\n\
           UNIQUE (a, b) ON CONFLICT REPLACE, CHECK (a > 0) ON CONFLICT FAIL\n\
         );\n\
         INSERT INTO t VALUES (1, 1, 1, 'x'), (2, 2, 2, 'y'), (2, NULL, 3, 'z')",
    )
    .await;
    case.alter("ALTER TABLE t DROP CONSTRAINT key").await;

    // What the copy would lose to IGNORE or REPLACE is an error instead.
    let case = Case::new(
        "CREATE TABLE t (a TEXT, b TEXT UNIQUE ON CONFLICT IGNORE, c TEXT UNIQUE ON CONFLICT REPLACE);\n\
         INSERT INTO t VALUES ('a', '1', '1'), ('b', '1.0', '1.0'), ('c', '2', '01')",
    )
    .await;
    for column in ["b", "c"] {
        let refusal = case
            .refusal(&format!(
                "ALTER TABLE t ALTER COLUMN {column} SET DATA TYPE INTEGER"
            ))
            .await;
        assert!(refusal.contains("UNIQUE constraint failed"), "{refusal}");
    }
}

#[tokio::test]
async fn keys_with_orders_and_collations_stay() {
    nothing_is_lost(
        "CREATE TABLE t (a TEXT COLLATE RTRIM, b TEXT, note TEXT,\n\
         PRIMARY KEY (a COLLATE NOCASE DESC, b ASC) UNIQUE (b COLLATE RTRIM DESC) UNIQUE (note, a)) WITHOUT ROWID, STRICT;\n\
         INSERT INTO t VALUES ('A', 'b', 'n'), ('a', 'c', 'm')",
    )
    .await;
}

#[tokio::test]
async fn only_the_constraint_that_is_dropped_goes() {
    let case = Case::new(
        "CREATE TABLE t (a INT CONSTRAINT ca CHECK (a > 0) NOT NULL, b INT,\n\
         UNIQUE (a) CONSTRAINT ub UNIQUE (b) CHECK (a < b), -- the last one\n\
         CONSTRAINT cb CHECK (b > 0) -- behind it\n\
         )",
    )
    .await;
    case.alter(
        "ALTER TABLE t DROP CONSTRAINT ub; ALTER TABLE t DROP CONSTRAINT cb; ALTER TABLE t DROP CONSTRAINT uq_t_a;\n\
         ALTER TABLE t DROP CONSTRAINT ca",
    )
    .await;
    insta::assert_snapshot!(case.after().text("t"), @"
     (a INT NOT NULL, b INT,
    CHECK (a < b) -- the last one
     -- behind it
    )
    ");
}

#[tokio::test]
async fn a_constraint_without_a_name_is_given_one() {
    let case = Case::new(
        "CREATE TABLE t (a INT UNIQUE, b INT REFERENCES t (a) NOT NULL DEFERRABLE INITIALLY DEFERRED, CHECK (a > 0))",
    )
    .await;
    case.alter(
        "ALTER TABLE t RENAME CONSTRAINT uq_t_a TO one; ALTER TABLE t RENAME CONSTRAINT fk_t_b TO two;\n\
         ALTER TABLE t RENAME CONSTRAINT ck_t_a TO three",
    )
    .await;
    insta::assert_snapshot!(case.after().text("t"), @r#" (a INT CONSTRAINT "one" UNIQUE, b INT CONSTRAINT "two" REFERENCES t (a) NOT NULL DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "three" CHECK (a > 0))"#);
}

#[tokio::test]
async fn a_column_behind_the_name_of_its_table_is_found() {
    let case = Case::new(
        "CREATE TABLE t (a INT, note TEXT, CHECK (t.a > 0 AND \"T\" . [a] <> 9), CHECK (main.t.a < 10));\n\
         CREATE VIEW v AS SELECT t.a FROM t;\nINSERT INTO t VALUES (6, 'n')",
    )
    .await;
    case.alter("ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'")
        .await;
    insta::assert_snapshot!(case.after().text("t"), @" (a INT, note TEXT DEFAULT 'x', CHECK (a > 0 AND  [a] <> 9), CHECK (a < 10))");
    assert_eq!(case.after().rows, case.before.rows);
}

/// SQLite's own SET and DROP NOT NULL take the first NOT of the column, also where it is that of NOT DEFERRABLE.
#[tokio::test]
async fn not_deferrable_is_not_taken_for_not_null() {
    let key = "REFERENCES t (a) NOT DEFERRABLE INITIALLY DEFERRED";
    let required = format!("{key} NOT NULL");
    for (change, before, after) in [("SET", key, required.as_str()), ("DROP", &required, key)] {
        let alter = format!("ALTER TABLE t ALTER COLUMN b {change} NOT NULL");
        for (first, more) in [
            ("", ""),
            ("ALTER TABLE t ADD COLUMN c INTEGER; ", ", \"c\" INTEGER"),
            ("CREATE INDEX i ON t (a); ", ""),
        ] {
            let case = Case::new(&format!("CREATE TABLE t (a INT PRIMARY KEY, b INT {before})")).await;
            case.alter(&format!("{first}{alter}")).await;
            let expected = format!("(a INT PRIMARY KEY, b INT {after}{more})");
            assert_eq!(words(case.after().text("t")), expected, "{first}{alter}");
        }
    }
}

#[tokio::test]
async fn rows_without_a_value_are_in_the_way_of_not_null_beside_not_deferrable() {
    let case = Case::new(
        "CREATE TABLE t (a INT PRIMARY KEY, b INT REFERENCES t (a) NOT DEFERRABLE);\nINSERT INTO t VALUES (1, NULL)",
    )
    .await;
    let refusal = case.refusal("ALTER TABLE t ALTER COLUMN b SET NOT NULL").await;
    assert!(
        refusal.contains("the column b of t can't become NOT NULL"),
        "{refusal}"
    );
    assert_eq!(case.after(), case.before);
}

/// SQLite's own DROP CONSTRAINT takes the first that has the name, and leaves pieces of others.
#[tokio::test]
async fn a_constraint_whose_name_or_words_mislead_sqlite_goes_whole_and_alone() {
    for (text, left) in [
        (
            "(a INT CONSTRAINT c NOT NULL CONSTRAINT c CHECK (a > 0))",
            "(a INT CONSTRAINT c NOT NULL)",
        ),
        (
            "(a INT CONSTRAINT c DEFAULT 5 CONSTRAINT c CHECK (a > 0))",
            "(a INT CONSTRAINT c DEFAULT 5)",
        ),
        (
            "(a INT PRIMARY KEY, b INT CONSTRAINT w REFERENCES t DEFERRABLE INITIALLY DEFERRED CONSTRAINT c REFERENCES t (a) NOT DEFERRABLE)",
            "(a INT PRIMARY KEY, b INT CONSTRAINT w REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
        ),
        (
            "(a INT PRIMARY KEY, b INT, CONSTRAINT c FOREIGN KEY (b) REFERENCES t (a) NOT DEFERRABLE)",
            "(a INT PRIMARY KEY, b INT)",
        ),
    ] {
        let case = Case::new(&format!("CREATE TABLE t {text}")).await;
        case.alter("ALTER TABLE t DROP CONSTRAINT c").await;
        assert_eq!(words(case.after().text("t")), left, "{text}");
    }
}

/// A text with one blank where it has several.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(" )", ")").replace(" ,", ",")
}
