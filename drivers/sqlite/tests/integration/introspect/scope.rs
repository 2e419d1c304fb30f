//! A part of the schema.

use limbeck_core::driver::Scope;
use limbeck_core::schema::Name;

use super::in_runtime;
use super::made_by;
use super::read;
use crate::support::memory;

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

#[tokio::test]
async fn only_the_tables_asked_for_are_read() {
    let mut connection = memory().await;
    for statement in [
        "CREATE TABLE a (x INTEGER)",
        "CREATE TABLE \"it's \"\"b\"\"\" (y INTEGER REFERENCES a)",
        "CREATE INDEX i ON \"it's \"\"b\"\"\" (y)",
        "CREATE VIEW v AS SELECT x FROM a",
    ] {
        connection.query(statement, &[]).await.unwrap();
    }
    let wanted = [name("it's \"b\""), name("nowhere")];
    let part = connection.introspect(Scope::Tables(&wanted)).await.unwrap();
    let whole = read(&mut connection).await;
    assert!(part.views.is_empty());
    assert_eq!(part.tables.keys().collect::<Vec<_>>(), [&wanted[0]]);
    assert_eq!(part.index(&name("i")).unwrap().0.name, wanted[0]);
    let part = part.without_native_ddl();
    assert_eq!(part.tables.get(&wanted[0]), whole.tables.get(&wanted[0]));
    let nothing = connection.introspect(Scope::Tables(&[])).await.unwrap();
    assert!(nothing.tables.is_empty());
}

#[test]
fn what_is_no_table_of_the_database_is_left_out() {
    let schema = made_by(
        "CREATE TABLE kept (a INTEGER PRIMARY KEY AUTOINCREMENT);
         CREATE TEMP TABLE kept (b TEXT);
         CREATE TEMP TABLE other (b TEXT);
         CREATE VIRTUAL TABLE search USING fts5(text);
         CREATE TRIGGER t AFTER INSERT ON main.kept BEGIN SELECT 1; END;
         CREATE INDEX main.i ON kept (a);
         ANALYZE;",
    );
    assert_eq!(schema.tables.keys().collect::<Vec<_>>(), [&name("kept")]);
    assert_eq!(schema.tables[&name("kept")].columns[0].name, name("a"));
    assert!(schema.views.is_empty());
}

#[test]
fn a_transaction_sees_its_own_changes() {
    let schema = in_runtime(async {
        let mut connection = memory().await;
        connection.query("BEGIN", &[]).await.unwrap();
        connection.query("CREATE TABLE t (a INTEGER)", &[]).await.unwrap();
        let schema = read(&mut connection).await;
        connection.query("ROLLBACK", &[]).await.unwrap();
        assert!(read(&mut connection).await.tables.is_empty());
        schema
    });
    assert_eq!(schema.tables.len(), 1);
}

#[test]
fn a_view_that_is_broken_is_read_all_the_same() {
    let schema = made_by("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; DROP TABLE t;");
    assert_eq!(schema.views.len(), 1);
}

#[test]
fn a_thousand_tables_are_read_with_one_query() {
    let mut sql = String::new();
    for table in 0..1000 {
        let parent = table / 2;
        sql.push_str(&format!(
            "CREATE TABLE t{table} (id INTEGER PRIMARY KEY, a INT, b TEXT, c TEXT, d TEXT, e TEXT, f TEXT,
             p INT REFERENCES t{parent} (id));
             CREATE INDEX ia{table} ON t{table} (a); CREATE INDEX ib{table} ON t{table} (b, c);"
        ));
    }
    let schema = made_by(&format!("BEGIN; {sql} COMMIT;"));
    assert_eq!(schema.tables.len(), 1000);
    for table in schema.tables.values() {
        let counts = (table.columns.len(), table.indexes.len(), table.foreign_keys.len());
        assert_eq!(counts, (8, 2, 1));
    }
}
