//! SET DATA TYPE.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Schema;
use limbeck_postgres::POSTGRES;

use super::support::NEW;
use super::support::name;
use super::support::portable;
use super::support::refusal;
use super::support::shown;
use super::support::written;

const TYPES: &[&str] = &[
    "SMALLINT",
    "BIGINT",
    "NUMERIC(20, 4)",
    "NUMERIC(10, 2)",
    "REAL",
    "DOUBLE PRECISION",
    "BOOLEAN",
    "CHAR(3)",
    "VARCHAR(5)",
    "TEXT",
    "BLOB",
    "DATE",
    "TIME",
    "TIMESTAMP",
    "TIMESTAMP WITH TIME ZONE",
    "UUID",
    "JSON",
];

/// Each type to each other one: a table a pair.
#[test]
fn every_type_to_every_other() {
    let mut all = String::new();
    let mut refused = String::new();
    for (row, from) in TYPES.iter().enumerate() {
        refused.push_str(&format!("{from}:"));
        for (column, to) in TYPES.iter().enumerate().filter(|(column, _)| *column != row) {
            let text = format!(
                "CREATE TABLE t_{row}_{column} (c {from}); ALTER TABLE t_{row}_{column} ALTER COLUMN c SET DATA TYPE {to}"
            );
            let operations = portable(&text);
            let schema = Schema::new();
            match POSTGRES.render(&operations, &RenderContext::new(NEW).with_schema(&schema)) {
                Ok(rendering) => all.push_str(&shown(&rendering)),
                Err(_) => refused.push_str(&format!(" {to},")),
            }
        }
        refused.push('\n');
    }
    insta::assert_snapshot!(refused, @"
    SMALLINT: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    BIGINT: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    NUMERIC(20, 4): BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    NUMERIC(10, 2): BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    REAL: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    DOUBLE PRECISION: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    BOOLEAN: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    CHAR(3):
    VARCHAR(5):
    TEXT:
    BLOB: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID, JSON,
    DATE: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, BLOB, TIME, UUID,
    TIME: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, BLOB, DATE, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    TIMESTAMP: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, BLOB, TIME, UUID,
    TIMESTAMP WITH TIME ZONE: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, BLOB, TIME, UUID,
    UUID: SMALLINT, BIGINT, NUMERIC(20, 4), NUMERIC(10, 2), REAL, DOUBLE PRECISION, BOOLEAN, BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE,
    JSON: BLOB, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, UUID,
    ");
    insta::assert_snapshot!("every_type_to_every_other", all);
}

#[test]
fn the_check_of_an_enum_and_the_default_come_along() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (kind ENUM('a', 'b') DEFAULT 'a' NOT NULL, size TEXT DEFAULT '1', name TEXT);
        ALTER TABLE t ALTER COLUMN kind SET DATA TYPE ENUM('a', 'c');
        ALTER TABLE t ALTER COLUMN kind SET DATA TYPE VARCHAR(10);
        ALTER TABLE t ALTER COLUMN size SET DATA TYPE INTEGER;
        ALTER TABLE t ALTER COLUMN name SET DATA TYPE ENUM('x', 'y');
        "
    ), @r#"
    CREATE TABLE "t" (
        "kind" text DEFAULT 'a' NOT NULL CONSTRAINT "enum_t_kind" CHECK ("kind" IN ('a', 'b')),
        "size" text DEFAULT '1',
        "name" text
    );
    ALTER TABLE "t"
        DROP CONSTRAINT "enum_t_kind",
        ALTER COLUMN "kind" SET DATA TYPE text,
        ADD CONSTRAINT "enum_t_kind" CHECK ("kind" IN ('a', 'c'));
    ALTER TABLE "t"
        DROP CONSTRAINT "enum_t_kind",
        ALTER COLUMN "kind" SET DATA TYPE varchar(10),
        ALTER COLUMN "size" DROP DEFAULT,
        ALTER COLUMN "size" SET DATA TYPE integer USING "size"::integer,
        ALTER COLUMN "size" SET DEFAULT '1',
        ALTER COLUMN "name" SET DATA TYPE text,
        ADD CONSTRAINT "enum_t_name" CHECK ("name" IN ('x', 'y'));
    "#);
}

#[test]
fn a_type_of_its_own_is_cast() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (a TEXT, b postgres(inet), c postgres(cidr));
        ALTER TABLE t ALTER COLUMN a SET DATA TYPE postgres(inet);
        ALTER TABLE t ALTER COLUMN b SET DATA TYPE TEXT;
        ALTER TABLE t ALTER COLUMN c SET DATA TYPE postgres(inet);
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" text,
        "b" inet,
        "c" cidr
    );
    ALTER TABLE "t"
        ALTER COLUMN "a" SET DATA TYPE inet USING "a"::inet,
        ALTER COLUMN "b" SET DATA TYPE text,
        ALTER COLUMN "c" SET DATA TYPE inet USING "c"::inet;
    "#);
}

#[test]
fn what_a_generated_column_reads_keeps_its_type() {
    const TABLE: &str = "CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED);";
    insta::assert_snapshot!(refusal(
        &format!("{TABLE} ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT"),
        NEW
    ), @"
    postgres cannot change the type of the column a of the table t while the generated column b uses it
    hint: write ALTER TABLE t DROP COLUMN b before it, and add the column again after it
    ");
    insta::assert_snapshot!(written(&format!(
        "{TABLE}
        ALTER TABLE t DROP COLUMN b, ALTER COLUMN a SET DATA TYPE BIGINT,
            ADD COLUMN b BIGINT GENERATED ALWAYS AS (a + 1) STORED"
    )), @r#"
    CREATE TABLE "t" (
        "a" integer,
        "b" integer GENERATED ALWAYS AS ("a" + 1) STORED
    );
    ALTER TABLE "t"
        DROP COLUMN "b",
        ALTER COLUMN "a" SET DATA TYPE bigint,
        ADD COLUMN "b" bigint GENERATED ALWAYS AS ("a" + 1) STORED;
    "#);
}

#[test]
fn a_generated_column_is_computed_again() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a + 1) STORED);
        ALTER TABLE t ALTER COLUMN b SET DATA TYPE NUMERIC(10, 0);
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" integer,
        "b" integer GENERATED ALWAYS AS ("a" + 1) STORED
    );
    ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE numeric(10, 0);
    "#);
}

#[test]
fn what_cannot_come_along_is_refused() {
    let refused = [
        "CREATE TABLE t (c BOOLEAN DEFAULT TRUE); ALTER TABLE t ALTER COLUMN c SET DATA TYPE INTEGER",
        "CREATE TABLE t (a TEXT, c TEXT GENERATED ALWAYS AS (lower(a)) STORED);
         ALTER TABLE t ALTER COLUMN c SET DATA TYPE INTEGER",
    ]
    .map(|text| refusal(text, NEW));
    insta::assert_snapshot!(refused.join("\n"), @"
    postgres cannot keep the default of the column c of the table t when it becomes integer
    hint: write DROP DEFAULT before it and SET DEFAULT after it
    postgres cannot compute the generated column c of the table t as integer: its expression is of another type
    hint: write ALTER TABLE t DROP COLUMN c before it, and add the column again after it
    ");
}

#[test]
fn types_without_a_common_value_are_refused() {
    insta::assert_snapshot!(refusal(
        "CREATE TABLE t (c UUID); ALTER TABLE t ALTER COLUMN c SET DATA TYPE INTEGER",
        NEW
    ), @"
    postgres cannot change the type of the column c of the table t from uuid to integer: no value of one is a value of the other
    hint: add a column of the new type, fill it with UPDATE, drop the old one and rename the new one
    ");
}

#[test]
fn the_present_type_must_be_known() {
    let change = portable("ALTER TABLE t ALTER COLUMN a SET DATA TYPE TEXT");
    assert_eq!(POSTGRES.needs(&change[0]), Needs::Table(name("t")));
    let error = |schema: &Schema, change: &[Operation]| {
        let context = RenderContext::new(NEW).with_schema(schema);
        POSTGRES.render(change, &context).unwrap_err().to_string()
    };
    let mut schema = Schema::new();
    assert_eq!(
        error(&schema, &change),
        "the definition of the table t is needed and not known"
    );
    schema.apply(&portable("CREATE TABLE t (b TEXT)")[0]).unwrap();
    assert_eq!(
        error(&schema, &change),
        "the definition of the column a of the table t is needed and not known"
    );
}
