//! Values go to the database and come back as they were.

use limbeck_core::dialect::Value;
use limbeck_core::driver::Connection;

use crate::conformance::bench::Bench;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "values":
    text_comes_back = "Text comes back as it went, by parameter and as a literal, whatever stands in it.";
    whole_numbers_come_back = "Whole numbers come back to their ends.";
    real_numbers_come_back = "Floating-point numbers come back to the last bit.";
    bytes_come_back = "Bytes come back, all 256 of them and none.";
    truth_values_come_back = "Truth values come back as such or as 1 and 0.";
    null_is_no_value = "NULL comes back as NULL, from every type, and is not the text NULL.";
    parameters_find_rows = "A parameter in a condition finds the row that holds its value, and no other.";
}

const TEXTS: [&str; 14] = [
    "",
    " ",
    "it's",
    "''",
    "say \"so\"",
    "`tick`",
    "line\nbreak\r\n\ttab",
    "back\\slash \\n \\' \\",
    "naïve 漢字 \u{1F41A} \u{301}",
    "? $1 :name %s {}",
    "-- no comment",
    "/* none */ ; SELECT 1",
    "NULL",
    "$$ $tag$ E'x'",
];

/// Writes each value twice, by parameter and as a literal, and gives what comes back of both.
async fn round_trip(bench: &Bench, data_type: &str, values: &[Value]) -> Result<Vec<[Value; 2]>, Failure> {
    let mut connection = bench.connect().await?;
    let sql = format!("CREATE TABLE v (id INTEGER PRIMARY KEY, a {data_type}, b {data_type});");
    portable(&mut connection, &sql).await?;
    for (id, value) in values.iter().enumerate() {
        let id = i64::try_from(id)?;
        let literal = connection.server().dialect.literal(value);
        let sql = format!("INSERT INTO v (id, a, b) VALUES (?, ?, {literal})");
        let parameters = [Value::Integer(id), value.clone()];
        let sent = connection.query(&sql, &parameters).await;
        sent.during(format!("{value:?} in {sql}"))?;
    }
    let rows = run(&mut connection, "SELECT a, b FROM v ORDER BY id").await?;
    let mut found: Vec<[Value; 2]> = Vec::new();
    for row in &rows.rows {
        found.push([row.get(0).clone(), row.get(1).clone()]);
    }
    ensure_eq!(found.len(), values.len(), "the number of rows");
    with_parameters(&mut connection, &found).await?;
    Ok(found)
}

/// A query with a parameter gives the same values as one without: the two may travel in different ways.
async fn with_parameters(connection: &mut Box<dyn Connection>, found: &[[Value; 2]]) -> Outcome {
    let sql = "SELECT a, b FROM v WHERE id >= ? ORDER BY id";
    let rows = connection.query(sql, &[Value::Integer(0)]).await.during(sql)?;
    let again: Vec<[Value; 2]> = rows
        .rows
        .iter()
        .map(|row| [row.get(0).clone(), row.get(1).clone()])
        .collect();
    ensure_eq!(
        again,
        found,
        "what a query with a parameter gives, and one without"
    );
    Ok(())
}

async fn text_comes_back(bench: &Bench) -> Outcome {
    let long = "long ✓ ".repeat(20_000);
    let values: Vec<Value> = TEXTS
        .into_iter()
        .chain([long.as_str()])
        .map(Value::from)
        .collect();
    let found = round_trip(bench, "TEXT", &values).await?;
    for (found, value) in found.iter().zip(&values) {
        for (came, way) in found.iter().zip(["by parameter", "as a literal"]) {
            ensure_eq!(came, value, "text {way}");
        }
    }
    Ok(())
}

async fn whole_numbers_come_back(bench: &Bench) -> Outcome {
    let types: [(&str, i64, i64); 3] = [
        ("SMALLINT", i16::MIN.into(), i16::MAX.into()),
        ("INTEGER", i32::MIN.into(), i32::MAX.into()),
        ("BIGINT", i64::MIN, i64::MAX),
    ];
    for (data_type, least, most) in types {
        let bench = bench.another()?;
        let numbers = [least, -1, 0, 1, most];
        let found = round_trip(&bench, data_type, &numbers.map(Value::Integer)).await?;
        for (found, number) in found.iter().zip(numbers) {
            let numbers = found.each_ref().map(Value::as_integer);
            ensure_eq!(
                numbers,
                [Some(number); 2],
                "{data_type} by parameter and as a literal"
            );
        }
    }
    Ok(())
}

fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        Value::Integer(number) => number.to_string().parse().ok(),
        Value::Text(text) => text.parse().ok(),
        _ => None,
    }
}

async fn real_numbers_come_back(bench: &Bench) -> Outcome {
    let numbers = [0.0, 0.1, -1.0 / 3.0, 1.5e300, -2.5e-200, 123_456_789.125, 4.0];
    let found = round_trip(bench, "DOUBLE PRECISION", &numbers.map(Value::Real)).await?;
    for (found, number) in found.iter().zip(numbers) {
        let numbers = found.each_ref().map(real);
        ensure_eq!(
            numbers,
            [Some(number); 2],
            "DOUBLE PRECISION by parameter and as a literal"
        );
    }
    Ok(())
}

/// Bytes as such, or as PostgreSQL writes them where it writes everything as text.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let text = match value {
        Value::Bytes(bytes) => return Some(bytes.clone()),
        value => value.as_text()?.strip_prefix("\\x")?,
    };
    let pairs = text.as_bytes().chunks(2).map(std::str::from_utf8);
    pairs
        .map(|pair| u8::from_str_radix(pair.ok()?, 16).ok())
        .collect()
}

async fn bytes_come_back(bench: &Bench) -> Outcome {
    let all: Vec<u8> = (0..=u8::MAX).collect();
    let values = [Vec::new(), all, b"it's \\x41".to_vec(), vec![0], vec![255, 254]];
    let found = round_trip(bench, "BLOB", &values.clone().map(Value::Bytes)).await?;
    for (found, value) in found.iter().zip(&values) {
        let bytes = found.each_ref().map(bytes);
        let expected = [Some(value.clone()), Some(value.clone())];
        ensure_eq!(bytes, expected, "BLOB by parameter and as a literal");
    }
    Ok(())
}

async fn truth_values_come_back(bench: &Bench) -> Outcome {
    let found = round_trip(bench, "BOOLEAN", &[true, false].map(Value::Boolean)).await?;
    for (found, truth) in found.iter().zip([1, 0]) {
        let came = found.each_ref().map(|value| match value {
            Value::Text(text) if text == "t" || text == "true" => Some(1),
            Value::Text(text) if text == "f" || text == "false" => Some(0),
            other => other.as_integer(),
        });
        ensure_eq!(came, [Some(truth); 2], "BOOLEAN by parameter and as a literal");
    }
    Ok(())
}

async fn null_is_no_value(bench: &Bench) -> Outcome {
    for data_type in [
        "TEXT",
        "BIGINT",
        "DOUBLE PRECISION",
        "BLOB",
        "BOOLEAN",
        "DATE",
        "TIMESTAMP",
    ] {
        let bench = bench.another()?;
        let found = round_trip(&bench, data_type, &[Value::Null]).await?;
        ensure_eq!(found, [[Value::Null, Value::Null]], "{data_type}");
        let mut connection = bench.connect().await?;
        let nulls = number(
            &mut connection,
            "SELECT count(*) FROM v WHERE a IS NULL AND b IS NULL",
        )
        .await?;
        ensure_eq!(nulls, 1, "rows of {data_type} in which the engine sees NULL");
    }
    Ok(())
}

async fn parameters_find_rows(bench: &Bench) -> Outcome {
    round_trip(bench, "TEXT", &TEXTS.map(Value::from)).await?;
    let mut connection = bench.connect().await?;
    let sql = "SELECT id FROM v WHERE a = ? AND b = ? AND id >= ?";
    for (id, text) in TEXTS.into_iter().enumerate() {
        let parameters = [text.into(), text.into(), Value::Integer(0)];
        let rows = connection.query(sql, &parameters).await.during(sql)?;
        let ids: Vec<Option<i64>> = rows.rows.iter().map(|row| row.integer(0)).collect();
        ensure_eq!(ids, [i64::try_from(id).ok()], "rows with the text {text:?}");
    }
    let nothing = connection
        .query(sql, &["nowhere".into(), "nowhere".into(), Value::Integer(0)])
        .await?;
    ensure!(nothing.rows.is_empty(), "a text that is nowhere was found");
    Ok(())
}
