//! Older servers can do less, and the refusal says which one can do it.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::support::*;

const TABLE: &str = "CREATE TABLE t (a INTEGER, b VARCHAR(20));";

#[test]
fn mysql_before_8_0_17() {
    insta::assert_snapshot!(mysql((8, 0, 16), "", "CREATE TABLE t (a INTEGER)"), @"
    mysql cannot compare the text of the table t byte by byte in version 8.0.16
    hint: use MySQL 8.0.17 or newer
    ");
    insta::assert_snapshot!(mysql((8, 0, 16), TABLE, "SELECT CAST(a AS REAL) AS x FROM t"), @"
    mysql cannot CAST a value to FLOAT in version 8.0.16
    hint: use MySQL 8.0.17 or newer
    ");
}

#[test]
fn mysql_before_8_0_16() {
    insta::assert_snapshot!(mysql((8, 0, 15), TABLE, "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0)"), @"
    mysql cannot hold the check ck in version 8.0.15
    hint: use MySQL 8.0.16 or newer
    ");
}

#[test]
fn mysql_before_8_0_13() {
    insta::assert_snapshot!(mysql((8, 0, 12), TABLE, "ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'x'"), @"
    mysql cannot give the column c a default that is an expression in version 8.0.12
    hint: use MySQL 8.0.13 or newer
    ");
    insta::assert_snapshot!(mysql((8, 0, 12), TABLE, "CREATE INDEX ix ON t (lower(b))"), @"
    mysql cannot index an expression (ix) in version 8.0.12
    hint: use MySQL 8.0.13 or newer
    ");
    assert!(!MYSQL.capabilities(&Version::new(8, 0, 12)).expression_indexes);
    assert!(MYSQL.capabilities(&Version::new(8, 0, 13)).expression_indexes);
}

#[test]
fn mariadb_before_10_5_2() {
    insta::assert_snapshot!(mariadb((10, 5, 1), TABLE, "ALTER TABLE t RENAME COLUMN a TO c"), @"
    mariadb cannot rename the column a of the table t in version 10.5.1
    hint: use MariaDB 10.5.2 or newer
    ");
}

#[test]
fn mariadb_from_10_7_on() {
    let table = "CREATE TABLE t (id UUID PRIMARY KEY)";
    assert!(mariadb((10, 6, 0), "", table).contains("CHAR(36)"));
    assert!(mariadb((10, 7, 0), "", table).contains("`id` UUID NOT NULL"));
}

#[test]
fn mariadb_from_10_8_on() {
    let index = "CREATE INDEX ix ON t (a DESC)";
    assert!(
        mariadb((10, 5, 2), TABLE, index)
            .contains("note: MariaDB 10.5.2 keeps the index ix in ascending order")
    );
    assert!(!mariadb((10, 8, 0), TABLE, index).contains("note"));
}

#[test]
fn newer_servers_get_the_same() {
    let text = "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x'; CREATE INDEX ix ON t (a)";
    assert_eq!(mysql((8, 0, 17), TABLE, text), mysql((9, 7, 0), TABLE, text));
    assert_eq!(mariadb((10, 5, 2), TABLE, text), mariadb((11, 8, 0), TABLE, text));
    for dialect in [&MYSQL, &MARIADB] {
        let capabilities = dialect.capabilities(&Version::new(11, 8, 0));
        assert!(!capabilities.transactional_ddl && !capabilities.partial_indexes);
    }
    assert!(!MARIADB.capabilities(&Version::new(11, 8, 0)).expression_indexes);
}
