use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::Columns;
use super::default;
use super::read;

const COLUMNS: &[(&str, &str)] = &[
    ("a", "integer"),
    ("order", "integer"),
    ("s", "smallint"),
    ("big", "bigint"),
    ("n", "numeric(10,2)"),
    ("r", "real"),
    ("d", "double precision"),
    ("b", "text"),
    ("v", "character varying(20)"),
    ("c", "character(5)"),
    ("truth", "boolean"),
    ("day", "date"),
    ("tz", "timestamp with time zone"),
    ("u", "uuid"),
    ("blob", "bytea"),
    ("doc", "jsonb"),
];

fn columns() -> Columns {
    let names: Vec<_> = COLUMNS
        .iter()
        .map(|(name, data_type)| (Name::exact(*name).unwrap(), *data_type))
        .collect();
    Columns::of(names.iter().map(|(name, data_type)| (name, *data_type)))
}

#[track_caller]
fn reads(catalogue: &str, portable: &str) {
    let expected = parse_expression(portable, Standing::Row).unwrap();
    assert_eq!(
        read(catalogue, &columns()),
        Expression::Portable(expected),
        "{catalogue}"
    );
}

#[track_caller]
fn reads_default(catalogue: &str, data_type: &str, portable: &str) {
    let expected = parse_expression(portable, Standing::Default).unwrap();
    assert_eq!(
        default(catalogue, data_type),
        Some(Expression::Portable(expected)),
        "{catalogue}"
    );
}

#[track_caller]
fn stays(catalogue: &str) {
    assert_eq!(
        read(catalogue, &columns()),
        Expression::Native(catalogue.to_owned())
    );
}

#[test]
fn comparisons_lose_the_casts_that_nobody_wrote() {
    reads("((v)::text = 'x'::text)", "v = 'x'");
    reads("(c = 'x'::bpchar)", "c = 'x'");
    reads("(c = (v)::bpchar)", "c = v");
    reads("((c)::text = b)", "c = b");
    reads("(n > (1)::numeric)", "n > 1");
    reads("(d > ('1500'::numeric)::double precision)", "d > 1500");
    reads("(r > (1.5)::double precision)", "r > 1.5");
    reads("((a)::double precision < d)", "a < d");
    reads("(big > '5000000000'::bigint)", "big > 5000000000");
    reads("(a = '-1'::integer)", "a = -1");
    reads("((a + '-1'::integer) > 0)", "a + -1 > 0");
    reads("(day > '2020-01-01'::date)", "day > '2020-01-01'");
    reads(
        "(u <> '00000000-0000-0000-0000-000000000000'::uuid)",
        "u <> '00000000-0000-0000-0000-000000000000'",
    );
    reads("(blob <> '\\x00ff'::bytea)", "blob <> X'00FF'");
    reads("(b = 'a\\b'::text)", "b = 'a\\b'");
    reads("(((v)::text || b) = 'x'::text)", "v || b = 'x'");
    reads("((abs(a))::numeric > sign(n))", "abs(a) > sign(n)");
}

#[test]
fn casts_that_somebody_wrote_stay() {
    reads("((a)::text <> 'x'::text)", "CAST(a AS TEXT) <> 'x'");
    reads(
        "(((a)::character varying(10))::text = 'x'::text)",
        "CAST(a AS VARCHAR(10)) = 'x'",
    );
    reads("((b)::integer > 0)", "CAST(b AS INTEGER) > 0");
    reads("((n)::numeric(5,1) < n)", "CAST(n AS NUMERIC(5, 1)) < n");
    reads("((1)::bigint < a)", "CAST(1 AS BIGINT) < a");
    reads("((a)::bigint = big)", "CAST(a AS BIGINT) = big");
    reads("(a)::boolean", "CAST(a AS BOOLEAN)");
    reads("(length((c)::text) > 1)", "length(CAST(c AS TEXT)) > 1");
    reads(
        "('2020-01-01'::date IS NULL)",
        "CAST('2020-01-01' AS DATE) IS NULL",
    );
}

#[test]
fn one_cast_was_added_and_the_one_below_it_written() {
    reads("(n <= (((- a))::bigint)::numeric)", "n <= CAST(-a AS BIGINT)");
    reads(
        "((v)::text = ((a)::real)::text)",
        "v = CAST(CAST(a AS REAL) AS TEXT)",
    );
}

#[test]
fn lists() {
    reads("(a = ANY (ARRAY[1, 2, '-3'::integer]))", "a IN (1, 2, -3)");
    reads("(b = ANY (ARRAY['a'::text, ')'::text]))", "b IN ('a', ')')");
    reads(
        "((v)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
        "v NOT IN ('a', 'b')",
    );
    reads("(c = ANY (ARRAY['a'::bpchar, 'b'::bpchar]))", "c IN ('a', 'b')");
    reads("(s = ANY (ARRAY[1, 2]))", "s IN (1, 2)");
    reads("(big = ANY (ARRAY[(1)::bigint, (2)::bigint]))", "big IN (1, 2)");
    reads("(n = ANY (ARRAY[(1)::numeric, 2.5]))", "n IN (1, 2.5)");
    reads("(r = ANY (ARRAY[(1)::real, (2.5)::real]))", "r IN (1, 2.5)");
    reads(
        "(day = ANY (ARRAY['2020-01-01'::date, '2021-01-01'::date]))",
        "day IN ('2020-01-01', '2021-01-01')",
    );
}

#[test]
fn words_and_parentheses() {
    reads("truth", "truth");
    reads(
        "((NOT ((a = 1) OR (a = 2))) AND (b IS NULL))",
        "NOT (a = 1 OR a = 2) AND b IS NULL",
    );
    reads(
        "((a IS NULL) OR ((a = 1) AND (b = 'x'::text)) OR (NOT truth))",
        "a IS NULL OR a = 1 AND b = 'x' OR NOT truth",
    );
    reads("((a = 1) = truth)", "(a = 1) = truth");
    reads("(((- (a + 1)) * 2) > '-5'::integer)", "-(a + 1) * 2 > -5");
    reads("((a - (1 - 2)) > 0)", "a - (1 - 2) > 0");
    reads("(((a - 1) - 2) > 0)", "a - 1 - 2 > 0");
    reads("((a * (2 + 1)) > 0)", "a * (2 + 1) > 0");
    reads("((a > 1) IS NOT TRUE)", "(a > 1) IS NOT TRUE");
    reads(
        "(lower((v)::text) ~~ like_escape('x%'::text, '!'::text))",
        "lower(v) LIKE 'x%' ESCAPE '!'",
    );
    reads("(lower((v)::text) !~~ lower(b))", "lower(v) NOT LIKE lower(b)");
    reads("(a > \"order\")", "a > \"order\"");
}

#[test]
fn functions_and_cases() {
    reads(
        "(COALESCE(b, 'x'::text, (v)::text) = 'y'::text)",
        "coalesce(b, 'x', v) = 'y'",
    );
    reads(
        "((COALESCE(v, 'x'::character varying))::text = 'a'::text)",
        "coalesce(v, 'x') = 'a'",
    );
    reads(
        "(NULLIF((v)::text, 'a'::text) = 'x'::text)",
        "nullif(v, 'a') = 'x'",
    );
    reads("(strpos(b, 'x'::text) > 0)", "instr(b, 'x') > 0");
    reads(
        "((TRIM(BOTH FROM b) = b) AND (btrim(b) = b))",
        "trim(b) = b AND trim(b) = b",
    );
    reads("(round(n, 1) = n)", "round(n, 1) = n");
    reads(
        "CASE\n    WHEN (a IS NULL) THEN (length(b) > 1)\n    ELSE ((a)::text <> 'x'::text)\nEND",
        "CASE WHEN a IS NULL THEN length(b) > 1 ELSE CAST(a AS TEXT) <> 'x' END",
    );
    reads(
        "(\nCASE a\n    WHEN 1 THEN 'x'::text\n    WHEN 2 THEN 'y'::text\n    ELSE NULL::text\nEND = b)",
        "CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END = b",
    );
    reads(
        "(TRIM(BOTH FROM v) = TRIM(BOTH FROM (c)::text))",
        "trim(v) = trim(CAST(c AS TEXT))",
    );
    reads(
        "(CASE 1.5 WHEN (a - s) THEN (v)::text ELSE b END = 'x'::text)",
        "CASE 1.5 WHEN a - s THEN v ELSE b END = 'x'",
    );
    reads(
        "(\nCASE\n    WHEN truth THEN 1.5\n    ELSE (a)::numeric\nEND > (0)::numeric)",
        "CASE WHEN truth THEN 1.5 ELSE a END > 0",
    );
}

#[test]
fn defaults() {
    reads_default("'x'::character varying", "character varying(9)", "'x'");
    reads_default("'{\"a\": 1}'::jsonb", "jsonb", "'{\"a\": 1}'");
    reads_default("'-0.5'::numeric", "numeric(9,1)", "-0.5");
    reads_default("'5000000000'::bigint", "bigint", "5000000000");
    reads_default("'\\x00ff'::bytea", "bytea", "X'00FF'");
    reads_default("true", "boolean", "TRUE");
    reads_default(
        "CURRENT_TIMESTAMP",
        "timestamp without time zone",
        "CURRENT_TIMESTAMP",
    );
    reads_default(
        "(lower('A'::text) || 'b'::text)",
        "character varying(9)",
        "lower('A') || 'b'",
    );
    reads_default("(1 + 2)", "bigint", "1 + 2");
    assert_eq!(default("NULL::character varying", "character varying(5)"), None);
    assert_eq!(
        default("'\\000a'::bytea", "bytea"),
        Some(Expression::Native("'\\000a'::bytea".to_owned()))
    );
    assert_eq!(
        default("nextval('t_id_seq'::regclass)", "integer"),
        Some(Expression::Native("nextval('t_id_seq'::regclass)".to_owned()))
    );
}

#[test]
fn what_portable_sql_cannot_say_stays() {
    for text in [
        "(b ~ 'x'::text)",
        "((a / 2) > 0)",
        "(b ~~ 'x%'::text)",
        "((doc ->> 'a'::text) = 'x'::text)",
        "public.lower(b) = 'x'::text",
        "(blob <> '\\000a'::bytea)",
        "(instr(b, 'x'::text) > 0)",
        "(\"left\"(b, 1) = 'x'::text)",
        "(tz > (CURRENT_TIMESTAMP - '1 day'::interval))",
        "(CURRENT_USER = 'x'::name)",
        "(unknown = 1)",
        "(b = ('x'::text COLLATE \"C\"))",
        "(a = ANY (ARRAY[1, 2",
        "((a)::text = 'x'::text) garbage",
        "(b IS DISTINCT FROM 'x'::text)",
        "",
    ] {
        stays(text);
    }
    stays(&format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000)));
}
