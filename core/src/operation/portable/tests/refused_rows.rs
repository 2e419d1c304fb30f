//! Statements over rows that are refused.

use super::refusals;

#[test]
fn changes() {
    insta::assert_snapshot!(refusals(&[
        "INSERT INTO a VALUES (1)",
        "INSERT INTO a (b) VALUES (1, 2)",
        "INSERT INTO a (b, c) SELECT d FROM e",
        "INSERT INTO a (b) VALUES (DEFAULT)",
        "INSERT INTO a (b) DEFAULT VALUES",
        "INSERT INTO a (b) VALUES ((SELECT max(b) FROM a))",
        "INSERT INTO a (b) VALUES (1) ON CONFLICT DO NOTHING",
        "INSERT INTO a (b) VALUES (1) ON DUPLICATE KEY UPDATE b = 1",
        "INSERT INTO a (b) VALUES (1) RETURNING b",
        "INSERT OR IGNORE INTO a (b) VALUES (1)",
        "INSERT INTO s.a (b) VALUES (1)",
        "REPLACE INTO a (b) VALUES (1)",
        "UPDATE a AS x SET b = 1",
        "UPDATE a x SET b = 1",
        "UPDATE a SET b = 1, b = 2",
        "UPDATE a SET b = 1, c = b",
        "UPDATE a SET b = c FROM d",
        "UPDATE a SET b = (SELECT max(b) FROM a)",
        "UPDATE a SET b = 1 ORDER BY b LIMIT 1",
        "UPDATE a SET b",
        "DELETE FROM a USING b WHERE a.c = b.c",
        "DELETE FROM a WHERE b IN (SELECT b FROM a)",
        "DELETE FROM a LIMIT 1",
        "DELETE a WHERE b = 1",
    ]), @r##"
    INSERT INTO a VALUES (1)
      [VALUES] expected the list of columns after the table's name
      -> name the columns: INSERT INTO account (id, name) VALUES …
    INSERT INTO a (b) VALUES (1, 2)
      [(1, 2)] expected as many values as columns are named: 1, found 2
    INSERT INTO a (b, c) SELECT d FROM e
      [SELECT d FROM e] expected as many values as columns are named: 2, found 1
    INSERT INTO a (b) VALUES (DEFAULT)
      [DEFAULT] `DEFAULT` as a value is not portable
      -> leave the column out of the statement, or write its value
    INSERT INTO a (b) DEFAULT VALUES
      [DEFAULT] expected `VALUES` or `SELECT`, found `DEFAULT`
      -> write the value of at least one column
    INSERT INTO a (b) VALUES ((SELECT max(b) FROM a))
      [a] a sub-query cannot read `a`, the table that the statement changes
      -> fill a table of its own with INSERT … SELECT first, or write a native section
    INSERT INTO a (b) VALUES (1) ON CONFLICT DO NOTHING
      [ON CONFLICT] `ON CONFLICT` is not portable
      -> write INSERT INTO … SELECT … FROM … WHERE NOT EXISTS (SELECT …)
    INSERT INTO a (b) VALUES (1) ON DUPLICATE KEY UPDATE b = 1
      [ON DUPLICATE] `ON DUPLICATE` is not portable
      -> write INSERT INTO … SELECT … FROM … WHERE NOT EXISTS (SELECT …)
    INSERT INTO a (b) VALUES (1) RETURNING b
      [RETURNING] `RETURNING` is not portable
      -> leave it out, and read the rows with a SELECT
    INSERT OR IGNORE INTO a (b) VALUES (1)
      [OR] INSERT that skips or replaces rows is not portable
      -> write INSERT INTO … SELECT … FROM … WHERE NOT EXISTS (SELECT …)
    INSERT INTO s.a (b) VALUES (1)
      [s.a] a qualified name is not portable here
      -> leave `s.` out
    REPLACE INTO a (b) VALUES (1)
      [REPLACE] `REPLACE` does not begin a portable statement
      -> write an UPDATE and an INSERT INTO … SELECT …
    UPDATE a AS x SET b = 1
      [AS] an alias of the table that the statement changes is not portable
      -> use the table's own name: a.column
    UPDATE a x SET b = 1
      [x] an alias of the table that the statement changes is not portable
      -> use the table's own name: a.column
    UPDATE a SET b = 1, b = 2
      [b] the column `b` is set twice
    UPDATE a SET b = 1, c = b
      [b] `b` is read after it was set: engines differ in which value that is
      -> set `b` after `c`, or in a statement of its own
    UPDATE a SET b = c FROM d
      [FROM] UPDATE … FROM is not portable
      -> write SET column = (SELECT …), and WHERE EXISTS (SELECT …)
    UPDATE a SET b = (SELECT max(b) FROM a)
      [a] a sub-query cannot read `a`, the table that the statement changes
      -> fill a table of its own with INSERT … SELECT first, or write a native section
    UPDATE a SET b = 1 ORDER BY b LIMIT 1
      [ORDER] ORDER BY and LIMIT in UPDATE and DELETE are not portable
      -> choose the rows with WHERE, or write a native section
    UPDATE a SET b
      [] expected `=`, but the statement ends here
    DELETE FROM a USING b WHERE a.c = b.c
      [USING] DELETE … USING is not portable
      -> write WHERE EXISTS (SELECT …)
    DELETE FROM a WHERE b IN (SELECT b FROM a)
      [a] a sub-query cannot read `a`, the table that the statement changes
      -> fill a table of its own with INSERT … SELECT first, or write a native section
    DELETE FROM a LIMIT 1
      [LIMIT] ORDER BY and LIMIT in UPDATE and DELETE are not portable
      -> choose the rows with WHERE, or write a native section
    DELETE a WHERE b = 1
      [a] expected `FROM`, found `a`
    "##);
}

#[test]
fn queries() {
    insta::assert_snapshot!(refusals(&[
        "SELECT",
        "SELECT a b FROM c",
        "SELECT a FROM b, c",
        "SELECT a FROM b RIGHT JOIN c ON b.d = c.d",
        "SELECT a FROM b NATURAL JOIN c",
        "SELECT a FROM b JOIN c",
        "SELECT a FROM (SELECT 1)",
        "SELECT a FROM s.b",
        "SELECT s.b.c FROM b",
        "SELECT 1 WHERE TRUE",
        "SELECT a FROM b LIMIT 5, 10",
        "SELECT a FROM b LIMIT ALL",
        "SELECT a FROM b OFFSET 2",
        "SELECT a FROM b FETCH FIRST 2 ROWS ONLY",
        "SELECT a FROM b FOR UPDATE",
        "SELECT a FROM b WHERE c IN (SELECT d FROM e LIMIT 1)",
        "SELECT a FROM b UNION SELECT c, d FROM e",
        "SELECT a FROM b EXCEPT SELECT c FROM d",
        "SELECT a FROM b ORDER BY a NULLS LAST",
        "SELECT a FROM b WHERE c = SELECT 1",
        "SELECT a FROM b WHERE c = ANY (SELECT 1)",
        "WITH x AS (SELECT 1) SELECT * FROM x",
    ]), @r##"
    SELECT
      [] expected an expression, but the statement ends here
    SELECT a b FROM c
      [b] expected `,`, `AS` or `FROM`, found `b`
      -> a column alias is written with AS
    SELECT a FROM b, c
      [,] a list of tables is not portable: engines rank its comma and JOIN differently
      -> write CROSS JOIN, or JOIN … ON …
    SELECT a FROM b RIGHT JOIN c ON b.d = c.d
      [RIGHT] `RIGHT` is not portable
      -> turn the join round and write LEFT JOIN
    SELECT a FROM b NATURAL JOIN c
      [NATURAL] `NATURAL` is not portable
      -> name the columns: JOIN … ON … or JOIN … USING (…)
    SELECT a FROM b JOIN c
      [] expected `ON` or `USING`, but the statement ends here
    SELECT a FROM (SELECT 1)
      [(SELECT 1)] a sub-query in FROM needs an alias
      -> write (SELECT …) AS name
    SELECT a FROM s.b
      [s.b] a name qualified by a schema is not portable
      -> leave the schema out: the connection decides it
    SELECT s.b.c FROM b
      [s.b] a name qualified by a schema is not portable
      -> leave the schema out: the connection decides it
    SELECT 1 WHERE TRUE
      [WHERE] WHERE without FROM is not portable
      -> write SELECT … FROM (SELECT 1 AS one) AS one_row WHERE …
    SELECT a FROM b LIMIT 5, 10
      [,] LIMIT with two numbers is not portable
      -> write LIMIT n OFFSET m
    SELECT a FROM b LIMIT ALL
      [ALL] expected a number of rows, found `ALL`
    SELECT a FROM b OFFSET 2
      [OFFSET] OFFSET without LIMIT is not portable
      -> write LIMIT n OFFSET m
    SELECT a FROM b FETCH FIRST 2 ROWS ONLY
      [FETCH] `FETCH` is not portable
      -> write LIMIT n
    SELECT a FROM b FOR UPDATE
      [FOR] `FOR` is not portable
      -> write it in a native section: `-- limbeck:upgrade <driver>`
    SELECT a FROM b WHERE c IN (SELECT d FROM e LIMIT 1)
      [LIMIT] LIMIT directly in IN (SELECT …) is not portable
      -> write IN (SELECT x FROM (SELECT … LIMIT n) AS t)
    SELECT a FROM b UNION SELECT c, d FROM e
      [SELECT] this SELECT gives 2 columns, the first one 1
    SELECT a FROM b EXCEPT SELECT c FROM d
      [EXCEPT] `EXCEPT` is not portable
      -> write WHERE NOT EXISTS (SELECT …)
    SELECT a FROM b ORDER BY a NULLS LAST
      [NULLS] `NULLS` is not portable
      -> leave it out, or sort by CASE WHEN x IS NULL THEN 1 ELSE 0 END first
    SELECT a FROM b WHERE c = SELECT 1
      [SELECT] a sub-query needs parentheses
      -> write (SELECT …)
    SELECT a FROM b WHERE c = ANY (SELECT 1)
      [ANY] `ANY` is not a portable function
      -> write IN (SELECT …), or EXISTS (SELECT …)
    WITH x AS (SELECT 1) SELECT * FROM x
      [WITH] `WITH` does not begin a portable statement
      -> write the query as a sub-query: FROM (SELECT …) AS name
    "##);
}
