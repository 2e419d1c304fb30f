//! The type mapping: what is written, and what becomes of a value.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::NoteKind;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::NativeType;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Table;
use limbeck_sqlite::SQLITE;

use super::support::*;

fn numeric(precision: u8, scale: u8) -> DataType {
    DataType::Numeric { precision, scale }
}

#[test]
fn every_type_is_written_and_keeps_its_values() {
    let enumeration = DataType::Enum {
        values: vec!["a".to_owned(), "b's".to_owned()],
    };
    let native = DataType::Native {
        driver: "sqlite".to_owned(),
        sql: "TEXT COLLATE NOCASE".to_owned(),
    };
    // Type, what is written, a value as SQL, what SQLite says it has kept.
    let mapping = [
        (DataType::SmallInt, "SMALLINT", "7", "integer 7"),
        (DataType::Integer, "INTEGER", "-7", "integer -7"),
        (
            DataType::BigInt,
            "BIGINT",
            "9223372036854775807",
            "integer 9223372036854775807",
        ),
        (
            numeric(15, 2),
            "NUMERIC(15, 2)",
            "1234567890123.45",
            "real 1234567890123.45",
        ),
        (numeric(1, 0), "NUMERIC(1, 0)", "5", "integer 5"),
        (DataType::Real, "REAL", "1.5", "real 1.5"),
        (DataType::DoublePrecision, "DOUBLE PRECISION", "1", "real 1.0"),
        (DataType::Boolean, "BOOLEAN", "TRUE", "integer 1"),
        (DataType::Char { length: 3 }, "CHAR(3)", "'abc'", "text abc"),
        (
            DataType::Varchar { length: 50 },
            "VARCHAR(50)",
            "'007'",
            "text 007",
        ),
        (DataType::Text, "TEXT", "'1.0'", "text 1.0"),
        (DataType::Blob, "BLOB", "X'41'", "blob A"),
        (DataType::Date, "DATE", "'2026-11-21'", "text 2026-11-21"),
        (DataType::Time, "TIME", "'07:00:00.5'", "text 07:00:00.5"),
        (
            DataType::Timestamp,
            "TIMESTAMP",
            "'2026-11-21 07:00:00'",
            "text 2026-11-21 07:00:00",
        ),
        (
            DataType::TimestampWithTimeZone,
            "TIMESTAMP",
            "'2026-11-21 07:00:00+00:00'",
            "text 2026-11-21 07:00:00+00:00",
        ),
        (
            DataType::Uuid,
            "TEXT",
            "'12345678901234567890123456789012'",
            "text 12345678901234567890123456789012",
        ),
        (DataType::Json, "TEXT", "'1.0'", "text 1.0"),
        (enumeration, "TEXT", "'b''s'", "text b's"),
        (native, "TEXT COLLATE NOCASE", "'x'", "text x"),
    ];
    for (data_type, written, sql, kept) in mapping {
        assert_eq!(SQLITE.type_name(&data_type, &bundled()).unwrap(), written);
        let database = database();
        let table = Table::new(name("t"), vec![column("c", data_type.clone())]);
        run(&database, &[Operation::CreateTable(table)]);
        execute(&database, &format!("INSERT INTO t VALUES ({sql}), (NULL)"));
        let found: String = value(
            &database,
            "SELECT typeof(c) || ' ' || CAST(c AS TEXT) FROM t WHERE c IS NOT NULL",
        );
        assert_eq!(found, kept, "{data_type:?}");
    }
}

#[test]
fn json_and_enum_have_named_checks() {
    let database = database();
    let table = Table::new(
        name("t"),
        vec![
            required("doc", DataType::Json),
            column(
                "mo\"od",
                DataType::Enum {
                    values: vec!["good".to_owned(), "it's".to_owned()],
                },
            ),
        ],
    );
    let sql = run(&database, &[Operation::CreateTable(table)]);
    insta::assert_snapshot!(sql, @r#"
    CREATE TABLE "t" (
        "doc" TEXT NOT NULL CONSTRAINT "json_t_doc" CHECK ("doc" IS NULL OR json_valid("doc")),
        "mo""od" TEXT CONSTRAINT "enum_t_mo""od" CHECK ("mo""od" IN ('good', 'it''s'))
    )
    "#);
    execute(&database, "INSERT INTO t VALUES ('{\"a\": [1]}', 'it''s')");
    assert!(failure(&database, "INSERT INTO t VALUES ('{a}', NULL)").contains("json_t_doc"));
    assert!(failure(&database, "INSERT INTO t VALUES ('1', 'Good')").contains("enum"));
}

#[test]
fn a_type_of_its_own_stands_for_the_portable_one() {
    let own =
        |portable: DataType| DataType::overridden(Some(portable), vec![NativeType::new("sqlite", "TEXT")]);
    let table = Table::new(
        name("t"),
        vec![
            column("long", own(numeric(38, 9))),
            column("free", own(DataType::Json)),
            column("short", own(DataType::Varchar { length: 3 })),
        ],
    );
    let rendering = rendering(&[Operation::CreateTable(table)]);
    assert!(rendering.notes.is_empty());
    execute(&database(), &text(&rendering));
    insta::assert_snapshot!(text(&rendering), @r#"
    CREATE TABLE "t" (
        "long" TEXT,
        "free" TEXT,
        "short" TEXT
    )
    "#);
    let others = vec![NativeType::new("postgres", "citext")];
    let written = SQLITE.type_name(&DataType::overridden(Some(DataType::Text), others), &bundled());
    assert_eq!(written.unwrap(), "TEXT");
}

#[test]
fn numbers_that_would_lose_digits_are_refused() {
    let table = Table::new(name("t"), vec![column("c", numeric(16, 2))]);
    insta::assert_snapshot!(refusal(Operation::CreateTable(table), &context()), @r"
    sqlite cannot keep the 16 digits of NUMERIC(16, 2): it computes with 15 and drops the rest in silence
    hint: use at most 15 digits, or keep the text of the number there with sqlite(TEXT)
    ");
}

#[test]
fn the_types_of_others_are_refused() {
    let other = DataType::Native {
        driver: "postgres".to_owned(),
        sql: "inet".to_owned(),
    };
    let table = Table::new(name("t"), vec![column("c", other)]);
    insta::assert_snapshot!(refusal(Operation::CreateTable(table), &context()), @r"
    sqlite cannot store the type postgres(inet)
    hint: give a type for sqlite too
    ");
}

#[test]
fn lengths_give_one_note_a_table() {
    let table = Table::new(
        name("t"),
        vec![
            column("a", DataType::Varchar { length: 1 }),
            column("b", DataType::Text),
            column("c", DataType::Char { length: 1 }),
        ],
    );
    assert_eq!(
        notes(
            &rendering(&[Operation::CreateTable(table)]),
            NoteKind::Portability
        ),
        ["SQLite does not enforce the length of a, c in t"]
    );
}

#[test]
fn casts_that_would_change_values_in_silence_are_refused() {
    let casts = |data_type: DataType| SQLITE.cast_type(&data_type, &bundled());
    assert_eq!(casts(DataType::BigInt).unwrap(), "INTEGER");
    assert_eq!(casts(DataType::DoublePrecision).unwrap(), "REAL");
    assert_eq!(casts(DataType::Varchar { length: 3 }).unwrap(), "TEXT");
    assert_eq!(casts(numeric(9, 2)).unwrap(), "NUMERIC(9, 2)");
    let refused: Vec<_> = [
        DataType::Boolean,
        DataType::Date,
        DataType::TimestampWithTimeZone,
        DataType::Json,
        numeric(20, 0),
    ]
    .into_iter()
    .map(|data_type| casts(data_type).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(refused.join("\n"), @r"
    sqlite cannot CAST a value to BOOLEAN, which it has not
    sqlite cannot CAST a value to DATE, which it has not
    sqlite cannot CAST a value to TIMESTAMP WITH TIME ZONE, which it has not
    sqlite cannot CAST a value to JSON, which it has not
    sqlite cannot keep the 20 digits of NUMERIC(20, 0): it computes with 15 and drops the rest in silence
    ");
}

#[test]
fn a_string_cast_to_a_type_that_is_text_stays_as_it_is() {
    let mut run = pieces("SELECT CAST( '2026-11-21' AS TYPE:TEXT ) AS day");
    for piece in &mut run.0 {
        if let Piece::Type(data_type) = piece {
            *data_type = DataType::Date;
        }
    }
    let sql = SQLITE.token_run(&run, &context()).unwrap();
    insta::assert_snapshot!(sql, @r#"SELECT CAST('2026-11-21' AS TEXT) AS "day""#);
    assert_eq!(value::<String>(&database(), &sql), "2026-11-21");
}

/// What json_valid(NULL) is differs between releases of SQLite, and programs bring their own.
#[test]
fn a_document_may_be_missing() {
    let database = database();
    let table = Table::new(name("t"), vec![column("doc", DataType::Json)]);
    let sql = run(&database, &[Operation::CreateTable(table)]);
    assert!(sql.contains("\"doc\" IS NULL OR json_valid(\"doc\")"), "{sql}");
    execute(&database, "INSERT INTO t VALUES (NULL)");
    assert!(failure(&database, "INSERT INTO t VALUES ('{')").contains("json_t_doc"));
}
