//! Questions before a statement that would fill or cut values without a word.

use limbeck_mysql::MYSQL;

use super::support::*;

fn guards(before: &str, statement: &str) -> String {
    let rendering = rendering(&MYSQL, MYSQL_FLOOR, &schema(before), &parse(statement)).unwrap();
    let guards = rendering
        .statements
        .iter()
        .flat_map(|statement| &statement.guards)
        .map(|guard| format!("{}\n{}", guard.query, guard.refusal));
    guards.collect::<Vec<_>>().join("\n")
}

const TABLE: &str = "CREATE TABLE t (a INTEGER, n NUMERIC(10, 4), at TIMESTAMP, b INTEGER NOT NULL);";

#[test]
fn a_required_column_needs_a_value_for_the_rows() {
    insta::assert_snapshot!(guards(TABLE, "ALTER TABLE t ADD COLUMN c INTEGER NOT NULL"), @"
    SELECT concat(count(*)) FROM `t` HAVING count(*) > 0
    the column c of the table t can't be NOT NULL without a default; rows that would get none:
    ");
    assert_eq!(
        guards(TABLE, "ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 1 NOT NULL"),
        ""
    );
    assert_eq!(guards(TABLE, "ALTER TABLE t ADD COLUMN c INTEGER"), "");
}

#[test]
fn nulls_are_counted() {
    insta::assert_snapshot!(guards(TABLE, "ALTER TABLE t ALTER COLUMN a SET NOT NULL"), @"
    SELECT concat(count(*)) FROM `t` WHERE `a` IS NULL HAVING count(*) > 0
    the column a of the table t can't become NOT NULL; rows in which it is NULL:
    ");
    assert_eq!(guards(TABLE, "ALTER TABLE t ALTER COLUMN b SET NOT NULL"), "");
}

#[test]
fn values_that_would_lose_a_part_are_counted() {
    let written = guards(
        TABLE,
        "ALTER TABLE t ALTER COLUMN n SET DATA TYPE NUMERIC(10, 2);
         ALTER TABLE t ALTER COLUMN at SET DATA TYPE DATE",
    );
    insta::assert_snapshot!(written, @"
    SELECT concat(count(*)) FROM `t` WHERE `n` <> CAST(`n` AS DECIMAL(10, 2)) HAVING count(*) > 0
    the type of the column n of the table t can't change; rows whose value would lose a part:
    SELECT concat(count(*)) FROM `t` WHERE `at` <> CAST(`at` AS DATE) HAVING count(*) > 0
    the type of the column at of the table t can't change; rows whose value would lose a part:
    ");
    insta::assert_snapshot!(guards(TABLE, "ALTER TABLE t ALTER COLUMN n SET DATA TYPE BIGINT"), @"
    SELECT concat(count(*)) FROM `t` WHERE `n` <> CAST(`n` AS SIGNED) HAVING count(*) > 0
    the type of the column n of the table t can't change; rows whose value would lose a part:
    ");
}
