//! What the server itself says of objects that are made again from the catalogue.

use limbeck_core::catalogue::Object;
use limbeck_core::dialect::Value;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::sql::split;
use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use super::corpus::cases;
use super::corpus::is_known;
use super::version;
use crate::session::query;

/// The names of the objects of a kind, and the column of `SHOW CREATE` with the text.
const KINDS: [(&str, &str, usize); 6] = [
    (
        "TABLE",
        "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type <> 'VIEW'",
        1,
    ),
    (
        "VIEW",
        "SELECT table_name FROM information_schema.views WHERE table_schema = database()",
        1,
    ),
    (
        "PROCEDURE",
        "SELECT routine_name FROM information_schema.routines WHERE routine_schema = database() \
         AND routine_type = 'PROCEDURE'",
        2,
    ),
    (
        "FUNCTION",
        "SELECT routine_name FROM information_schema.routines WHERE routine_schema = database() \
         AND routine_type = 'FUNCTION'",
        2,
    ),
    (
        "TRIGGER",
        "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()",
        2,
    ),
    (
        "EVENT",
        "SELECT event_name FROM information_schema.events WHERE event_schema = database()",
        3,
    ),
];

/// All texts that the server shows, in an order of their own: an index that comes later stands last.
async fn shown(connection: &mut Box<dyn Connection>) -> Vec<String> {
    let mut shown = Vec::new();
    for (kind, names, column) in KINDS {
        for row in query(connection, names).await.unwrap().rows {
            let name = row.text(0).unwrap().replace('`', "``");
            let rows = query(connection, &format!("SHOW CREATE {kind} `{name}`"))
                .await
                .unwrap();
            let text = match rows.rows[0].get(column) {
                Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                value => value.as_text().unwrap().to_owned(),
            };
            let mut lines: Vec<String> = text.lines().map(|line| meaning(kind, line)).collect();
            lines.sort();
            shown.push(format!("{kind} {name}: {}", lines.join("\n")));
        }
    }
    shown.sort();
    shown
}

/// A line without what is written in several ways that mean the same.
fn meaning(kind: &str, line: &str) -> String {
    let line = line.trim_end_matches(',');
    match kind {
        // Both show parameters as somebody has written them, and MariaDB a whole trigger.
        "TRIGGER" | "PROCEDURE" | "FUNCTION" => line.replace('`', "").replace("int(11)", "int"),
        // An event that was given no beginning begins when it is made.
        "EVENT" => match line.split_once(" STARTS '") {
            Some((before, start)) => format!("{before}{}", start.split_once('\'').unwrap().1),
            None => line.to_owned(),
        },
        _ => line
            .replace(" USING BTREE", "")
            .replace(" ON DELETE NO ACTION", ""),
    }
}

async fn run(connection: &mut Box<dyn Connection>, statements: &[String]) -> Result<(), String> {
    for sql in statements {
        query(connection, sql)
            .await
            .map_err(|error| format!("{error}: {sql}"))?;
    }
    connection.restore().await.map_err(|error| error.to_string())
}

async fn emptied(connection: &mut Box<dyn Connection>) {
    let name = connection.server().schema.clone();
    let collation = match connection.server().dialect.name() {
        "mariadb" => "utf8mb4_nopad_bin",
        _ => "utf8mb4_0900_bin",
    };
    let statements = [
        format!("DROP DATABASE `{name}`"),
        format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE {collation}"),
        format!("USE `{name}`"),
    ];
    run(connection, &statements).await.unwrap();
}

/// The server shows the same of the objects and of what the catalogue makes of them.
async fn is_the_same(connection: &mut Box<dyn Connection>, text: &str) -> Result<(), String> {
    emptied(connection).await;
    let statements = split(text, connection.server().dialect.lexical_rules());
    let statements = statements.iter().map(|slice| slice.body.slice(text).to_owned());
    let statements: Vec<String> = statements.filter(|sql| !sql.is_empty()).collect();
    run(connection, &statements).await?;
    let expected = shown(connection).await;
    let catalogue = connection.catalogue().await.map_err(|error| error.to_string())?;
    let made = catalogue.in_order().flat_map(Object::statements);
    let made: Vec<String> = made.map(str::to_owned).collect();
    emptied(connection).await;
    run(connection, &made).await?;
    let found = shown(connection).await;
    match found == expected {
        true => Ok(()),
        false => Err(format!(
            "{}\nin place of\n{}",
            found.join("\n"),
            expected.join("\n")
        )),
    }
}

async fn made_again(engine: Engine) {
    let Some(database) = TestDatabase::on(engine) else {
        return;
    };
    let version = version(database.url()).await;
    let options = ConnectOptions::read_write();
    let mut connection = MySql.connect(database.url(), &options).await.unwrap();
    let mut lines = Vec::new();
    let cases = cases(engine);
    for case in cases.iter().filter(|case| is_known(engine, version, case)) {
        if let Err(why) = is_the_same(&mut connection, &case.desired).await {
            lines.push(format!("{}: {why}", case.name));
        }
    }
    connection.close().await.unwrap();
    assert!(lines.is_empty(), "{}", lines.join("\n\n"));
}

#[tokio::test]
async fn mysql_shows_the_same_of_what_is_made_again() {
    made_again(Engine::MySql).await;
}

#[tokio::test]
async fn mariadb_shows_the_same_of_what_is_made_again() {
    made_again(Engine::MariaDb).await;
}
