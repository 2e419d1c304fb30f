//! A part of the schema.

use limbeck_core::driver::Scope;

use super::Place;
use super::name;

#[tokio::test]
async fn only_the_tables_asked_for_are_read() {
    let made = Place::made_by(
        "CREATE TABLE a (x integer PRIMARY KEY);
         CREATE TABLE \"it's \"\"b\"\" \\\" (y integer REFERENCES a);
         CREATE INDEX i ON \"it's \"\"b\"\" \\\" (y);
         CREATE VIEW v AS SELECT x FROM a;",
    );
    let Some(mut place) = made.await else {
        return;
    };
    let wanted = [name("it's \"b\" \\"), name("nowhere"), name("v")];
    let part = place.read_scope(Scope::Tables(&wanted)).await;
    let whole = place.read().await;
    assert_eq!((whole.tables.len(), whole.views.len()), (2, 1));
    assert!(part.views.is_empty());
    assert_eq!(part.tables.keys().collect::<Vec<_>>(), [&wanted[0]]);
    assert_eq!(part.index(&name("i")).unwrap().0.name, wanted[0]);
    assert_eq!(part.tables.get(&wanted[0]), whole.tables.get(&wanted[0]));
    let nothing = place.read_scope(Scope::Tables(&[])).await;
    place.close().await;
    assert!(nothing.tables.is_empty());
}

#[tokio::test]
async fn what_is_no_table_of_the_schema_is_left_out() {
    let made = Place::made_by(
        "CREATE TABLE kept (a integer) PARTITION BY RANGE (a);
         CREATE TABLE kept_1 PARTITION OF kept FOR VALUES FROM (1) TO (2);
         CREATE TABLE parent (a integer CHECK (a > 0));
         CREATE TABLE child (b integer) INHERITS (parent);
         CREATE SCHEMA other;
         CREATE TABLE other.kept (b text);
         CREATE TABLE other.elsewhere (b text);
         CREATE VIEW other.v AS SELECT b FROM other.kept;
         CREATE MATERIALIZED VIEW m AS SELECT a FROM parent;
         CREATE SEQUENCE s;
         CREATE TYPE pair AS (a integer, b integer);
         CREATE EXTENSION pg_stat_statements;
         CREATE EXTENSION ltree;",
    );
    let Some(mut place) = made.await else {
        return;
    };
    place.run("CREATE TEMPORARY TABLE kept (c text)").await;
    let schema = place.read().await;
    place.close().await;
    let names: Vec<_> = schema.tables.keys().map(|name| name.as_str()).collect();
    assert_eq!(names, ["kept", "parent"]);
    assert_eq!(schema.tables[&name("kept")].columns[0].name, name("a"));
    assert!(schema.views.is_empty());
}

#[tokio::test]
async fn a_transaction_sees_its_own_changes() {
    let Some(mut place) = Place::new().await else {
        return;
    };
    place.run("BEGIN").await;
    place.run("CREATE TABLE t (a integer)").await;
    assert_eq!(place.read().await.tables.len(), 1);
    place.run("ROLLBACK").await;
    assert!(place.read().await.tables.is_empty());
    place.close().await;
}

#[tokio::test]
async fn a_thousand_tables_are_read_with_one_query() {
    let mut sql = String::new();
    for table in 0..1000 {
        let parent = table / 2;
        sql.push_str(&format!(
            "CREATE TABLE t{table} (id integer PRIMARY KEY, a integer, b text, c text DEFAULT 'x', d text,
             p integer REFERENCES t{parent} (id), CHECK (a > 0));
             CREATE INDEX ia{table} ON t{table} (a); CREATE INDEX ib{table} ON t{table} (b, c);\n"
        ));
    }
    let Some(mut place) = Place::made_by(&format!("BEGIN;\n{sql}COMMIT;\n")).await else {
        return;
    };
    let schema = place.read().await;
    place.close().await;
    assert_eq!(schema.tables.len(), 1000);
    for table in schema.tables.values() {
        let counts = (
            table.columns.len(),
            table.indexes.len(),
            table.foreign_keys.len(),
            table.checks.len(),
        );
        assert_eq!(counts, (6, 2, 1, 1));
    }
}
