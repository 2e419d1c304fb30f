//! Views.

use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::View;

use super::support::*;

#[test]
fn a_view_over_a_join() {
    let database = database();
    let query = expression(
        "SELECT a . id , count( STAR ) AS n FROM account a JOIN account b ON a . id >= b . id \
         WHERE a . name IN ( 'x' , 'y' ) GROUP BY a . id ORDER BY a . id",
    );
    run(
        &database,
        &[Operation::CreateTable(numbered(
            "account",
            vec![column("name", DataType::Text)],
        ))],
    );
    let sql = run(
        &database,
        &[Operation::CreateView(View::new(
            name("tally"),
            names(&["key", "how many"]),
            query,
        ))],
    );
    insta::assert_snapshot!(sql, @r#"CREATE VIEW "tally" ("key", "how many") AS SELECT "a"."id", count(*) AS "n" FROM "account" "a" JOIN "account" "b" ON "a"."id" >= "b"."id" WHERE "a"."name" IN ('x', 'y') GROUP BY "a"."id" ORDER BY "a"."id""#);
    execute(&database, "INSERT INTO account (name) VALUES ('x'), ('y'), ('z')");
    assert_eq!(
        value::<i64>(&database, r#"SELECT max("how many") FROM "tally""#),
        2
    );
    let sql = run(&database, &[Operation::DropView { view: name("tally") }]);
    insta::assert_snapshot!(sql, @r#"DROP VIEW "tally""#);
}

#[test]
fn a_view_without_names_of_its_own() {
    let database = database();
    let sql = run(
        &database,
        &[Operation::CreateView(View::new(
            name("one"),
            vec![],
            expression("SELECT 1 AS n"),
        ))],
    );
    insta::assert_snapshot!(sql, @r#"CREATE VIEW "one" AS SELECT 1 AS "n""#);
    assert_eq!(value::<i64>(&database, "SELECT n FROM one"), 1);
}
