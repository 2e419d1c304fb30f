//! How a table is changed.

use super::between;

async fn statements(current: &str, desired: &str) -> String {
    let found = between(&[current], &[desired]).await;
    assert_eq!(found.left, []);
    found.statements().collect::<Vec<_>>().join(";\n")
}

#[tokio::test]
async fn columns_are_added_where_that_is_enough() {
    insta::assert_snapshot!(
        statements(
            "CREATE TABLE t (a INT, CHECK (a > 0)) STRICT",
            "CREATE TABLE t (a INT, b TEXT /* why */ NOT NULL DEFAULT 'x', c INT REFERENCES t ON DELETE CASCADE,\n\
             d INT NOT NULL AS (a + 1), CHECK (a > 0)) STRICT",
        )
        .await,
        @r#"
        ALTER TABLE "t" ADD COLUMN b TEXT /* why */ NOT NULL DEFAULT 'x';
        ALTER TABLE "t" ADD COLUMN c INT REFERENCES t ON DELETE CASCADE;
        ALTER TABLE "t" ADD COLUMN d INT NOT NULL AS (a + 1)
        "#
    );
}

#[tokio::test]
async fn everything_else_makes_the_table_anew_in_its_own_words() {
    insta::assert_snapshot!(
        statements(
            "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a INT, b INT, up INT REFERENCES t)",
            "CREATE TABLE t ( -- kept\n  id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key\n  a INT NOT NULL, g INT AS (a),\n  \
             up INT REFERENCES t, c INT\n)",
        )
        .await,
        @r#"
        PRAGMA foreign_keys = OFF;
        SELECT json_extract('{}', 'foreign keys are on, and DROP TABLE would empty what refers to the table' || substr(foreign_keys, 2)) FROM pragma_foreign_keys WHERE foreign_keys;
        CREATE TABLE "limbeck_new_t" ( -- kept
          id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key
          a INT NOT NULL, g INT AS (a),
          up INT REFERENCES t, c INT
        );
        INSERT OR ABORT INTO "limbeck_new_t" ("id", "a", "up") SELECT "id", "a", "up" FROM "t";
        DELETE FROM sqlite_sequence WHERE name = 'limbeck_new_t';
        INSERT INTO sqlite_sequence (name, seq) SELECT 'limbeck_new_t', seq FROM sqlite_sequence WHERE name = 't';
        DROP TABLE "t";
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE "limbeck_new_t" RENAME TO "t";
        PRAGMA legacy_alter_table = OFF;
        PRAGMA foreign_keys = ON
        "#
    );
    insta::assert_snapshot!(
        statements("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT, b INT UNIQUE)").await,
        @r#"
        CREATE TABLE "limbeck_new_t" (a INT, b INT UNIQUE);
        INSERT OR ABORT INTO "limbeck_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
        DROP TABLE "t";
        PRAGMA legacy_alter_table = ON;
        ALTER TABLE "limbeck_new_t" RENAME TO "t";
        PRAGMA legacy_alter_table = OFF
        "#
    );
}

#[tokio::test]
async fn rows_are_not_given_up_for_a_module() {
    let found = between(
        &["CREATE VIRTUAL TABLE t USING fts5 (a)"],
        &["CREATE VIRTUAL TABLE t USING fts5 (a, b)"],
    )
    .await;
    let left: Vec<String> = found.left.iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        ["table t: it would have to be made anew, and its rows would be lost"]
    );
}

/// What each change loses, in words.
#[tokio::test]
async fn what_is_lost_is_told() {
    for (current, desired, losses) in [
        (
            "CREATE TABLE t (a INT, b INT)",
            "CREATE TABLE t (a INT)",
            &["the values of its column b"][..],
        ),
        (
            "CREATE TABLE t (a INT, b INT)",
            "CREATE TABLE t (a INT, b INT AS (a))",
            &["the values of its column b"],
        ),
        (
            "CREATE TABLE t (a INT, b INT AS (a))",
            "CREATE TABLE t (a INT)",
            &[],
        ),
        (
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (b INT)",
            &["the values of its column a"],
        ),
        (
            "CREATE TABLE t (a INT)",
            "CREATE TABLE t (b INT PRIMARY KEY) WITHOUT ROWID",
            &["its rows"],
        ),
        (
            "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)",
            "CREATE TABLE t (a INTEGER PRIMARY KEY)",
            &["how far it has counted"],
        ),
        ("CREATE TABLE t (a INT)", "CREATE TABLE t (a INT, b INT)", &[]),
    ] {
        let found = between(&[current], &[desired]).await;
        let told: Vec<&str> = found
            .steps
            .iter()
            .flat_map(|step| &step.losses)
            .map(String::as_str)
            .collect();
        assert_eq!(told, losses, "{desired}");
    }
}
