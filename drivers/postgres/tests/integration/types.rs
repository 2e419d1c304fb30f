//! The type table.

use limbeck_core::dialect::Dialect;
use limbeck_core::schema::DataType;
use limbeck_core::schema::NativeType;
use limbeck_postgres::POSTGRES;

use super::support::NEW;
use super::support::refusal;
use super::support::written;

#[test]
fn every_type() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (
            small   SMALLINT,
            medium  INTEGER,
            big     BIGINT,
            exact   NUMERIC(38, 30),
            single  REAL,
            two     DOUBLE PRECISION,
            truth   BOOLEAN,
            fixed   CHAR(3),
            short   VARCHAR(16383),
            long    TEXT,
            bytes   BLOB,
            day     DATE,
            clock   TIME,
            moment  TIMESTAMP,
            instant TIMESTAMP WITH TIME ZONE,
            key     UUID,
            doc     JSON,
            word    ENUM('a', 'b'),
            address TEXT postgres(inet),
            only    postgres(tsvector),
            digits  NUMERIC(20, 4) sqlite(TEXT)
        );
        "
    ), @r#"
    CREATE TABLE "t" (
        "small" smallint,
        "medium" integer,
        "big" bigint,
        "exact" numeric(38, 30),
        "single" real,
        "two" double precision,
        "truth" boolean,
        "fixed" char(3),
        "short" varchar(16383),
        "long" text,
        "bytes" bytea,
        "day" date,
        "clock" time,
        "moment" timestamp,
        "instant" timestamptz,
        "key" uuid,
        "doc" jsonb,
        "word" text CONSTRAINT "enum_t_word" CHECK ("word" IN ('a', 'b')),
        "address" inet,
        "only" tsvector,
        "digits" numeric(20, 4)
    );
    "#);
}

#[test]
fn a_type_of_another_engine_alone_is_refused() {
    insta::assert_snapshot!(refusal("CREATE TABLE t (shape mysql(geometry))", NEW), @"
    postgres cannot store the type mysql(geometry)
    hint: give a type for postgres too
    ");
    let override_of_two = DataType::overridden(
        None,
        vec![
            NativeType::new("mysql", "geometry"),
            NativeType::new("postgres", "point"),
        ],
    );
    assert_eq!(POSTGRES.type_name(&override_of_two, &NEW).unwrap(), "point");
}

#[test]
fn casts_name_the_same_types() {
    insta::assert_snapshot!(written(
        r"
        SELECT CAST('1' AS INTEGER) AS a, CAST('1.50' AS NUMERIC(5, 2)) AS b, CAST('{}' AS JSON) AS c,
            CAST('x' AS VARCHAR(3)) AS d, CAST('6a3c1f2e-0c5b-4e0e-9a52-0d7f5a1b2c3d' AS UUID) AS e,
            CAST('a\b' AS BLOB) AS f, CAST(X'00ff' AS BLOB) AS g, CAST(1 AS BOOLEAN) AS h,
            CAST('2026-11-21 07:00:00Z' AS TIMESTAMP WITH TIME ZONE) AS i, CAST(NULL AS BLOB) AS j;
        "
    ), @r#"SELECT CAST('1' AS integer) AS "a", CAST('1.50' AS numeric(5, 2)) AS "b", CAST('{}' AS jsonb) AS "c", CAST('x' AS varchar(3)) AS "d", CAST('6a3c1f2e-0c5b-4e0e-9a52-0d7f5a1b2c3d' AS uuid) AS "e", CAST(E'\\x615c62'::bytea AS bytea) AS "f", CAST(E'\\x00ff'::bytea AS bytea) AS "g", CAST(1 AS boolean) AS "h", CAST('2026-11-21 07:00:00Z' AS timestamptz) AS "i", CAST(NULL AS bytea) AS "j";"#);
}

#[test]
fn a_cast_that_would_mean_something_else_is_refused() {
    let refused = [
        "SELECT CAST(lower('A') AS BLOB) AS a",
        "SELECT CAST(X'00' AS TEXT) AS a",
        "SELECT CAST('a' AS ENUM('a')) AS a",
    ]
    .map(|text| refusal(text, NEW));
    insta::assert_snapshot!(refused.join("\n"), @"
    postgres cannot CAST a value to BLOB: it would read backslashes of a text as escapes
    hint: write the bytes as X'…', or convert_to(value, 'UTF8') in a native section
    postgres cannot CAST bytes to text: it would write the digits of the bytes
    hint: write the text between single quotes
    postgres cannot CAST a value to ENUM, which is a text with a check there
    hint: write CAST(value AS TEXT)
    ");
}
