//! Literals and names.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::support::both;

#[test]
fn values() {
    let values = [
        Value::Null,
        Value::Boolean(true),
        Value::Integer(i64::MIN),
        Value::Real(1.0),
        Value::Real(f64::INFINITY),
        Value::Real(f64::NEG_INFINITY),
        Value::Real(f64::NAN),
        Value::Text("it's \"ü\"".to_owned()),
        Value::Text("a\\' OR 1".to_owned()),
        Value::Text("\0".to_owned()),
        Value::Bytes(vec![0, 255]),
        Value::Bytes(vec![]),
    ];
    let written: Vec<_> = values.iter().map(|value| MYSQL.literal(value)).collect();
    insta::assert_snapshot!(written.join("\n"), @r#"
    NULL
    TRUE
    -9223372036854775808
    1.0
    1e999
    -1e999
    1e999
    'it''s "ü"'
    _utf8mb4 X'615C27204F522031'
    _utf8mb4 X'00'
    X'00FF'
    X''
    "#);
    let other: Vec<_> = values.iter().map(|value| MARIADB.literal(value)).collect();
    assert_eq!(written, other);
}

#[test]
fn a_backslash_in_a_kept_expression() {
    let written = both(
        "",
        r"CREATE TABLE t (a VARCHAR(9) DEFAULT 'a\b', CONSTRAINT ck CHECK (a <> 'a\b'))",
    );
    insta::assert_snapshot!(written, @"
    -- mysql
    CREATE TABLE `t` (
        `a` VARCHAR(9) DEFAULT _utf8mb4 X'615C62',
        CONSTRAINT `ck` CHECK (`a` <> _utf8mb4 X'615C62')
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_bin
    -- mariadb
    CREATE TABLE `t` (
        `a` VARCHAR(9) DEFAULT _utf8mb4 X'615C62',
        CONSTRAINT `ck` CHECK (`a` <> char(97, 92, 98 USING utf8mb4))
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin
    ");
}

#[test]
fn names() {
    assert_eq!(MYSQL.quote_identifier("a`b"), "`a``b`");
    assert_eq!(MYSQL.name(), "mysql");
    assert_eq!(MARIADB.name(), "mariadb");
}
