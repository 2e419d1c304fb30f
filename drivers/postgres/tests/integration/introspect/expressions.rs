//! Every kind of expression that portable SQL has, as the server gives it back.

use limbeck_core::schema::Expression;
use limbeck_core::schema::Schema;

use super::Place;
use super::assert_kept;
use super::assert_makes_the_same;
use super::name;
use crate::support::portable;

pub(super) const COLUMNS: &str = "a INTEGER, small SMALLINT, big BIGINT, n NUMERIC(10, 2), real REAL, double DOUBLE PRECISION, \
    b TEXT, v VARCHAR(20), c CHAR(5), truth BOOLEAN, day DATE, stamp TIMESTAMP, moment TIMESTAMP WITH TIME ZONE, u UUID, \
    blob BLOB, \"Two words\" INTEGER";

const EXPRESSIONS: &[&str] = &[
    "a IN (1, 2, -3)",
    "a NOT IN (1, 2)",
    "b IN ('a', 'b')",
    "v IN ('a', 'b')",
    "v NOT IN ('a', 'b')",
    "c IN ('a', 'b')",
    "small IN (1, 2)",
    "big IN (1, 2)",
    "n IN (1, 2.5)",
    "real IN (1, 2.5)",
    "day IN ('2020-01-01', '2021-01-01')",
    "b IN ('x')",
    "a IN (a, small)",
    "v = 'x'",
    "c = 'x'",
    "v || b = 'x'",
    "'x' || v || 'y' <> b",
    "a NOT BETWEEN 1 AND 5",
    "NOT a = 1",
    "NOT (a = 1 OR a = 2) AND b IS NULL",
    "a IS NULL OR a = 1 AND b = 'x' OR NOT truth",
    "(a = 1) = truth",
    "truth = TRUE",
    "(a IS NULL) = (b IS NULL)",
    "truth IS TRUE",
    "truth IS NOT FALSE",
    "(a > 1) IS NOT TRUE",
    "lower(b) LIKE 'x%'",
    "lower(v) LIKE '50!%' ESCAPE '!'",
    "lower(v) NOT LIKE lower(b)",
    "CASE WHEN a IS NULL THEN length(b) > 1 ELSE CAST(a AS TEXT) <> 'x' END",
    "CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END = b",
    "CASE v WHEN 'x' THEN 1 ELSE 2.5 END > n",
    "CASE WHEN truth THEN 1.5 ELSE a END > 0",
    "CASE WHEN truth THEN v ELSE 'x' END = 'a'",
    "-a < 0",
    "a + -1 > 0",
    "-(a + 1) * 2 > -5",
    "a - (1 - 2) > 0",
    "a - 1 - 2 > 0",
    "a * 2 + 1 > 0",
    "a * (2 + 1) > 0",
    "a % 2 = 0",
    "+a > 0",
    "n * 2 > a",
    "a * 1.5 > big",
    "small + 1 > 5",
    "big = a",
    "a < double",
    "real > 1.5",
    "double > 1",
    "double > 1.5e3",
    "double > a",
    "real < double",
    "real + a > 1",
    "big > 5000000000",
    "coalesce(b, 'x', v) = 'y'",
    "coalesce(v, 'x') = 'a'",
    "coalesce(v, b) = 'a'",
    "coalesce(a, n, 0) > 1",
    "nullif(a, 0) IS NOT NULL",
    "nullif(v, 'a') = 'x'",
    "substr(b, 1, 3) = 'abc'",
    "substr(v, a) = 'abc'",
    "instr(v, 'x') > 0",
    "trim(b) = b",
    "ltrim(v) = rtrim(b)",
    "replace(b, 'a', v) = b",
    "round(n, 1) = n",
    "round(a, 1) = n",
    "round(double) = round(a)",
    "abs(a) > sign(n)",
    "abs(real) > sign(a)",
    "upper(c) = 'X'",
    "length(c) = 5",
    "day > '2020-01-01'",
    "day < stamp",
    "moment > '2020-01-01 00:00:00'",
    "CAST('2020-01-01' AS DATE) < day",
    "CAST(day AS TIMESTAMP) < stamp",
    "u <> '00000000-0000-0000-0000-000000000000'",
    "blob <> X'00ff'",
    "b = 'a\\b'",
    "CAST(a AS VARCHAR(10)) = 'x'",
    "CAST(b AS INTEGER) > 0",
    "CAST(v AS TEXT) = 'x'",
    "CAST(n AS NUMERIC(5, 1)) < n",
    "CAST(1 AS BIGINT) < a",
    "CAST(a AS BOOLEAN)",
    "CAST(a AS BIGINT) = big",
    "CAST(v AS CHAR(3)) = 'a'",
    "\"Two words\" > a",
];

#[tokio::test]
async fn every_kind_reads_back() {
    let Some(mut place) = Place::new().await else {
        return;
    };
    let checks: Vec<_> = EXPRESSIONS
        .iter()
        .enumerate()
        .map(|(at, expression)| format!("CONSTRAINT c{at} CHECK ({expression})"))
        .collect();
    let mut schema = Schema::new();
    for operation in portable(&format!("CREATE TABLE t ({COLUMNS}, {});", checks.join(", "))) {
        place.carry_out(&operation, &schema).await;
        schema.apply(&operation).unwrap();
    }
    let read = place.read().await;
    let table = read.table(&name("t")).unwrap();
    for (check, written) in table.checks.iter().zip(EXPRESSIONS) {
        if let Expression::Native(text) = &check.expression {
            panic!("{written} stays {text}");
        }
    }
    assert_kept(&read, &schema);
    assert_makes_the_same(&read).await;
    assert_understood_alike(&mut place, &read).await;
    place.close().await;
}

/// The server understands what was read as it has understood what was written: it writes both in the same words, but
/// where a number has lost its exponent.
pub(super) async fn assert_understood_alike(place: &mut Place, read: &Schema) {
    const QUESTION: &str =
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' ORDER BY oid";
    let mut again = Place::new().await.unwrap();
    for operation in super::making(read) {
        again.carry_out(&operation, &Schema::new()).await;
    }
    let before = place.session.query(QUESTION, &[]).await.unwrap();
    let after = again.session.query(QUESTION, &[]).await.unwrap();
    again.close().await;
    for (before, after) in before.rows.iter().zip(&after.rows) {
        let (before, after) = (before.text(0).unwrap(), after.text(0).unwrap());
        let before = before.replace("('1500'::numeric)::", "(1500)::");
        assert_eq!(after, before);
    }
}
