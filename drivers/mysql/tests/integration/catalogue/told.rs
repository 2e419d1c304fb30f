//! What is told of changes, and what cannot be read.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::catalogue::changes;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverErrorKind;
use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use crate::session::run;

/// The databases of the engines whose servers are there.
fn databases() -> impl Iterator<Item = TestDatabase> {
    [Engine::MySql, Engine::MariaDb]
        .into_iter()
        .filter_map(TestDatabase::on)
}

async fn connect(database: &TestDatabase) -> Box<dyn Connection> {
    let options = ConnectOptions::read_write();
    MySql.connect(database.url(), &options).await.unwrap()
}

/// What is lost on the way from one catalogue to another.
fn losses(connection: &dyn Connection, from: &Catalogue, to: &Catalogue) -> Vec<String> {
    let server = connection.server();
    let found = changes(from, to, &|change| {
        server.dialect.alter_object(change, &server.version)
    });
    assert_eq!(found.left, []);
    found.steps.into_iter().flat_map(|step| step.losses).collect()
}

#[tokio::test]
async fn what_is_lost_is_told() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &["CREATE TABLE t (id int PRIMARY KEY, a int, b int, c int AS (a + 1) STORED)"],
        )
        .await;
        let before = connection.catalogue().await.unwrap();
        run(
            &mut connection,
            &["ALTER TABLE t DROP COLUMN c, DROP COLUMN a, DROP COLUMN b, ADD COLUMN b int AS (id) STORED"],
        )
        .await;
        let after = connection.catalogue().await.unwrap();
        let expected = ["the values of the column a", "the values of the column b"];
        assert_eq!(losses(&*connection, &before, &after), expected);
        assert_eq!(losses(&*connection, &after, &before), [""; 0]);
        assert_eq!(losses(&*connection, &before, &Catalogue::new()), ["its rows"]);
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn what_the_driver_makes_needs_no_other_settings() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &[
                "CREATE TABLE t (id int PRIMARY KEY)",
                "CREATE TRIGGER a BEFORE INSERT ON t FOR EACH ROW SET NEW.id = 1",
                "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SET @a = 1",
                "CREATE PROCEDURE p() SET @a = 1",
            ],
        )
        .await;
        let catalogue = connection.catalogue().await.unwrap();
        assert_eq!(catalogue.len(), 4);
        for object in catalogue.objects() {
            assert_eq!(object.create.len(), 1, "{object:?}");
        }
        run(
            &mut connection,
            &[
                "SET sql_mode = 'ANSI_QUOTES', time_zone = '+02:00'",
                "CREATE EVENT other ON SCHEDULE EVERY 1 DAY DISABLE DO SET @a = 1",
            ],
        )
        .await;
        let catalogue = connection.catalogue().await.unwrap();
        let id = ObjectId::new(Kind::Event, "other");
        assert_eq!(catalogue.get(&id).unwrap().create.len(), 5);
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_text_that_the_user_may_not_see_is_an_error() {
    for database in databases() {
        let mut connection = connect(&database).await;
        let name = connection.server().schema.clone();
        let user = format!("u{}", &name.trim_start_matches(|c: char| !c.is_ascii_digit()));
        let user: String = user
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(20)
            .collect();
        let statements = [
            "CREATE TABLE t (id int)".to_owned(),
            "CREATE VIEW v AS SELECT id FROM t".to_owned(),
            format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'x'"),
            format!("GRANT SELECT ON `{name}`.* TO '{user}'@'%'"),
        ];
        for statement in &statements {
            run(&mut connection, &[statement]).await;
        }
        let url = database.url().server().unwrap();
        let url = format!(
            "mysql://{user}:x@{}:{}/{}",
            url.host.unwrap(),
            url.port.unwrap(),
            url.database.unwrap()
        );
        let options = ConnectOptions::read_only();
        let mut other = MySql.connect(&url.parse().unwrap(), &options).await.unwrap();
        let error = other.catalogue().await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Permission, "{error}");
        assert_eq!(
            error.hint.as_deref(),
            Some("give the user the privilege SHOW VIEW")
        );
        other.close().await.unwrap();
        run(&mut connection, &[&format!("DROP USER '{user}'@'%'")]).await;
        connection.close().await.unwrap();
    }
}
