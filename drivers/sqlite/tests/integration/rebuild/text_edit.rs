//! Alterations that touch no row: the text in the schema is edited, and the table stays where it is.

use limbeck_core::dialect::Value;
use limbeck_sqlite::Sqlite;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::*;
use crate::introspect::in_runtime;

/// Where the rows of the table t begin in the file, which a table that is made anew changes.
const PLACE: &str = "SELECT rootpage FROM sqlite_schema WHERE name = 't'";

/// Everything that a table has, with a last column that every row has a value for.
const NATIVE: &str = "CREATE TABLE p (id INTEGER PRIMARY KEY);\n\
    CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE UNIQUE, b INT DEFAULT 4 CHECK (b > 0),\n\
    up INT CONSTRAINT fk REFERENCES p ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED, -- why\n\
    last TEXT NOT NULL, CONSTRAINT u UNIQUE (b, last), CONSTRAINT ck CHECK (last <> ''));\n\
    CREATE INDEX i ON t (b DESC);\n\
    CREATE VIEW v AS SELECT a FROM t;\n\
    CREATE VIEW broken AS SELECT missing FROM nowhere;\n\
    CREATE TRIGGER g AFTER INSERT ON t WHEN new.a = 'gone' BEGIN DELETE FROM t WHERE a = 'gone'; END;\n\
    INSERT INTO p VALUES (1);\nINSERT INTO t VALUES (1, 'x', 9, 1, 'l'), (90, 'y', 8, NULL, 'l');\n\
    DELETE FROM t WHERE id = 90;\nANALYZE";

/// A case whose table t stays where it is.
struct Kept {
    case: Case,
    place: Vec<String>,
}

impl Kept {
    async fn new(native: &str) -> Self {
        let case = Case::new(native).await;
        let place = case.project.rows(PLACE);
        Self { case, place }
    }

    /// Applies portable statements that leave the table where it is, and all of the file whole.
    async fn alter(&self, portable: &str) {
        self.case.alter(portable).await;
        assert_eq!(self.case.project.rows(PLACE), self.place, "{portable}");
        assert_eq!(self.case.project.rows("PRAGMA integrity_check"), ["ok"]);
    }
}

#[tokio::test]
async fn only_the_text_changes() {
    for (alteration, from, to) in [
        (
            "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'it''s'",
            "a TEXT",
            "a TEXT DEFAULT 'it''s'",
        ),
        ("ALTER TABLE t ALTER COLUMN b DROP DEFAULT", " DEFAULT 4", ""),
        (
            "ALTER TABLE t ALTER COLUMN b SET DEFAULT 5",
            "INT DEFAULT 4",
            "INT DEFAULT 5",
        ),
        (
            "ALTER TABLE t ALTER COLUMN last SET DEFAULT (lower('L'))",
            "last TEXT",
            "last TEXT DEFAULT (lower('L'))",
        ),
        ("ALTER TABLE t DROP CONSTRAINT ck_t_b", " CHECK (b > 0)", ""),
        (
            "ALTER TABLE t DROP CONSTRAINT fk",
            " CONSTRAINT fk REFERENCES p ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED",
            "",
        ),
    ] {
        let kept = Kept::new(NATIVE).await;
        kept.alter(alteration).await;
        let expected = kept.case.before.clone().with_text("t", from, to);
        assert_eq!(kept.case.after(), expected, "{alteration}");
    }
}

#[tokio::test]
async fn a_default_that_is_taken_back_leaves_nothing() {
    let case = Case::new(NATIVE).await;
    case.alter_and_back(
        "ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x'",
        "ALTER TABLE t ALTER COLUMN a DROP DEFAULT",
    )
    .await;
    assert_eq!(case.after(), case.before);
}

#[tokio::test]
async fn what_alter_table_does_is_done_beside_it() {
    let kept = Kept::new(
        NATIVE
            .replace("CREATE VIEW broken AS SELECT missing FROM nowhere;\n", "")
            .as_str(),
    )
    .await;
    kept.alter(
        "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 7 NOT NULL; ALTER TABLE t ALTER COLUMN b SET DEFAULT 6;\n\
         ALTER TABLE t ALTER COLUMN up SET NOT NULL; ALTER TABLE t DROP CONSTRAINT ck;\n\
         ALTER TABLE t ADD CONSTRAINT more CHECK (b > 1); ALTER TABLE t RENAME COLUMN a TO aa;\n\
         ALTER TABLE t ALTER COLUMN last DROP NOT NULL; COMMENT ON COLUMN t.b IS 'left out'",
    )
    .await;
    let case = &kept.case;
    case.project
        .look()
        .execute_batch("INSERT INTO t (aa, up) VALUES ('new', 1)")
        .unwrap();
    assert_eq!(
        case.project.rows("SELECT id, aa, b, up, last, n FROM t"),
        ["1|x|9|1|l|7", "91|new|6|1|NULL|7"]
    );
    for (refused, constraint) in [
        ("INSERT INTO t (up) VALUES (NULL)", "NOT NULL"),
        ("INSERT INTO t (up, b) VALUES (1, 1)", "CHECK"),
    ] {
        let error = case.project.look().execute(refused, []).unwrap_err().to_string();
        assert!(error.contains(constraint), "{error}");
    }
}

#[tokio::test]
async fn an_alteration_that_the_text_depends_on_comes_first() {
    for (alterations, row) in [
        (
            "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1 NOT NULL; ALTER TABLE t ALTER COLUMN n SET DEFAULT 2",
            "9|1",
        ),
        (
            "ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 1 NOT NULL; ALTER TABLE t ALTER COLUMN n DROP DEFAULT;\n\
             ALTER TABLE t ALTER COLUMN n DROP NOT NULL",
            "9|1",
        ),
        (
            "ALTER TABLE t RENAME COLUMN b TO n; ALTER TABLE t ALTER COLUMN n SET DEFAULT 2;\n\
             ALTER TABLE t ADD COLUMN b INTEGER",
            "NULL|9",
        ),
    ] {
        let native = "CREATE TABLE t (id INTEGER PRIMARY KEY, b INT, last TEXT NOT NULL); INSERT INTO t VALUES (1, 9, 'l')";
        let case = Case::new(native).await;
        case.alter(alterations).await;
        assert_eq!(case.project.rows("SELECT b, n FROM t"), [row], "{alterations}");
    }
    let case =
        Case::new("CREATE TABLE t (a INT, b INT CONSTRAINT ck CHECK (a > 0), last TEXT NOT NULL)").await;
    let told = case
        .refusal("ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP CONSTRAINT ck")
        .await;
    assert!(told.contains("while the check ck uses it"), "{told}");
}

/// ADD COLUMN gives the rows that are there their value by the default alone.
#[tokio::test]
async fn rows_without_a_value_of_their_own_keep_what_they_show() {
    for behind in [
        "",
        "ALTER TABLE t ADD COLUMN c INT;",
        "ALTER TABLE t ADD COLUMN c INT NOT NULL DEFAULT 5;",
        "ALTER TABLE t ADD COLUMN c INT NOT NULL DEFAULT (5) CHECK (c > 0);",
        "ALTER TABLE t ADD COLUMN c INT GENERATED ALWAYS AS (a) VIRTUAL NOT NULL;",
        "ALTER TABLE t ADD COLUMN c INT; ALTER TABLE t RENAME COLUMN c TO e; ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME TO t;",
        "ALTER TABLE t ADD COLUMN c INT DEFAULT 3; ALTER TABLE t ADD COLUMN e INT; ALTER TABLE t DROP COLUMN e;",
        "ALTER TABLE t ADD COLUMN c INT DEFAULT 3; ALTER TABLE t ALTER COLUMN c SET NOT NULL;",
    ] {
        for (clause, alteration, shown) in [
            ("DEFAULT 5", "SET DEFAULT 7", "5"),
            ("DEFAULT 5", "DROP DEFAULT", "5"),
            ("NOT NULL DEFAULT 5", "SET DEFAULT 7", "5"),
            ("NOT NULL DEFAULT 5", "DROP DEFAULT", "5"),
            ("", "SET DEFAULT 7", "NULL"),
        ] {
            let case = Case::new(&format!(
                "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (5);\n\
                 CREATE TABLE t (a INT); INSERT INTO t VALUES (1);\nALTER TABLE t ADD COLUMN b INT {clause};\n{behind}\n\
                 SELECT 1"
            ))
            .await;
            case.alter(&format!("ALTER TABLE t ALTER COLUMN b {alteration}"))
                .await;
            assert_eq!(
                case.project.rows("SELECT b FROM t"),
                [shown],
                "{clause} {behind} {alteration}"
            );
        }
    }
}

/// What shows that the column before it has a value in every row.
#[tokio::test]
async fn a_column_that_cannot_have_been_added_shows_that_rows_are_full() {
    for last in [
        "last INT NOT NULL",
        "last INT UNIQUE",
        "last TEXT DEFAULT CURRENT_TIMESTAMP",
        "last INT GENERATED ALWAYS AS (a) STORED",
        "last INTEGER PRIMARY KEY",
        "\"Last\" INT, other INT AS (a), UNIQUE (a, last)",
        "last INT, PRIMARY KEY (last DESC)",
    ] {
        let kept = Kept::new(
            &format!("CREATE TABLE t (a INT, b INT, {last}); INSERT INTO t (a, last) VALUES (1, 2)").replace(
                "INTO t (a, last) VALUES (1, 2)",
                if last.contains("STORED") {
                    "INTO t (a) VALUES (1)"
                } else {
                    "INTO t (a, last) VALUES (1, 2)"
                },
            ),
        )
        .await;
        kept.alter("ALTER TABLE t ALTER COLUMN b SET DEFAULT 7").await;
        assert_eq!(kept.case.project.rows("SELECT b FROM t"), ["NULL"], "{last}");
    }
}

#[tokio::test]
async fn another_session_has_the_new_text_at_once() {
    let kept = Kept::new(NATIVE).await;
    let other = kept.case.project.look();
    let mut insert = other.prepare("INSERT INTO t (last) VALUES ('l')").unwrap();
    let mut check = other.prepare("INSERT INTO t (b, last) VALUES (3, '')").unwrap();
    insert.execute([]).unwrap();
    check.execute([]).unwrap_err();
    kept.alter("ALTER TABLE t ALTER COLUMN b SET DEFAULT 6; ALTER TABLE t DROP CONSTRAINT ck")
        .await;
    insert.execute([]).unwrap();
    check.execute([]).unwrap();
    assert_eq!(
        kept.case.project.rows("SELECT b FROM t WHERE id > 1 ORDER BY id"),
        ["4", "6", "3"]
    );
}

#[tokio::test]
async fn a_name_that_is_taken_or_hidden_is_refused() {
    let case =
        Case::new("CREATE TABLE t (a INT, b INT, last INT NOT NULL); CREATE TABLE LIMBECK_NEW_T (a INT)")
            .await;
    let told = case.refusal("ALTER TABLE t ALTER COLUMN b SET DEFAULT 6").await;
    assert!(
        told.contains(
            "its new text is tried under a name that is taken or hidden by the table LIMBECK_NEW_T"
        ),
        "{told}"
    );
}

#[tokio::test]
async fn a_default_that_sqlite_cannot_read_leaves_the_schema_as_it_was() {
    let case = Case::new(NATIVE).await;
    for default in ["no_such_function(1)", "(b)"] {
        case.refusal(&format!("ALTER TABLE t ALTER COLUMN a SET DEFAULT {default}"))
            .await;
    }
    assert_eq!(case.project.rows("PRAGMA integrity_check"), ["ok"]);
}

/// A program may keep its connections from editing the schema.
#[test]
fn a_connection_in_defensive_mode_can_be_handed_over() {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .unwrap();
    connection.execute_batch("CREATE TABLE t (a INT)").unwrap();
    in_runtime(async {
        let mut session = Sqlite::attach(connection).await.unwrap();
        let sent = "UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a INT DEFAULT 7)' WHERE name = 't'";
        assert!(
            session.query(sent, &[]).await.is_err(),
            "outside of an alteration"
        );
        for sql in [
            "PRAGMA writable_schema = ON",
            sent,
            "PRAGMA writable_schema = RESET",
        ] {
            session.query(sql, &[]).await.unwrap();
        }
        session.query("INSERT INTO t DEFAULT VALUES", &[]).await.unwrap();
        let rows = session.query("SELECT a FROM t", &[]).await.unwrap();
        assert_eq!(rows.rows[0].0, [Value::Integer(7)]);
    });
}
