//! Columns: defaults, identity, generated values; adding and dropping them.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_postgres::POSTGRES;

use super::support::NEW;
use super::support::portable;
use super::support::refusal;
use super::support::shown;
use super::support::written;

#[test]
fn defaults() {
    insta::assert_snapshot!(written(
        r"
        CREATE TABLE t (
            a TEXT DEFAULT 'it''s',
            b TEXT DEFAULT 'back\slash',
            c INTEGER DEFAULT -1,
            d BOOLEAN DEFAULT TRUE,
            e JSON DEFAULT '{}',
            f JSON DEFAULT ('[' || ']'),
            g JSON DEFAULT NULL,
            h BLOB DEFAULT X'00ff',
            i BLOB DEFAULT 'a\b',
            j DATE DEFAULT CURRENT_DATE,
            k TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            l TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP,
            m BOOLEAN DEFAULT (1 IN (1, 2) AND NOT 1 IS NULL),
            n INTEGER DEFAULT (abs(-2) + 1),
            o ENUM('a', 'b') DEFAULT 'a',
            p UUID DEFAULT '6a3c1f2e-0c5b-4e0e-9a52-0d7f5a1b2c3d',
            q TIME DEFAULT CURRENT_TIME,
            r JSON DEFAULT -1,
            s JSON DEFAULT TRUE
        );
        ALTER TABLE t ALTER COLUMN e SET DEFAULT '[]';
        ALTER TABLE t ALTER COLUMN h SET DEFAULT 'b\';
        ALTER TABLE t ALTER COLUMN n SET DEFAULT (1 + 1);
        ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" text DEFAULT 'it''s',
        "b" text DEFAULT E'back\\slash',
        "c" integer DEFAULT -1,
        "d" boolean DEFAULT TRUE,
        "e" jsonb DEFAULT '{}'::jsonb,
        "f" jsonb DEFAULT ('[' || ']')::jsonb,
        "g" jsonb DEFAULT NULL,
        "h" bytea DEFAULT E'\\x00ff'::bytea,
        "i" bytea DEFAULT E'\\x615c62'::bytea,
        "j" date DEFAULT CURRENT_DATE,
        "k" timestamp DEFAULT CURRENT_TIMESTAMP,
        "l" timestamptz DEFAULT CURRENT_TIMESTAMP,
        "m" boolean DEFAULT (1 IN (1, 2) AND NOT 1 IS NULL),
        "n" integer DEFAULT (abs(-2) + 1),
        "o" text DEFAULT 'a' CONSTRAINT "enum_t_o" CHECK ("o" IN ('a', 'b')),
        "p" uuid DEFAULT '6a3c1f2e-0c5b-4e0e-9a52-0d7f5a1b2c3d',
        "q" time DEFAULT CURRENT_TIME,
        "r" jsonb DEFAULT '-1'::jsonb,
        "s" jsonb DEFAULT 'true'::jsonb
    );
    ALTER TABLE "t"
        ALTER COLUMN "e" SET DEFAULT '[]'::jsonb,
        ALTER COLUMN "h" SET DEFAULT E'\\x625c'::bytea,
        ALTER COLUMN "n" SET DEFAULT (1 + 1),
        ALTER COLUMN "a" DROP DEFAULT;
    "#);
}

#[test]
fn columns_are_added_with_all_that_they_bring() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE other (id BIGINT PRIMARY KEY);
        CREATE TABLE t (a TEXT NOT NULL);
        ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 0 NOT NULL;
        COMMENT ON COLUMN t.n IS 'its number';
        ALTER TABLE t ADD COLUMN kind ENUM('x', 'y') DEFAULT 'x' NOT NULL;
        CREATE INDEX ON t (kind);
        ALTER TABLE t ADD COLUMN parent BIGINT REFERENCES other ON DELETE SET NULL CHECK (parent > 0) UNIQUE;
        CREATE INDEX ON t (a);
        ALTER TABLE t ADD COLUMN loud TEXT GENERATED ALWAYS AS (upper(a) || '!') STORED;
        "
    ), @r#"
    CREATE TABLE "other" (
        "id" bigint NOT NULL,
        CONSTRAINT "pk_other" PRIMARY KEY ("id")
    );
    CREATE TABLE "t" (
        "a" text NOT NULL
    );
    ALTER TABLE "t" ADD COLUMN "n" integer DEFAULT 0 NOT NULL;
    COMMENT ON COLUMN "t"."n" IS 'its number';
    ALTER TABLE "t" ADD COLUMN "kind" text DEFAULT 'x' NOT NULL CONSTRAINT "enum_t_kind" CHECK ("kind" IN ('x', 'y'));
    CREATE INDEX "ix_t_kind" ON "t" ("kind");
    ALTER TABLE "t"
        ADD COLUMN "parent" bigint,
        ADD CONSTRAINT "fk_t_parent" FOREIGN KEY ("parent") REFERENCES "other" ON DELETE SET NULL,
        ADD CONSTRAINT "ck_t_parent" CHECK ("parent" > 0),
        ADD CONSTRAINT "uq_t_parent" UNIQUE ("parent");
    CREATE INDEX "ix_t_a" ON "t" ("a");
    ALTER TABLE "t" ADD COLUMN "loud" text GENERATED ALWAYS AS (upper("a") || '!') STORED;
    "#);
}

#[test]
fn a_free_column_goes_with_the_check_of_its_type() {
    insta::assert_snapshot!(written(
        "CREATE TABLE t (a INTEGER, kind ENUM('x'), b TEXT); ALTER TABLE t DROP COLUMN kind; ALTER TABLE t DROP COLUMN b"
    ), @r#"
    CREATE TABLE "t" (
        "a" integer,
        "kind" text CONSTRAINT "enum_t_kind" CHECK ("kind" IN ('x')),
        "b" text
    );
    ALTER TABLE "t"
        DROP COLUMN "kind",
        DROP COLUMN "b";
    "#);
}

#[test]
fn a_column_in_use_stays() {
    const TABLES: &str = "
        CREATE TABLE t (
            id BIGINT PRIMARY KEY, u TEXT UNIQUE, checked INTEGER CHECK (checked > 0), source TEXT, indexed TEXT,
            filtered TEXT, key TEXT, parent BIGINT REFERENCES t (id),
            computed TEXT GENERATED ALWAYS AS (upper(source)) STORED
        );
        CREATE INDEX ix_t ON t (lower(indexed), key) WHERE filtered IS NOT NULL;
        CREATE TABLE other (up TEXT, CONSTRAINT fk_up FOREIGN KEY (up) REFERENCES t (u));
        ALTER TABLE t DROP COLUMN ";
    let refused = [
        "id", "u", "checked", "source", "indexed", "filtered", "key", "parent",
    ]
    .map(|column| refusal(&format!("{TABLES}{column}"), NEW));
    insta::assert_snapshot!(refused.join("\n"), @"
    postgres cannot drop the column id of the table t while the primary key pk_t uses it
    hint: write ALTER TABLE t DROP CONSTRAINT pk_t before it
    postgres cannot drop the column u of the table t while the UNIQUE constraint uq_t_u uses it
    hint: write ALTER TABLE t DROP CONSTRAINT uq_t_u before it
    postgres cannot drop the column checked of the table t while the check ck_t_checked uses it
    hint: write ALTER TABLE t DROP CONSTRAINT ck_t_checked before it
    postgres cannot drop the column source of the table t while the generated column computed uses it
    hint: write ALTER TABLE t DROP COLUMN computed before it
    postgres cannot drop the column indexed of the table t while the index ix_t uses it
    hint: write DROP INDEX ix_t before it
    postgres cannot drop the column filtered of the table t while the index ix_t uses it
    hint: write DROP INDEX ix_t before it
    postgres cannot drop the column key of the table t while the index ix_t uses it
    hint: write DROP INDEX ix_t before it
    postgres cannot drop the column parent of the table t while the foreign key fk_t_parent uses it
    hint: write ALTER TABLE t DROP CONSTRAINT fk_t_parent before it
    ");
}

#[test]
fn what_is_not_known_is_asked() {
    let operations = portable(r#"ALTER TABLE "it's a \ table" DROP COLUMN "it's a \ column""#);
    let rendering = POSTGRES.render(&operations, &RenderContext::new(NEW)).unwrap();
    insta::assert_snapshot!(shown(&rendering), @r#"
    -- asks: SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) FROM pg_depend AS d JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid LEFT JOIN pg_constraint AS c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid LEFT JOIN pg_class AS i ON d.classid = 'pg_class'::regclass AND i.oid = d.objid AND i.relkind = 'i' WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = E'"it''s a \\ table"'::regclass AND a.attname = E'it''s a \\ column' AND (i.oid IS NOT NULL OR (c.contype <> 'n' AND c.conname <> E'enum_it''s a \\ table_it''s a \\ column'))
    -- else: the column it's a \ column of it's a \ table can't be dropped while it is used, by …
    ALTER TABLE "it's a \ table" DROP COLUMN "it's a \ column";
    "#);
}
