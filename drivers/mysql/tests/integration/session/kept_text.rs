//! Texts that a server keeps in a table's definition: a backslash must stay one, whatever the session says of it.

use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::schema::Schema;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::connect;
use super::databases;
use super::is_mariadb;
use super::query;
use super::run;
use super::text;
use crate::support::parse;
use crate::support::written;

const TEXTS: [&str; 6] = ["a\\b", "\\", "\\'x", "é\\n日", "a\rb\n", "it's \\\\ two"];

/// MySQL reads what it keeps in the mode of whoever opens the table, so that under `NO_BACKSLASH_ESCAPES` no string there
/// is right, however it was written.
fn modes(is_mariadb: bool) -> &'static [&'static str] {
    const ALL: [&str; 3] = ["PIPES_AS_CONCAT", "ANSI", "PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES"];
    if is_mariadb { &ALL } else { ALL.split_at(2).0 }
}

/// A table that has the text in a default, in a default that is an expression, in generated columns and in checks.
fn table(text: &str) -> String {
    let literal = format!("'{}'", text.replace('\'', "''"));
    format!(
        "CREATE TABLE t (
            id BIGINT PRIMARY KEY,
            plain VARCHAR(50) DEFAULT {literal},
            computed VARCHAR(50) DEFAULT (lower({literal})),
            joined VARCHAR(50) GENERATED ALWAYS AS ({literal} || '-') STORED,
            long BIGINT GENERATED ALWAYS AS (length({literal})) STORED,
            a VARCHAR(50),
            CONSTRAINT ck_equal CHECK (a <> {literal}),
            CONSTRAINT ck_joined CHECK ('x' || a <> 'x' || {literal} || {literal}),
            CONSTRAINT ck_among CHECK (a NOT IN ('y', {literal} || 'z'))
        )"
    )
}

#[tokio::test]
async fn a_text_in_a_table_is_exactly_that_text() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let dialect = match is_mariadb(&database) {
            true => &MARIADB,
            false => &MYSQL,
        };
        let modes = modes(is_mariadb(&database));
        for (given, mode) in TEXTS
            .iter()
            .flat_map(|text| modes.iter().map(move |mode| (*text, *mode)))
        {
            let version = connection.server().version;
            let create = written(dialect, version, &Schema::new(), &parse(&table(given)));
            let what = format!("{given:?} with {mode:?}: {create}");
            run(&mut connection, &[&format!("SET sql_mode = '{mode}'"), &create]).await;
            run(&mut connection, &["ALTER TABLE t ADD COLUMN more BIGINT"]).await;
            run(&mut connection, &["INSERT INTO t (id, a) VALUES (1, 'other')"]).await;
            let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>();
            let row = "SELECT concat_ws(' ', hex(plain), hex(computed), hex(joined), `long`) FROM t";
            let expected = format!("{0} {0} {0}2D {1}", hex(given), given.chars().count());
            assert_eq!(text(&mut connection, row).await, expected, "{what}");
            let refused = [given.to_owned(), given.repeat(2), format!("{given}z")];
            for value in refused {
                let insert = "INSERT INTO t (id, a) VALUES (2, ?)";
                let answer = connection.query(insert, &[Value::from(value.as_str())]).await;
                let error = answer.expect_err(&format!("{value:?}, {what}"));
                assert_eq!(error.kind, DriverErrorKind::Constraint, "{error}");
            }
            query(&mut connection, "DROP TABLE t").await.unwrap();
        }
    }
}
