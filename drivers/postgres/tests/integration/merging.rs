//! Alterations that follow each other.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Statement;
use limbeck_core::operation::Operation;
use limbeck_postgres::POSTGRES;
use proptest::prelude::*;

use super::support::NEW;
use super::support::portable;
use super::support::rendering;
use super::support::shown;
use super::support::written;

#[test]
fn a_change_of_five_columns_is_one_statement() {
    let operations = portable(
        "
        CREATE TABLE t (a INTEGER, b VARCHAR(3), c INTEGER, d TEXT, e TEXT);
        ALTER TABLE t ALTER COLUMN a SET DATA TYPE BIGINT, ALTER COLUMN b SET DATA TYPE TEXT;
        ALTER TABLE t ALTER COLUMN c SET NOT NULL, DROP COLUMN d;
        ALTER TABLE t ALTER COLUMN e SET DEFAULT 'x', ADD COLUMN f ENUM('y', 'z') DEFAULT 'y' NOT NULL,
            ADD CONSTRAINT ck_f CHECK (f <> e);
        COMMENT ON COLUMN t.f IS 'new';
        ",
    );
    let rendering = rendering(&operations, NEW).unwrap();
    insta::assert_snapshot!(shown(&rendering), @r#"
    CREATE TABLE "t" (
        "a" integer,
        "b" varchar(3),
        "c" integer,
        "d" text,
        "e" text
    );
    ALTER TABLE "t"
        ALTER COLUMN "a" SET DATA TYPE bigint,
        ALTER COLUMN "b" SET DATA TYPE text,
        ALTER COLUMN "c" SET NOT NULL,
        DROP COLUMN "d",
        ALTER COLUMN "e" SET DEFAULT 'x',
        ADD COLUMN "f" text DEFAULT 'y' NOT NULL CONSTRAINT "enum_t_f" CHECK ("f" IN ('y', 'z')),
        ADD CONSTRAINT "ck_f" CHECK ("f" <> "e");
    -- explains: SELECT count(*) FROM "t" WHERE "c" IS NULL HAVING count(*) > 0
    -- with: the column c of t can't become NOT NULL; rows in which it is NULL: …
    COMMENT ON COLUMN "t"."f" IS 'new';
    "#);
    let ranges: Vec<_> = rendering
        .statements
        .iter()
        .map(|statement| statement.operations.clone())
        .collect();
    assert_eq!(ranges, [0..1, 1..8, 8..9]);
}

#[test]
fn what_would_mean_something_else_stays_apart() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (a INTEGER, b INTEGER DEFAULT 1, c TEXT);
        ALTER TABLE t ADD COLUMN d INTEGER;
        ALTER TABLE t DROP COLUMN d;
        ALTER TABLE t ADD COLUMN d TEXT;
        ALTER TABLE t ALTER COLUMN b SET DEFAULT 2;
        ALTER TABLE t ALTER COLUMN b SET DATA TYPE BIGINT;
        ALTER TABLE t ALTER COLUMN b SET DATA TYPE NUMERIC(10, 2);
        ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0);
        ALTER TABLE t DROP CONSTRAINT ck;
        ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 1);
        ALTER TABLE t ADD COLUMN e INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE t ALTER COLUMN e SET NOT NULL;
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" integer,
        "b" integer DEFAULT 1,
        "c" text
    );
    ALTER TABLE "t" ADD COLUMN "d" integer;
    ALTER TABLE "t"
        DROP COLUMN "d",
        ADD COLUMN "d" text,
        ALTER COLUMN "b" SET DEFAULT 2;
    ALTER TABLE "t" ALTER COLUMN "b" SET DATA TYPE bigint;
    ALTER TABLE "t"
        ALTER COLUMN "b" SET DATA TYPE numeric(10, 2),
        ADD CONSTRAINT "ck" CHECK ("a" > 0);
    ALTER TABLE "t"
        DROP CONSTRAINT "ck",
        ADD CONSTRAINT "ck" CHECK ("a" > 1),
        ADD COLUMN "e" integer DEFAULT 0 NOT NULL;
    ALTER TABLE "t" ALTER COLUMN "e" SET NOT NULL;
    -- explains: SELECT count(*) FROM "t" WHERE "e" IS NULL HAVING count(*) > 0
    -- with: the column e of t can't become NOT NULL; rows in which it is NULL: …
    "#);
}

#[test]
fn what_postgres_puts_into_this_order_anyway_goes_together() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (a TEXT DEFAULT '1', b BIGINT, CONSTRAINT ck CHECK (b > 0));
        ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
        ALTER TABLE t ALTER COLUMN a SET DATA TYPE VARCHAR(10);
        ALTER TABLE t ALTER COLUMN a SET DEFAULT '2';
        ALTER TABLE t DROP CONSTRAINT ck;
        ALTER TABLE t ADD CONSTRAINT ck CHECK (b > 1);
        ALTER TABLE t ADD CONSTRAINT uq UNIQUE (b);
        ALTER TABLE t ADD COLUMN up BIGINT REFERENCES t (b);
        CREATE TABLE u (a TEXT, b TEXT);
        ALTER TABLE u DROP COLUMN a;
        ALTER TABLE u ADD COLUMN a INTEGER;
        ALTER TABLE u RENAME COLUMN b TO c;
        ALTER TABLE u ALTER COLUMN c SET DEFAULT 'x';
        ALTER TABLE u ALTER COLUMN c SET NOT NULL;
        ALTER TABLE t ALTER COLUMN b DROP NOT NULL;
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" text DEFAULT '1',
        "b" bigint,
        CONSTRAINT "ck" CHECK ("b" > 0)
    );
    ALTER TABLE "t"
        ALTER COLUMN "a" DROP DEFAULT,
        ALTER COLUMN "a" SET DATA TYPE varchar(10),
        ALTER COLUMN "a" SET DEFAULT '2',
        DROP CONSTRAINT "ck",
        ADD CONSTRAINT "ck" CHECK ("b" > 1),
        ADD CONSTRAINT "uq" UNIQUE ("b");
    ALTER TABLE "t"
        ADD COLUMN "up" bigint,
        ADD CONSTRAINT "fk_t_up" FOREIGN KEY ("up") REFERENCES "t" ("b");
    CREATE TABLE "u" (
        "a" text,
        "b" text
    );
    ALTER TABLE "u"
        DROP COLUMN "a",
        ADD COLUMN "a" integer;
    ALTER TABLE "u" RENAME COLUMN "b" TO "c";
    ALTER TABLE "u"
        ALTER COLUMN "c" SET DEFAULT 'x',
        ALTER COLUMN "c" SET NOT NULL;
    -- explains: SELECT count(*) FROM "u" WHERE "c" IS NULL HAVING count(*) > 0
    -- with: the column c of u can't become NOT NULL; rows in which it is NULL: …
    ALTER TABLE "t" ALTER COLUMN "b" DROP NOT NULL;
    "#);
}

/// Statements that can be written without knowing the tables.
const ALTERATIONS: [&str; 14] = [
    "ALTER TABLE t ADD COLUMN a INTEGER",
    "ALTER TABLE t ADD COLUMN b TEXT REFERENCES t (a) CHECK (b <> 'x')",
    "ALTER TABLE t ADD COLUMN c TEXT GENERATED ALWAYS AS (lower(b)) STORED",
    "ALTER TABLE t DROP COLUMN a",
    "ALTER TABLE t DROP COLUMN c",
    "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
    "ALTER TABLE t ALTER COLUMN a DROP NOT NULL",
    "ALTER TABLE t ALTER COLUMN b SET DEFAULT 'x'",
    "ALTER TABLE t ALTER COLUMN b DROP DEFAULT",
    "ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b)",
    "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0)",
    "ALTER TABLE t DROP CONSTRAINT k",
    "ALTER TABLE u DROP COLUMN a",
    "DELETE FROM t",
];

/// The actions of statements, each with its table.
fn actions(statements: &[Statement]) -> Vec<String> {
    let each = statements.iter().flat_map(|statement| {
        let (table, rest) = statement
            .sql
            .split_at("ALTER TABLE \"t\"".len().min(statement.sql.len()));
        let actions = rest.split(",\n");
        actions.map(move |action| format!("{table} {}", action.trim()))
    });
    each.collect()
}

proptest! {
    #[test]
    fn nothing_is_lost_or_moved(chosen in prop::collection::vec(prop::sample::select(&ALTERATIONS[..]), 0..12)) {
        let operations: Vec<Operation> = chosen.iter().flat_map(|text| portable(text)).collect();
        let context = RenderContext::new(NEW);
        let merged = POSTGRES.render(&operations, &context).unwrap().statements;
        let mut apart = Vec::new();
        for operation in &operations {
            let rendering = POSTGRES.render(std::slice::from_ref(operation), &context).unwrap();
            apart.extend(rendering.statements);
        }
        prop_assert_eq!(actions(&merged), actions(&apart));
        let guards = |statements: &[Statement]| -> Vec<_> {
            statements.iter().flat_map(|statement| statement.guards.clone()).collect()
        };
        prop_assert_eq!(guards(&merged), guards(&apart));
        let mut next = 0;
        for statement in &merged {
            prop_assert_eq!(statement.operations.start, next);
            next = statement.operations.end;
        }
        prop_assert_eq!(next, operations.len());
    }
}
