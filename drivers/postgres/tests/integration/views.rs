//! Views.

use super::support::written;

#[test]
fn views() {
    insta::assert_snapshot!(written(
        r#"
        CREATE TABLE t (a TEXT, b INTEGER, day DATE);
        CREATE VIEW short (one, "Two") AS SELECT a, b FROM t WHERE lower(a) LIKE 'x!%%' ESCAPE '!';
        CREATE VIEW counted AS
            SELECT x.a || '-' || x.a AS name, count(*) AS many, sum(x.b) AS total, instr(x.a, 'b') AS at,
                CASE WHEN length(x.a) > 3 THEN 'long' ELSE substr(x.a, 1, 2) END AS size
            FROM t AS x LEFT JOIN short AS s ON s.one = x.a
            GROUP BY x.a HAVING count(DISTINCT x.b) >= 0 ORDER BY x.a LIMIT 10 OFFSET 1;
        DROP VIEW counted;
        DROP VIEW short;
        "#
    ), @r#"
    CREATE TABLE "t" (
        "a" text,
        "b" integer,
        "day" date
    );
    CREATE VIEW "short" ("one", "Two") AS SELECT "a", "b" FROM "t" WHERE lower("a") LIKE 'x!%%' ESCAPE '!';
    CREATE VIEW "counted" AS SELECT "x"."a" || '-' || "x"."a" AS "name", count(*) AS "many", sum("x"."b") AS "total", strpos("x"."a", 'b') AS "at", CASE WHEN length("x"."a") > 3 THEN 'long' ELSE substr("x"."a", 1, 2) END AS "size" FROM "t" AS "x" LEFT JOIN "short" AS "s" ON "s"."one" = "x"."a" GROUP BY "x"."a" HAVING count(DISTINCT "x"."b") >= 0 ORDER BY "x"."a" LIMIT 10 OFFSET 1;
    DROP VIEW "counted";
    DROP VIEW "short";
    "#);
}
