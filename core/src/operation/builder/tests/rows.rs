//! Rows.

use std::collections::BTreeMap;
use std::collections::HashMap;

use insta::assert_snapshot;
use serde::Serialize;
use serde::Serializer;
use serde_json::json;

use super::told;
use super::written;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::operation::Operations;
use crate::operation::portable_sql;

fn inserted<R: Serialize>(rows: impl IntoIterator<Item = R>) -> Vec<Operation> {
    let mut operations = Operations::default();
    operations
        .bulk_insert("t", rows)
        .unwrap_or_else(|error| panic!("{error}"));
    operations.into_operations()
}

fn refused<R: Serialize>(rows: impl IntoIterator<Item = R>) -> String {
    let mut operations = Operations::default();
    let answer = told(operations.bulk_insert("t", rows));
    assert!(operations.as_slice().is_empty());
    answer
}

/// One field of this value.
#[derive(Serialize)]
struct One<T> {
    x: T,
}

#[derive(Serialize)]
struct Wrapped<T>(T);

#[derive(Serialize)]
enum Kind {
    Plain,
    Pair(i32, i32),
    Struct { a: i32 },
}

struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

fn literal<T: Serialize>(x: T) -> String {
    let operations = inserted([One { x }]);
    let sql = portable_sql(&operations[0]).unwrap();
    assert_eq!(written(&sql), operations, "{sql}");
    sql.replace("INSERT INTO t (x) VALUES ", "")
}

#[test]
fn every_value_is_a_literal_that_is_read_back() {
    let literals = [
        literal(1_u8),
        literal(i64::MIN),
        literal(i64::MAX as u64),
        literal(-5_i128),
        literal(0.1_f32),
        literal(-0.0_f64),
        literal(1e300),
        literal(f64::MIN_POSITIVE),
        literal(true),
        literal('é'),
        literal("it's \\ --"),
        literal(Bytes(vec![0, 255])),
        literal(None::<i32>),
        literal(Some(Some(3))),
        literal(()),
        literal(Wrapped(false)),
        literal(Kind::Plain),
        literal(Kind::Pair(1, 2)),
        literal(Kind::Struct { a: 1 }),
        literal(vec!["a", "b"]),
        literal(Some(json!({"a": [1, null, "it's"]}))),
        literal((1, "x")),
    ];
    assert_snapshot!(literals.join("\n"), @r#"
    (1)
    (-9223372036854775808)
    (9223372036854775807)
    (-5)
    (0.1)
    (-0.0)
    (1e300)
    (2.2250738585072014e-308)
    (TRUE)
    ('é')
    ('it''s \ --')
    (X'00FF')
    (NULL)
    (3)
    (NULL)
    (FALSE)
    ('Plain')
    ('{"Pair":[1,2]}')
    ('{"Struct":{"a":1}}')
    ('["a","b"]')
    ('{"a":[1,null,"it''s"]}')
    ('[1,"x"]')
    "#);
}

#[test]
fn structs_keep_their_order_and_maps_are_sorted() {
    #[derive(Serialize)]
    struct Team {
        name: &'static str,
        #[serde(rename = "\"Order\"")]
        order: i32,
        #[serde(flatten)]
        more: BTreeMap<&'static str, i32>,
    }
    #[derive(Serialize)]
    struct Plain {
        name: &'static str,
        id: i32,
    }
    let rows = [Plain { name: "a", id: 1 }, Plain { name: "b", id: 2 }];
    assert_eq!(
        inserted(&rows),
        written("INSERT INTO t (name, id) VALUES ('a', 1), ('b', 2)")
    );
    let more = BTreeMap::from([("z", 1), ("Id", 2)]);
    let rows = [Wrapped(Some(Team {
        name: "a",
        order: 3,
        more,
    }))];
    assert_eq!(
        inserted(rows),
        written("INSERT INTO t (\"Order\", id, name, z) VALUES (3, 2, 'a', 1)")
    );
    let rows = [
        HashMap::from([("a", 1), ("b", 2), ("c", 3)]),
        HashMap::from([("c", 6), ("b", 5), ("a", 4)]),
    ];
    assert_eq!(
        inserted(rows),
        written("INSERT INTO t (a, b, c) VALUES (1, 2, 3), (4, 5, 6)")
    );
}

#[test]
fn no_rows_are_no_operation_and_many_are_several() {
    assert_eq!(inserted(Vec::<One<i32>>::new()), []);
    let rows_of = |operation: &Operation| match operation {
        Operation::Data(DataStatement { run, .. }) => {
            run.0
                .iter()
                .filter(|piece| matches!(piece, crate::schema::Piece::Open))
                .count()
                - 1
        }
        other => panic!("{other:?}"),
    };
    let many = inserted((0..1001).map(|x| One { x }));
    assert_eq!(many.iter().map(rows_of).collect::<Vec<_>>(), [500, 500, 1]);
    let long = "x".repeat(100_000);
    let long = inserted((0..5).map(|_| One { x: long.as_str() }));
    assert_eq!(long.iter().map(rows_of).collect::<Vec<_>>(), [2, 2, 1]);
    let longer = "x".repeat(1_000_000);
    assert_eq!(inserted([One { x: longer.as_str() }, One { x: "" }]).len(), 2);
}

#[test]
fn what_is_no_row_is_refused() {
    assert_snapshot!(refused([1]), @r"
    row 1 for table `t`: a row is a struct or a map, found a number
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused(["x"]), @r"
    row 1 for table `t`: a row is a struct or a map, found a text
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused([(1, 2)]), @r"
    row 1 for table `t`: a row is a struct or a map, found a tuple
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused([vec![1]]), @r"
    row 1 for table `t`: a row is a struct or a map, found a list
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused([Kind::Struct { a: 1 }]), @r"
    row 1 for table `t`: a row is a struct or a map, found an enum
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused([None::<One<i32>>]), @r"
    row 1 for table `t`: a row is a struct or a map, found nothing
      -> derive Serialize for a struct whose fields are the columns
    ");
    assert_snapshot!(refused([HashMap::<String, i32>::new()]), @"row 1 for table `t`: it has no field");
    assert_snapshot!(refused([HashMap::from([(1, 2)])]), @"row 1 for table `t`: a key of the map is no text, and so no column's name");
}

#[test]
fn rows_have_the_fields_of_the_first() {
    assert_snapshot!(refused([json!({"a": 1, "b": 2}), json!({"a": 1})]), @r"
    row 2 for table `t`: it lacks the field `b` of the first row
      -> give every row the same fields, with None where one has no value
    ");
    assert_snapshot!(refused([json!({"a": 1}), json!({"a": 1, "b": 2})]), @r"
    row 2 for table `t`: it has the field `b`, which the first row does not have
      -> give every row the same fields, with None where one has no value
    ");
    assert_snapshot!(refused([json!({"a": 1, "A": 2})]), @r#"
    row 1 for table `t`: the field `a`: another field is the column `a` too
      -> give the field another name: `#[serde(rename = "…")]`
    "#);
    assert_snapshot!(refused([json!({"a b": 1})]), @r#"
    row 1 for table `t`: the field `a b`: `a b` is not a name without quotes
      -> give the field another name: `#[serde(rename = "…")]`
    "#);
    assert_snapshot!(refused([json!({"\"A\"": 1, "a": 2})]), @r#"
    row 1 for table `t`: the field `a`: the names `A` and `a` differ by case only
      -> give the field another name: `#[serde(rename = "…")]`
    "#);
}

#[test]
fn what_sql_does_not_have_is_refused() {
    assert_snapshot!(refused([One { x: 1_u64 << 63 }]), @r"
    row 1 for table `t`: the field `x` is 9223372036854775808, which no whole number of 64 bits is
      -> give it as a text, which the engine reads as a NUMERIC
    ");
    assert_snapshot!(refused([One { x: f64::NAN }]), @r"
    row 1 for table `t`: the field `x` is NaN, which not every engine has
      -> give None
    ");
    assert_snapshot!(refused([One { x: f32::NEG_INFINITY }]), @r"
    row 1 for table `t`: the field `x` is -inf, which not every engine has
      -> give None
    ");
    assert_snapshot!(refused([One { x: "a\0b" }]), @r"
    row 1 for table `t`: the field `x` holds a NUL character
      -> give bytes
    ");
    assert_snapshot!(refused([One { x: HashMap::from([((1, 2), 3)]) }]), @"row 1 for table `t`: the field `x` cannot be read: key must be a string");
    let path: &std::path::Path = std::ffi::OsStr::new("x").as_ref();
    assert_eq!(literal(path), "('x')");
}
