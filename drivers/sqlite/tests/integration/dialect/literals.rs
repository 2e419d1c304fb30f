//! Values come back as they went in.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_sqlite::SQLITE;
use proptest::prelude::*;

use super::support::*;

#[test]
fn texts_come_back() {
    let database = database();
    for text in [
        "",
        "it's",
        "''",
        "back\\slash\\",
        "line\nfeed\r\ntab\t",
        "\"double\"",
        "🦀 größer",
        "; -- /*",
        "nul\0inside",
        "$1 ?1 :a @b",
    ] {
        let literal = SQLITE.literal(&Value::from(text));
        assert_eq!(value::<String>(&database, &format!("SELECT {literal}")), text);
    }
}

#[test]
fn numbers_bytes_and_nothing_come_back() {
    let database = database();
    let select = |value: Value| format!("SELECT {}", SQLITE.literal(&value));
    for number in [0, -1, i64::MAX, i64::MIN] {
        assert_eq!(value::<i64>(&database, &select(Value::Integer(number))), number);
    }
    for number in [
        0.0,
        -1.5,
        1.0,
        1e300,
        5e-324,
        0.1,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ] {
        assert_eq!(value::<f64>(&database, &select(Value::Real(number))), number);
    }
    assert_eq!(
        value::<Option<f64>>(&database, &select(Value::Real(f64::NAN))),
        None
    );
    assert_eq!(
        value::<Vec<u8>>(&database, &select(Value::Bytes(vec![0, 39, 255]))),
        [0, 39, 255]
    );
    assert!(value::<bool>(&database, &select(Value::Boolean(true))));
    assert_eq!(value::<Option<i64>>(&database, &select(Value::Null)), None);
}

#[test]
fn the_clock_is_iso_text_in_utc() {
    let now: String = value(&database(), &format!("SELECT {}", SQLITE.utc_now()));
    assert_eq!(now.len(), "2026-11-21T07:00:00.123Z".len());
    assert!(now.ends_with('Z') && now.as_bytes()[10] == b'T', "{now}");
}

#[test]
fn begin_takes_the_lock_for_writing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let [one, other] = [(); 2].map(|()| rusqlite::Connection::open(&path).unwrap());
    other.busy_timeout(std::time::Duration::ZERO).unwrap();
    execute(&one, SQLITE.begin());
    assert!(failure(&other, SQLITE.begin()).contains("locked"));
}

proptest! {
    #[test]
    fn any_text_is_a_name_and_a_string(text in "\\PC{1,20}") {
        let database = database();
        let name = SQLITE.quote_identifier(&text);
        let literal = SQLITE.string_literal(&text);
        execute(&database, &format!("CREATE TABLE t ({name} TEXT); INSERT INTO t ({name}) VALUES ({literal})"));
        prop_assert_eq!(value::<String>(&database, &format!("SELECT {name} FROM t")), text);
    }
}
