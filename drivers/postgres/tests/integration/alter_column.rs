//! ALTER COLUMN but for types.

use super::support::written;

#[test]
fn one_change_of_a_column() {
    insta::assert_snapshot!(written(
        "
        CREATE TABLE t (a TEXT, doc JSON);
        ALTER TABLE t ALTER COLUMN a SET NOT NULL;
        ALTER TABLE t ALTER COLUMN a DROP NOT NULL;
        ALTER TABLE t ALTER COLUMN a SET DEFAULT 'x';
        ALTER TABLE t ALTER COLUMN a DROP DEFAULT;
        ALTER TABLE t ALTER COLUMN doc SET DEFAULT ('[' || ']');
        "
    ), @r#"
    CREATE TABLE "t" (
        "a" text,
        "doc" jsonb
    );
    -- asks: SELECT count(*) || ' rows' FROM "t" WHERE "a" IS NULL HAVING count(*) > 0
    -- else: the column a of t can't become NOT NULL, it is NULL in …
    ALTER TABLE "t" ALTER COLUMN "a" SET NOT NULL;
    ALTER TABLE "t"
        ALTER COLUMN "a" DROP NOT NULL,
        ALTER COLUMN "a" SET DEFAULT 'x';
    ALTER TABLE "t"
        ALTER COLUMN "a" DROP DEFAULT,
        ALTER COLUMN "doc" SET DEFAULT ('[' || ']')::jsonb;
    "#);
}
