//! Views.

use super::support::*;

const TABLE: &str = "CREATE TABLE t (a INTEGER, b VARCHAR(20)); CREATE VIEW v AS SELECT a FROM t;";

#[test]
fn made_and_dropped() {
    let written = both(
        TABLE,
        "CREATE VIEW w (x, y) AS SELECT a, lower(b) || '!' FROM t WHERE a > 0; DROP VIEW w; DROP VIEW v",
    );
    insta::assert_snapshot!(written, @"
    CREATE VIEW `w` (`x`, `y`) AS SELECT `a`, lower(`b`) || '!' FROM `t` WHERE `a` > 0;
    DROP VIEW `w`;
    DROP VIEW `v`
    ");
}

#[test]
fn what_a_view_reads_stays() {
    insta::assert_snapshot!(both(TABLE, "DROP TABLE t"), @"
    -- mysql
    mysql cannot drop the table t: table `t` is needed by view `v`
    hint: drop what needs it in statements before this one
    -- mariadb
    mariadb cannot drop the table t: table `t` is needed by view `v`
    hint: drop what needs it in statements before this one
    ");
}
