//! What the printer does with operations that no portable statement gives.

use super::parse;
use crate::operation::ColumnChange;
use crate::operation::Operation;
use crate::operation::PrintError;
use crate::operation::portable_sql;
use crate::operation::testing::create_index;
use crate::operation::testing::name;
use crate::operation::testing::names;
use crate::operation::testing::table;
use crate::operation::testing::unique;
use crate::schema::Column;
use crate::schema::DataType;
use crate::schema::Expression;

#[test]
fn a_table_with_indexes_and_comments_is_several_statements() {
    let mut new = table("a", &["x"]);
    let Operation::CreateIndex { index, .. } = create_index("a", "i", &["x"]) else {
        panic!("no index");
    };
    new.indexes.push(index);
    new.comment = Some("it's".to_owned());
    new.columns[0].comment = Some("key".to_owned());
    insta::assert_snapshot!(portable_sql(&Operation::CreateTable(new)).unwrap(), @r"
    CREATE TABLE a (
        x INTEGER,
        CONSTRAINT pk_a PRIMARY KEY (x)
    );
    CREATE INDEX i ON a (x);
    COMMENT ON TABLE a IS 'it''s';
    COMMENT ON COLUMN a.x IS 'key'
    ");
}

#[test]
fn a_constraint_over_other_columns_becomes_an_action() {
    let operation = Operation::AddColumn {
        table: name("a"),
        column: Column::new(name("y"), DataType::Text),
        constraints: vec![unique("u", &["x", "y"])],
    };
    let printed = portable_sql(&operation).unwrap();
    assert_eq!(
        printed,
        "ALTER TABLE a ADD COLUMN y TEXT, ADD CONSTRAINT u UNIQUE (x, y)"
    );
    assert_eq!(parse(&printed).unwrap().len(), 2);
}

#[test]
fn what_has_no_portable_form_is_an_error() {
    let change = |change| Operation::AlterColumn {
        table: name("a"),
        column: name("b"),
        change,
    };
    let native = change(ColumnChange::SetDefault(Expression::Native("now()".to_owned())));
    assert_eq!(
        portable_sql(&native),
        Err(PrintError::NativeExpression {
            sql: "now()".to_owned()
        })
    );
    for sql in ["NUMERIC(1", "TEXT) x(", "'"] {
        let (driver, sql) = ("one".to_owned(), sql.to_owned());
        let data_type = DataType::Native {
            driver: driver.clone(),
            sql: sql.clone(),
        };
        assert_eq!(
            portable_sql(&change(ColumnChange::SetType(data_type))),
            Err(PrintError::NativeType { driver, sql })
        );
    }
}

#[test]
fn names_are_quoted_only_where_they_must_be() {
    let words = [
        "plain",
        "Upper",
        "1st",
        "order",
        "key",
        "a b",
        "ä",
        "current_user",
        "if",
        "say \"x\"",
    ];
    let printed: Vec<_> = names(&words)
        .into_iter()
        .map(|table| portable_sql(&Operation::DropTable { table }).unwrap())
        .collect();
    insta::assert_snapshot!(printed.join("\n"), @r#"
    DROP TABLE plain
    DROP TABLE "Upper"
    DROP TABLE "1st"
    DROP TABLE "order"
    DROP TABLE key
    DROP TABLE "a b"
    DROP TABLE "ä"
    DROP TABLE "current_user"
    DROP TABLE "if"
    DROP TABLE "say ""x"""
    "#);
}
