//! Columns with all that SQLite says about them.

use super::*;

#[tokio::test]
async fn types_collations_and_defaults_stay() {
    nothing_is_lost(
        "CREATE TABLE t (\n\
           a VARCHAR(10) COLLATE NOCASE, b \"odd type\" COLLATE \"rtrim\", c, d LONG DOUBLE PRECISION (1, -2),\n\
           note TEXT,\n\
           e INT DEFAULT -5, f TEXT DEFAULT 'it''s, ok', g DEFAULT (1 + (2)), h DEFAULT CURRENT_TIMESTAMP,\n\
           i BLOB DEFAULT x'00ff', j DEFAULT TRUE, k DEFAULT word, l REAL DEFAULT +1.5e3, m DEFAULT NULL NULL,\n\
           n DEFAULT (',)' || char(40)) NOT NULL\n\
         );\n\
         INSERT INTO t (a, b, c, d) VALUES ('x', 1, x'01', 1.5), (NULL, 'b', 2, 9007199254740993)",
    )
    .await;
}

#[tokio::test]
async fn generated_columns_stay_and_are_computed() {
    nothing_is_lost(
        "CREATE TABLE t (a INT, b INT AS (a * 2) VIRTUAL, c INT GENERATED ALWAYS AS (a || ',') STORED, note TEXT,\n\
         d AS (b + 1) UNIQUE NOT NULL, e TEXT COLLATE NOCASE AS (upper(note)) STORED CHECK (e <> 'NO'));\n\
         CREATE INDEX i ON t (b, e);\nINSERT INTO t (a, note) VALUES (1, 'x'), (2, NULL)",
    )
    .await;
}

#[tokio::test]
async fn strict_tables_and_tables_without_rowids_stay_so() {
    for options in [
        "STRICT",
        "WITHOUT ROWID",
        "STRICT, WITHOUT ROWID",
        "without  rowid /* x */,strict",
    ] {
        nothing_is_lost(
            &format!(
                "CREATE TABLE t (a INT PRIMARY KEY, b ANY, note TEXT) {options};\n\
             INSERT INTO t VALUES (2, 'x', 'n'), (1, 5, NULL)"
            )
            .replace(
                "b ANY",
                if options.to_lowercase().contains("strict") {
                    "b ANY"
                } else {
                    "b"
                },
            ),
        )
        .await;
    }
}

#[tokio::test]
async fn nothing_is_required_that_was_not() {
    let case = Case::new("CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a, b)) WITHOUT ROWID").await;
    case.alter("ALTER TABLE t ADD CONSTRAINT u UNIQUE (b)").await;
    insta::assert_snapshot!(case.after().text("t"), @r#"
    (a TEXT, b INT, PRIMARY KEY (a, b),
       CONSTRAINT "u" UNIQUE ("b")) WITHOUT ROWID
    "#);
}

#[tokio::test]
async fn comments_and_blanks_stay_where_they_are() {
    let case = Case::new(
        "CREATE TABLE t -- the table\n(-- first\n a INT -- not null\n NOT NULL\n, -- of a )\n\
         note TEXT -- the note, a TEXT\n,\tb INT, /* ( */ c INT -- c is the last )\n) /* end */",
    )
    .await;
    case.alter("ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'; ALTER TABLE t ALTER COLUMN a DROP NOT NULL")
        .await;
    insta::assert_snapshot!(case.after().text("t"), @"
     -- the table
    (-- first
     a INT -- not null
     
    , -- of a )
    note TEXT DEFAULT 'x' -- the note, a TEXT
    ,	b INT, /* ( */ c INT -- c is the last )
    )
    ");
    let case =
        Case::new("CREATE TABLE t (a INT, -- of a\n b INT, -- of b\n c INT -- of c\n, UNIQUE (a))").await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 1; ALTER TABLE t DROP COLUMN b; ALTER TABLE t DROP CONSTRAINT uq_t_a;\n\
         ALTER TABLE t DROP COLUMN c; ALTER TABLE t ADD COLUMN d INTEGER; ALTER TABLE t ADD CONSTRAINT u UNIQUE (d)",
    )
    .await;
    insta::assert_snapshot!(case.after().text("t"), @r#"
     (a INT DEFAULT 1,
        "d" INTEGER,
        CONSTRAINT "u" UNIQUE ("d") -- of a
      -- of c
    )
    "#);
}

#[tokio::test]
async fn rows_get_what_each_statement_gives_them() {
    let case = Case::new("CREATE TABLE t (note TEXT); INSERT INTO t VALUES ('a'), ('b')").await;
    case.alter(
        "ALTER TABLE t ADD COLUMN filled INTEGER DEFAULT 5 NOT NULL;\n\
         ALTER TABLE t ALTER COLUMN filled DROP DEFAULT;\n\
         ALTER TABLE t ADD COLUMN empty INTEGER;\n\
         ALTER TABLE t ALTER COLUMN empty SET DEFAULT 6;\n\
         ALTER TABLE t ADD COLUMN computed TEXT DEFAULT (lower('X'));\n\
         ALTER TABLE t ALTER COLUMN computed SET DEFAULT 'y'",
    )
    .await;
    assert_eq!(
        case.project.rows("SELECT filled, empty, computed FROM t"),
        ["5|NULL|x", "5|NULL|x"]
    );
    insta::assert_snapshot!(case.after().text("t"), @r#"
    (note TEXT,
       "filled" INTEGER NOT NULL,
       "empty" INTEGER DEFAULT 6,
       "computed" TEXT DEFAULT 'y')
    "#);
}

#[tokio::test]
async fn a_table_whose_columns_are_all_replaced_keeps_its_rows() {
    let case =
        Case::new("CREATE TABLE t (id INTEGER PRIMARY KEY, a INT); INSERT INTO t VALUES (3, 1), (4, 2)")
            .await;
    case.alter(
        "ALTER TABLE t ADD COLUMN b TEXT; ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x';\n\
         ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP CONSTRAINT pk_t; ALTER TABLE t DROP COLUMN id",
    )
    .await;
    assert_eq!(case.project.rows("SELECT b FROM t"), ["NULL", "NULL"]);
}

#[tokio::test]
async fn another_type_keeps_everything_else_of_its_column() {
    let case = Case::new(
        "CREATE TABLE t (a VARCHAR(5) COLLATE NOCASE DEFAULT 'q' NOT NULL CHECK (a <> 'no') UNIQUE);\n\
         CREATE INDEX i ON t (a DESC);\nINSERT INTO t VALUES ('1'), ('b')",
    )
    .await;
    let after = case
        .alter_and_back(
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(20)",
            "ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(5)",
        )
        .await;
    let expected = case.before.clone().with_text("t", "VARCHAR(5)", "VARCHAR(20)");
    assert_eq!(after.without_names(), expected.without_names());
    assert_eq!(case.after().without_names(), case.before.clone().without_names());

    let case = Case::new("CREATE TABLE t (a TEXT COLLATE NOCASE)").await;
    case.alter("ALTER TABLE t ALTER COLUMN a SET DATA TYPE sqlite(TEXT COLLATE BINARY)")
        .await;
    insta::assert_snapshot!(case.after().text("t"), @" (a TEXT COLLATE BINARY)");
}

#[tokio::test]
async fn values_become_those_of_the_new_type() {
    let case = Case::new(
        "CREATE TABLE t (a TEXT, b INTEGER, c BOOLEAN, d DATE, e TEXT, f BLOB);\n\
         INSERT INTO t VALUES ('12', 7, 1, '2024-02-29', 'é', x'c3a9'), (NULL, NULL, 0, NULL, NULL, NULL)",
    )
    .await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE INTEGER; ALTER TABLE t ALTER COLUMN b SET DATA TYPE TEXT;\n\
         ALTER TABLE t ALTER COLUMN c SET DATA TYPE TEXT; ALTER TABLE t ALTER COLUMN d SET DATA TYPE TIMESTAMP;\n\
         ALTER TABLE t ALTER COLUMN e SET DATA TYPE BLOB; ALTER TABLE t ALTER COLUMN f SET DATA TYPE TEXT",
    )
    .await;
    assert_eq!(
        case.after().rows["t"],
        [
            "1|12|'7'|'true'|'2024-02-29 00:00:00'|X'C3A9'|'é'",
            "2|NULL|NULL|'false'|NULL|NULL|NULL"
        ]
    );
}

#[tokio::test]
async fn words_stay_apart_where_no_blank_parts_them() {
    let case = Case::new(
        "CREATE TABLE t(a VARCHAR(9)NOT NULL,\"b\"CHECK(\"b\">0)DEFAULT'x'NOT NULL,[c]NULL UNIQUE,d CHECK(d>0)UNIQUE)",
    )
    .await;
    case.alter(
        "ALTER TABLE t ALTER COLUMN a SET DATA TYPE TEXT; ALTER TABLE t ALTER COLUMN b DROP DEFAULT;\n\
         ALTER TABLE t ALTER COLUMN c SET DATA TYPE INTEGER; ALTER TABLE t ALTER COLUMN c SET DEFAULT 5;\n\
         ALTER TABLE t ALTER COLUMN d SET DEFAULT 5; ALTER TABLE t DROP CONSTRAINT uq_t_c;\n\
         ALTER TABLE t RENAME CONSTRAINT uq_t_d TO u",
    )
    .await;
    insta::assert_snapshot!(case.after().text("t"), @r#"(a TEXT NOT NULL,"b"CHECK("b">0)NOT NULL,[c] INTEGER DEFAULT 5 NULL,d DEFAULT 5 CHECK(d>0)CONSTRAINT "u" UNIQUE)"#);
}
