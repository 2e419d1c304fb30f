//! New names for tables and columns, and everything that looks at them.

use super::support::*;

const TABLE: &str = "
    CREATE TABLE t (
        a INTEGER, b INTEGER,
        twice INTEGER GENERATED ALWAYS AS (a * 2) STORED,
        CONSTRAINT ck CHECK (a > 0 AND b > 0)
    );
    CREATE TABLE u (a INTEGER PRIMARY KEY, b INTEGER);
    CREATE VIEW base AS SELECT a FROM t;
    CREATE VIEW above (x) AS SELECT base.a FROM base JOIN u ON u.a = base.a;";

#[test]
fn a_table_and_the_views_that_read_it() {
    insta::assert_snapshot!(both(TABLE, "ALTER TABLE u RENAME TO w"), @"
    ALTER TABLE `u` RENAME TO `w`;
    CREATE OR REPLACE VIEW `above` (`x`) AS SELECT `base`.`a` FROM `base` JOIN `w` ON `w`.`a` = `base`.`a`
    ");
}

#[test]
fn a_column_and_what_reads_it() {
    insta::assert_snapshot!(both(TABLE, "ALTER TABLE t RENAME COLUMN b TO c"), @"
    -- mysql
    ALTER TABLE `t`
        DROP CHECK `ck`,
        RENAME COLUMN `b` TO `c`,
        ADD CONSTRAINT `ck` CHECK (`a` > 0 AND `c` > 0)
    -- mariadb
    ALTER TABLE `t` RENAME COLUMN `b` TO `c`
    ");
    insta::assert_snapshot!(both(TABLE, "ALTER TABLE u RENAME COLUMN b TO c"), @"ALTER TABLE `u` RENAME COLUMN `b` TO `c`");
    let table = "CREATE TABLE t (a INTEGER, twice INTEGER GENERATED ALWAYS AS (a * 2) STORED);";
    insta::assert_snapshot!(both(table, "ALTER TABLE t RENAME COLUMN a TO c"), @"
    -- mysql
    ALTER TABLE `t`
        RENAME COLUMN `a` TO `c`,
        MODIFY COLUMN `twice` INTEGER GENERATED ALWAYS AS (`c` * 2) STORED
    -- mariadb
    ALTER TABLE `t` RENAME COLUMN `a` TO `c`
    ");
}

#[test]
fn a_column_and_the_expression_of_an_index() {
    let table = "CREATE TABLE t (a VARCHAR(20)); CREATE INDEX ix ON t (lower(a));";
    let written = mysql((8, 0, 17), table, "ALTER TABLE t RENAME COLUMN a TO c");
    insta::assert_snapshot!(written, @"
    ALTER TABLE `t`
        DROP INDEX `ix`,
        RENAME COLUMN `a` TO `c`,
        ADD INDEX `ix` ((lower(`c`)))
    ");
}
