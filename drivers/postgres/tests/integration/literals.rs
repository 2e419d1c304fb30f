//! Values as text.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_postgres::POSTGRES;

#[test]
fn every_value() {
    let values = [
        Value::Null,
        Value::Boolean(true),
        Value::Integer(i64::MIN),
        Value::Real(1.0),
        Value::Real(-5e-324),
        Value::Real(f64::NEG_INFINITY),
        Value::Real(f64::NAN),
        Value::from("it's"),
        Value::from(r"back\slash's"),
        Value::from("line\nfeed; -- $1 :a ? 🦀"),
        Value::Bytes(vec![0, 39, 92, 255]),
        Value::Bytes(vec![]),
    ];
    let selected = values.map(|value| format!("SELECT {};\n", POSTGRES.literal(&value)));
    insta::assert_snapshot!(selected.concat(), @r"
    SELECT NULL;
    SELECT TRUE;
    SELECT -9223372036854775808;
    SELECT 1.0;
    SELECT -5e-324;
    SELECT CAST('-Infinity' AS DOUBLE PRECISION);
    SELECT CAST('NaN' AS DOUBLE PRECISION);
    SELECT 'it''s';
    SELECT E'back\\slash''s';
    SELECT 'line
    feed; -- $1 :a ? 🦀';
    SELECT E'\\x00275cff'::bytea;
    SELECT E'\\x'::bytea;
    ");
}

#[test]
fn a_nul_does_not_end_the_statement() {
    assert_eq!(POSTGRES.string_literal("a\0b\\'"), r"E'a\000b\\'''");
}

#[test]
fn the_clock_is_iso_text_in_utc() {
    insta::assert_snapshot!(format!("SELECT {};", POSTGRES.utc_now()), @r#"SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');"#);
    assert_eq!(POSTGRES.begin(), "BEGIN");
    assert_eq!(POSTGRES.quote_identifier("a \"b\" \\"), r#""a ""b"" \""#);
}
