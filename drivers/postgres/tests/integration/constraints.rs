//! Constraints.

use super::support::written;

#[test]
fn constraints_come_and_go() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE other (id BIGINT PRIMARY KEY);
        CREATE TABLE t (a BIGINT NOT NULL, b BIGINT);
        ALTER TABLE t ADD CONSTRAINT pk_t PRIMARY KEY (a);
        CREATE INDEX ON t (a);
        ALTER TABLE t ADD CONSTRAINT uq_t UNIQUE (a, b);
        CREATE INDEX ON t (b);
        ALTER TABLE t ADD CONSTRAINT once UNIQUE NULLS NOT DISTINCT (b);
        CREATE INDEX ON t (b, a);
        ALTER TABLE t ADD CONSTRAINT fk_t FOREIGN KEY (b) REFERENCES other
            ON DELETE SET DEFAULT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
        CREATE INDEX ix_down ON t (b DESC, a);
        ALTER TABLE t ADD CONSTRAINT ck_t CHECK (a > 0 OR b IS NULL);
        ALTER TABLE t RENAME CONSTRAINT ck_t TO positive;
        ALTER TABLE t RENAME CONSTRAINT pk_t TO \"the key\";
        ALTER TABLE t DROP CONSTRAINT positive;
        CREATE INDEX ix_b_down ON t (b DESC);
        ALTER TABLE t DROP CONSTRAINT fk_t;
        "
    ), @r#"
    CREATE TABLE "other" (
        "id" bigint NOT NULL,
        CONSTRAINT "pk_other" PRIMARY KEY ("id")
    );
    CREATE TABLE "t" (
        "a" bigint NOT NULL,
        "b" bigint
    );
    ALTER TABLE "t" ADD CONSTRAINT "pk_t" PRIMARY KEY ("a");
    CREATE INDEX "ix_t_a" ON "t" ("a");
    ALTER TABLE "t" ADD CONSTRAINT "uq_t" UNIQUE ("a", "b");
    CREATE INDEX "ix_t_b" ON "t" ("b");
    ALTER TABLE "t" ADD CONSTRAINT "once" UNIQUE NULLS NOT DISTINCT ("b");
    CREATE INDEX "ix_t_b_a" ON "t" ("b", "a");
    ALTER TABLE "t" ADD CONSTRAINT "fk_t" FOREIGN KEY ("b") REFERENCES "other" ON DELETE SET DEFAULT ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
    CREATE INDEX "ix_down" ON "t" ("b" DESC, "a");
    ALTER TABLE "t" ADD CONSTRAINT "ck_t" CHECK ("a" > 0 OR "b" IS NULL);
    ALTER TABLE "t" RENAME CONSTRAINT "ck_t" TO "positive";
    ALTER TABLE "t" RENAME CONSTRAINT "pk_t" TO "the key";
    ALTER TABLE "t" DROP CONSTRAINT "positive";
    CREATE INDEX "ix_b_down" ON "t" ("b" DESC);
    ALTER TABLE "t" DROP CONSTRAINT "fk_t";
    "#);
}
