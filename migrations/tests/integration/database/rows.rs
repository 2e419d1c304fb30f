//! Values go into columns and come back as what they were, on every engine.

use std::net::IpAddr;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::Database;
use limbeck_core::dialect::RenderContext;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;
use limbeck_core::operation::Operations;
use limbeck_core::row::FromRow;
use limbeck_core::row::NewRow;
use limbeck_core::row::ToValue;
use limbeck_core::values;
use serde::Deserialize;
use serde::Serialize;
use serde_json::json;

use super::Place;

#[derive(Clone, Copy, Debug, PartialEq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
enum State {
    Open,
    SentOff,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
struct Parcel {
    weight: f64,
    labels: Vec<String>,
}

/// One column of each kind, in a table whose name is a word of SQL.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(name = "order")]
struct Order {
    #[column(identity)]
    id: i64,
    small: i16,
    whole: i32,
    big: Option<i64>,
    ratio: f64,
    near: f32,
    paid: bool,
    #[column(name = "\"Note\"")]
    note: String,
    data: Vec<u8>,
    state: State,
    former_state: Option<State>,
    at: SystemTime,
    #[column(sql = "TIMESTAMP")]
    local: SystemTime,
    #[column(sql = "DATE")]
    day: String,
    #[column(sql = "UUID")]
    number: String,
    #[column(numeric(12, 2))]
    price: String,
    #[column(json)]
    parcel: Parcel,
    #[column(json)]
    spare: Option<Parcel>,
    extra: serde_json::Value,
    #[column(text, sql = "VARCHAR(64)")]
    from: IpAddr,
    #[column(text)]
    via: Option<IpAddr>,
    #[column(skip)]
    shown: bool,
}

fn order() -> Order {
    let at = SystemTime::UNIX_EPOCH + Duration::from_micros(1_795_244_400_250_001);
    Order {
        id: 0,
        small: i16::MIN,
        whole: i32::MAX,
        big: Some(i64::MIN),
        ratio: 0.1,
        near: -1.5,
        paid: true,
        note: "it's \\ \"new\" ?\n漢".to_owned(),
        data: vec![0, 255, b'\'', b'\\'],
        state: State::SentOff,
        former_state: Some(State::Open),
        at,
        local: at,
        day: "2026-11-21".to_owned(),
        number: "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned(),
        price: "12.25".to_owned(),
        parcel: Parcel {
            weight: 2.5,
            labels: vec!["a \"b\"".to_owned()],
        },
        spare: None,
        extra: json!({"a": [1, null, "x"]}),
        from: "::1".parse().unwrap(),
        via: None,
        shown: false,
    }
}

async fn create(database: &Database, models: &Models) {
    let mut operations = Operations::default();
    operations.execute(&models.to_sql().unwrap()).unwrap();
    let made: Result<(), DriverError> = database
        .use_then_disconnect(async |session| {
            let server = session.server();
            let context = RenderContext::new(server.version);
            let rendering = server.dialect.render(operations.as_slice(), &context).unwrap();
            for statement in &rendering.statements {
                session.query(&statement.sql, &[]).await?;
            }
            Ok(())
        })
        .await;
    made.unwrap();
}

#[tokio::test]
async fn a_struct_comes_back_as_it_was() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        create(&database, &Models::new().table::<Order>()).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                let id = tx.insert_id(&order()).await?;
                let other = Order {
                    big: None,
                    former_state: None,
                    spare: Some(order().parcel),
                    via: Some("10.0.0.1".parse().unwrap()),
                    ..order()
                };
                let second = tx.insert_id(&other).await?;
                assert!(second > id, "{}", place.name());
                let found: Vec<Order> = tx.select("ORDER BY id", &[]).await?;
                let expected = [Order { id, ..order() }, Order { id: second, ..other }];
                assert_eq!(found, expected, "{}", place.name());
                let states = values![State::SentOff, order().at, order().number];
                let sql = "WHERE state = ? AND at = ? AND number = ? AND id = 1";
                let one: Order = tx.select_one(sql, &states).await?;
                assert_eq!(one.id, id, "{}", place.name());
                let none: Option<Order> = tx.select_optional("WHERE id = ?", &values![77]).await?;
                assert_eq!(none, None);
                Ok(())
            })
            .await;
        answer.unwrap_or_else(|error| panic!("{}: {error:?}", place.name()));
    }
}

#[derive(NewRow)]
#[new_row(table = Counter)]
struct NewCounter<'a> {
    name: &'a str,
}

#[derive(Debug, PartialEq, Table)]
struct Counter {
    #[column(identity)]
    id: i32,
    #[column(varchar = 20, unique)]
    name: String,
    #[column(default = "7")]
    total: i64,
    #[column(generated = "total + 1", stored, nullable)]
    next: i64,
}

#[tokio::test]
async fn what_is_not_given_is_filled_by_the_engine() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        create(&database, &Models::new().table::<Counter>()).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                let id = tx.insert_id(&NewCounter { name: "a" }).await?;
                tx.insert(&NewCounter { name: "b" }).await?;
                let counter: Counter = tx.select_one("WHERE id = ?", &values![id]).await?;
                assert_eq!((counter.total, counter.next), (7, 8));
                tx.insert(&Counter {
                    id: 0,
                    name: "c".to_owned(),
                    total: 1,
                    next: 0,
                })
                .await?;
                let all: Vec<(String, i64)> = tx
                    .query_as("SELECT name, next FROM counter ORDER BY id", &[])
                    .await?;
                let expected = [("a", 8), ("b", 8), ("c", 2)].map(|(name, next)| (name.to_owned(), next));
                assert_eq!(all, expected, "{}", place.name());
                Ok(())
            })
            .await;
        answer.unwrap_or_else(|error| panic!("{}: {error:?}", place.name()));
    }
}

#[derive(Debug, FromRow)]
#[allow(dead_code, reason = "it is never made")]
struct Narrow {
    id: i8,
    name: String,
}

#[tokio::test]
async fn what_does_not_fit_says_where_and_why() {
    for place in Place::everywhere() {
        let database = place.configure().build().unwrap();
        create(&database, &Models::new().table::<Counter>()).await;
        let answer: Result<(), DriverError> = database
            .transaction(async |tx| {
                tx.insert(&NewCounter { name: "a" }).await?;
                let mut kind_of = async |sql: &str| {
                    let error = tx.query_one::<Narrow>(sql, &[]).await.unwrap_err();
                    (error.kind, error.to_string())
                };
                let (kind, message) = kind_of("SELECT 300 AS id, name FROM counter").await;
                assert_eq!(kind, DriverErrorKind::Unreadable);
                assert!(
                    message
                        .contains("Narrow`: column `id`: expected a whole number from -128 to 127, found ")
                );
                assert!(message.contains("300"), "{message}");
                let (_, message) = kind_of("SELECT id FROM counter").await;
                assert!(
                    message.ends_with("there is no column `name`; the row has `id`"),
                    "{message}"
                );
                let (_, message) = kind_of("SELECT id, NULL AS name FROM counter").await;
                assert!(
                    message.ends_with("column `name`: expected a text, found NULL"),
                    "{message}"
                );
                let (kind, _) = kind_of("SELECT id, name FROM counter WHERE id < 0").await;
                assert_eq!(kind, DriverErrorKind::NoRow);
                tx.insert(&NewCounter { name: "b" }).await?;
                let many = tx.query_one::<Narrow>("SELECT id, name FROM counter", &[]).await;
                assert_eq!(many.unwrap_err().kind, DriverErrorKind::ManyRows);
                let pair = tx.query_as::<(i64, i64)>("SELECT id FROM counter", &[]).await;
                assert!(
                    pair.unwrap_err()
                        .to_string()
                        .ends_with("it has 1 columns instead of 2")
                );
                Ok(())
            })
            .await;
        answer.unwrap_or_else(|error| panic!("{}: {error:?}", place.name()));
    }
}

/// A table whose fields mean nothing to the core is one of models all the same.
#[test]
fn a_table_need_not_be_read() {
    struct Opaque;

    #[derive(Table)]
    #[allow(dead_code, reason = "only its columns are asked for")]
    struct Foreign {
        #[column(sql = "VARCHAR(9)")]
        opaque: Opaque,
    }

    assert_eq!(Foreign::COLUMNS, ["opaque"]);
    assert_eq!(Counter::IDENTITY, Some("id"));
    assert_eq!(<Counter as NewRow>::COLUMNS, ["name", "total"]);
    assert_eq!(State::Open.to_value(), "open".into());
}
