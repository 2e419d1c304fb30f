//! The type mapping.

use std::fmt::Write;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::schema::DataType;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;

use super::support::*;

const TYPES: &[&str] = &[
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "NUMERIC(38, 30)",
    "REAL",
    "DOUBLE PRECISION",
    "BOOLEAN",
    "CHAR(255)",
    "CHAR(256)",
    "VARCHAR(16383)",
    "TEXT",
    "BLOB",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE",
    "UUID",
    "JSON",
    "ENUM('a', 'it''s', 'b\\c')",
    "TEXT mysql(MEDIUMTEXT)",
    "TEXT mysql(MEDIUMTEXT) mariadb(INET6)",
    "TEXT mariadb(INET6)",
    "postgres(INET)",
];

fn data_type(text: &str) -> DataType {
    let table = schema(&format!("CREATE TABLE t (a {text})"));
    table.tables[&name("t")].columns[0].data_type.clone()
}

fn shown(written: Result<String, limbeck_core::dialect::RenderError>) -> String {
    written.unwrap_or_else(|error| format!("({})", error.hint().unwrap()))
}

#[test]
fn every_type() {
    let mut table = String::new();
    for portable in TYPES {
        let data_type = data_type(portable);
        let mysql = shown(MYSQL.type_name(&data_type, &MYSQL_FLOOR));
        let mariadb = shown(MARIADB.type_name(&data_type, &Version::new(10, 7, 0)));
        writeln!(table, "{portable} | {mysql} | {mariadb}").unwrap();
    }
    insta::assert_snapshot!(table, @r"
    SMALLINT | SMALLINT | SMALLINT
    INTEGER | INTEGER | INTEGER
    BIGINT | BIGINT | BIGINT
    NUMERIC(38, 30) | DECIMAL(38, 30) | DECIMAL(38, 30)
    REAL | FLOAT | FLOAT
    DOUBLE PRECISION | DOUBLE | DOUBLE
    BOOLEAN | TINYINT(1) | TINYINT(1)
    CHAR(255) | CHAR(255) | CHAR(255)
    CHAR(256) | (write VARCHAR(256)) | (write VARCHAR(256))
    VARCHAR(16383) | VARCHAR(16383) | VARCHAR(16383)
    TEXT | LONGTEXT | LONGTEXT
    BLOB | LONGBLOB | LONGBLOB
    DATE | DATE | DATE
    TIME | TIME(6) | TIME(6)
    TIMESTAMP | DATETIME(6) | DATETIME(6)
    TIMESTAMP WITH TIME ZONE | DATETIME(6) | DATETIME(6)
    UUID | CHAR(36) CHARACTER SET ascii COLLATE ascii_bin | UUID
    JSON | JSON | JSON
    ENUM('a', 'it''s', 'b\c') | ENUM('a', 'it''s', X'625C63') | ENUM('a', 'it''s', X'625C63')
    TEXT mysql(MEDIUMTEXT) | MEDIUMTEXT | MEDIUMTEXT
    TEXT mysql(MEDIUMTEXT) mariadb(INET6) | MEDIUMTEXT | INET6
    TEXT mariadb(INET6) | LONGTEXT | INET6
    postgres(INET) | (give a type for mysql too) | (give a type for mariadb too)
    ");
    let uuid = MARIADB
        .type_name(&DataType::Uuid, &Version::new(10, 6, 99))
        .unwrap();
    assert_eq!(uuid, "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin");
}

#[test]
fn casts_take_other_words() {
    let mut table = String::new();
    for portable in TYPES {
        let data_type = data_type(portable);
        let mysql = shown(MYSQL.cast_type(&data_type, &MYSQL_FLOOR));
        let mariadb = shown(MARIADB.cast_type(&data_type, &Version::new(10, 7, 0)));
        writeln!(table, "{portable} | {mysql} | {mariadb}").unwrap();
    }
    insta::assert_snapshot!(table, @r"
    SMALLINT | SIGNED | SIGNED
    INTEGER | SIGNED | SIGNED
    BIGINT | SIGNED | SIGNED
    NUMERIC(38, 30) | DECIMAL(38, 30) | DECIMAL(38, 30)
    REAL | FLOAT | FLOAT
    DOUBLE PRECISION | DOUBLE | DOUBLE
    BOOLEAN | (write CASE WHEN … THEN TRUE ELSE FALSE END) | (write CASE WHEN … THEN TRUE ELSE FALSE END)
    CHAR(255) | CHAR(255) | CHAR(255)
    CHAR(256) | CHAR(256) | CHAR(256)
    VARCHAR(16383) | CHAR(16383) | CHAR(16383)
    TEXT | CHAR | CHAR
    BLOB | BINARY | BINARY
    DATE | DATE | DATE
    TIME | TIME(6) | TIME(6)
    TIMESTAMP | DATETIME(6) | DATETIME(6)
    TIMESTAMP WITH TIME ZONE | DATETIME(6) | DATETIME(6)
    UUID | CHAR(36) | UUID
    JSON | JSON | (CAST a string between quotes, or leave the CAST out)
    ENUM('a', 'it''s', 'b\c') | (leave the CAST out) | (leave the CAST out)
    TEXT mysql(MEDIUMTEXT) | MEDIUMTEXT | MEDIUMTEXT
    TEXT mysql(MEDIUMTEXT) mariadb(INET6) | MEDIUMTEXT | INET6
    TEXT mariadb(INET6) | CHAR | INET6
    postgres(INET) | (give a type for mysql too) | (give a type for mariadb too)
    ");
}

#[test]
fn a_cast_of_a_string_to_json_is_the_string_where_json_is_text() {
    insta::assert_snapshot!(both("CREATE TABLE t (a JSON);", r#"UPDATE t SET a = CAST('{"b": 1}' AS JSON)"#), @r#"
    -- mysql
    UPDATE `t` SET `a` = CAST('{"b": 1}' AS JSON)
    -- mariadb
    UPDATE `t` SET `a` = CAST('{"b": 1}' AS CHAR)
    "#);
}
