//! How often the server is asked.

use std::fmt::Write;

use limbeck_core::catalogue::Kind;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Scope;
use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use crate::session::number;
use crate::session::run;

/// Tables with eight columns, two indexes and a foreign key each.
async fn make_tables(connection: &mut Box<dyn Connection>, from: usize, to: usize) {
    for table in from..to {
        let mut columns = String::from("id int PRIMARY KEY, parent int, KEY by_parent (parent)");
        for column in 'a'..'g' {
            write!(columns, ", {column} varchar(20) NOT NULL DEFAULT 'x'").unwrap();
        }
        let before = table.saturating_sub(1);
        let sql = format!(
            "CREATE TABLE t{table} ({columns}, KEY by_a (a, b), \
             CONSTRAINT fk{table} FOREIGN KEY (parent) REFERENCES t{before} (id))"
        );
        run(connection, &[&sql]).await;
    }
}

/// How many statements the session sends to read everything, and how many tables there are.
async fn questions(connection: &mut Box<dyn Connection>) -> (i64, usize) {
    let before = asked(connection).await;
    let catalogue = connection.catalogue().await.unwrap();
    assert!(connection.beyond_model().await.unwrap().is_empty());
    let schema = connection.introspect(Scope::All).await.unwrap();
    let after = asked(connection).await;
    let tables = catalogue.objects().filter(|object| object.id.kind == Kind::Table);
    let tables = tables.count();
    assert_eq!(schema.tables.len(), tables);
    (after - before, tables)
}

async fn asked(connection: &mut Box<dyn Connection>) -> i64 {
    let source = match connection.server().dialect.name() {
        "mariadb" => "information_schema.session_status",
        _ => "performance_schema.session_status",
    };
    let sql =
        format!("SELECT cast(variable_value AS signed) FROM {source} WHERE variable_name = 'Questions'");
    number(connection, &sql).await
}

async fn as_often_for_many_tables(engine: Engine) {
    let Some(database) = TestDatabase::on(engine) else {
        return;
    };
    let mut connection = MySql
        .connect(database.url(), &ConnectOptions::read_write())
        .await
        .unwrap();
    make_tables(&mut connection, 0, 10).await;
    let (few, tables) = questions(&mut connection).await;
    assert_eq!(tables, 10);
    make_tables(&mut connection, 10, 1000).await;
    let (many, tables) = questions(&mut connection).await;
    assert_eq!(tables, 1000);
    assert_eq!(few, many);
    connection.close().await.unwrap();
}

#[tokio::test]
async fn mysql_is_asked_as_often_for_many_tables() {
    as_often_for_many_tables(Engine::MySql).await;
}

#[tokio::test]
async fn mariadb_is_asked_as_often_for_many_tables() {
    as_often_for_many_tables(Engine::MariaDb).await;
}
