//! INSERT, UPDATE, DELETE and SELECT.

use limbeck_core::operation::FunctionKind;
use limbeck_core::operation::Operation;
use limbeck_core::operation::functions;

use super::support::*;

const TABLE: &str = "
    CREATE TABLE t (id BIGINT PRIMARY KEY, a VARCHAR(20), n NUMERIC(10, 2), f BOOLEAN, b BLOB, at TIMESTAMP);
    CREATE TABLE u (id BIGINT PRIMARY KEY, a VARCHAR(20));";

#[test]
fn statements_over_rows() {
    let written = both(
        TABLE,
        r"INSERT INTO t (id, a, f, b) VALUES (1, 'a\b', TRUE, X'00FF'), (-2, 'line
break', FALSE, NULL);
          INSERT INTO t (id, a) SELECT id + 10, a || '-' FROM t WHERE NOT f;
          UPDATE t SET at = CURRENT_TIMESTAMP, n = CAST('1.5' AS NUMERIC(10, 2))
              WHERE id IN (SELECT u.id FROM u WHERE lower(u.a) LIKE 'x!%%' ESCAPE '!');
          DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id) AND length(a) > 3;
          SELECT count(*), max(n) AS m FROM t GROUP BY a ORDER BY a LIMIT 3 OFFSET 1",
    );
    insta::assert_snapshot!(written, @"
    INSERT INTO `t` (`id`, `a`, `f`, `b`) VALUES (1, _utf8mb4 X'615C62', TRUE, X'00FF'), (-2, 'line
    break', FALSE, NULL);
    INSERT INTO `t` (`id`, `a`) SELECT `id` + 10, `a` || '-' FROM `t` WHERE NOT `f`;
    UPDATE `t` SET `at` = CURRENT_TIMESTAMP(6), `n` = CAST('1.5' AS DECIMAL(10, 2)) WHERE `id` IN (SELECT `u`.`id` FROM `u` WHERE lower(`u`.`a`) LIKE 'x!%%' ESCAPE '!');
    DELETE FROM `t` WHERE EXISTS (SELECT 1 FROM `u` WHERE `u`.`id` = `t`.`id`) AND char_length(`a`) > 3;
    SELECT count(*), max(`n`) AS `m` FROM `t` GROUP BY `a` ORDER BY `a` LIMIT 3 OFFSET 1
    ");
}

#[test]
fn a_statement_does_not_read_what_it_changes() {
    // The parser refuses it as well: these come from code.
    let mut operations = parse("UPDATE t SET a = 'x' WHERE id IN (SELECT id FROM u)");
    if let Operation::Data(statement) = &mut operations[0] {
        statement.table = Some(name("u"));
    }
    insta::assert_snapshot!(both_of(&schema(TABLE), &operations), @"
    -- mysql
    mysql cannot read the table u in a sub-query of the statement that changes it
    hint: put the rows to change into another table first
    -- mariadb
    mariadb cannot read the table u in a sub-query of the statement that changes it
    hint: put the rows to change into another table first
    ");
}

#[test]
fn every_portable_function() {
    let mut written = Vec::new();
    for function in functions() {
        let least = *function.arguments.start();
        let most = (*function.arguments.end()).min(least + 2);
        for count in least..=most {
            let arguments = vec!["1"; count].join(", ");
            let over = match function.kind {
                FunctionKind::Window => " OVER (ORDER BY a)",
                _ => "",
            };
            let text = format!("SELECT {}({arguments}){over} AS x FROM t", function.name);
            written.push(both(TABLE, &text));
        }
    }
    insta::assert_snapshot!(written.join("\n"), @"
    SELECT abs(1) AS `x` FROM `t`
    SELECT avg(1) AS `x` FROM `t`
    SELECT coalesce(1, 1) AS `x` FROM `t`
    SELECT coalesce(1, 1, 1) AS `x` FROM `t`
    SELECT coalesce(1, 1, 1, 1) AS `x` FROM `t`
    SELECT count(1) AS `x` FROM `t`
    SELECT dense_rank() OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT first_value(1) OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT instr(1, 1) AS `x` FROM `t`
    SELECT lag(1) OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT lag(1, 1) OVER (ORDER BY `a`) AS `x` FROM `t`
    -- mysql
    SELECT lag(1, 1, 1) OVER (ORDER BY `a`) AS `x` FROM `t`
    -- mariadb
    mariadb cannot call lag with a third argument
    hint: write coalesce(lag(x, n) OVER (…), y), or CASE
    SELECT last_value(1) OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT lead(1) OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT lead(1, 1) OVER (ORDER BY `a`) AS `x` FROM `t`
    -- mysql
    SELECT lead(1, 1, 1) OVER (ORDER BY `a`) AS `x` FROM `t`
    -- mariadb
    mariadb cannot call lead with a third argument
    hint: write coalesce(lead(x, n) OVER (…), y), or CASE
    SELECT char_length(1) AS `x` FROM `t`
    SELECT lower(1) AS `x` FROM `t`
    SELECT ltrim(1) AS `x` FROM `t`
    SELECT max(1) AS `x` FROM `t`
    SELECT min(1) AS `x` FROM `t`
    SELECT ntile(1) OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT nullif(1, 1) AS `x` FROM `t`
    SELECT rank() OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT replace(1, 1, 1) AS `x` FROM `t`
    SELECT round(1) AS `x` FROM `t`
    SELECT round(1, 1) AS `x` FROM `t`
    SELECT row_number() OVER (ORDER BY `a`) AS `x` FROM `t`
    SELECT rtrim(1) AS `x` FROM `t`
    SELECT sign(1) AS `x` FROM `t`
    SELECT substr(1, 1) AS `x` FROM `t`
    SELECT substr(1, 1, 1) AS `x` FROM `t`
    SELECT sum(1) AS `x` FROM `t`
    SELECT trim(1) AS `x` FROM `t`
    SELECT upper(1) AS `x` FROM `t`
    ");
}
