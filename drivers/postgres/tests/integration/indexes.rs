//! Indexes.

use super::support::written;

#[test]
fn indexes_of_every_kind() {
    insta::assert_snapshot!(written(
        r#"
        CREATE TABLE t (a TEXT, b INTEGER, "C" TEXT, doc JSON);
        CREATE INDEX ON t (a);
        CREATE UNIQUE INDEX uq ON t (a, b DESC);
        CREATE INDEX ix_lower ON t (lower("C") DESC, b);
        CREATE UNIQUE INDEX part ON t (b) WHERE "C" IS NOT NULL AND a <> 'a\b';
        CREATE INDEX ix_doc ON t (doc);
        DROP INDEX part;
        "#
    ), @r#"
    CREATE TABLE "t" (
        "a" text,
        "b" integer,
        "C" text,
        "doc" jsonb
    );
    CREATE INDEX "ix_t_a" ON "t" ("a");
    CREATE UNIQUE INDEX "uq" ON "t" ("a", "b" DESC);
    CREATE INDEX "ix_lower" ON "t" ((lower("C")) DESC, "b");
    CREATE UNIQUE INDEX "part" ON "t" ("b") WHERE "C" IS NOT NULL AND "a" <> E'a\\b';
    CREATE INDEX "ix_doc" ON "t" ("doc");
    DROP INDEX "part";
    "#);
}
