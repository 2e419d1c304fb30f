//! What servers refuse.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Secret;

use super::connect;
use super::databases;
use super::open;
use super::query;
use super::run;

#[tokio::test]
async fn kinds_and_codes_are_those_of_the_server() {
    for database in databases() {
        let mut connection = connect(&database).await;
        run(
            &mut connection,
            &[
                "CREATE TABLE one (id INTEGER PRIMARY KEY, b INTEGER NOT NULL, CONSTRAINT small CHECK (b < 100))",
                "CREATE TABLE two (id INTEGER, FOREIGN KEY (id) REFERENCES one (id))",
                "INSERT INTO one VALUES (1, 2)",
                "INSERT INTO two VALUES (1)",
            ],
        )
        .await;
        let check = if super::is_mariadb(&database) {
            "4025"
        } else {
            "3819"
        };
        for (sql, kind, code) in [
            ("SELECT * FROM nowhere", DriverErrorKind::UndefinedTable, "1146"),
            ("DROP TABLE nowhere", DriverErrorKind::UndefinedTable, "1051"),
            ("SELECT c FROM one", DriverErrorKind::Syntax, "1054"),
            (
                "INSERT INTO one VALUES (1, 2)",
                DriverErrorKind::Constraint,
                "1062",
            ),
            (
                "INSERT INTO one VALUES (2, NULL)",
                DriverErrorKind::Constraint,
                "1048",
            ),
            (
                "INSERT INTO one (id) VALUES (2)",
                DriverErrorKind::Constraint,
                "1364",
            ),
            (
                "INSERT INTO one VALUES (2, 100)",
                DriverErrorKind::Constraint,
                check,
            ),
            ("INSERT INTO two VALUES (7)", DriverErrorKind::Constraint, "1452"),
            ("DELETE FROM one", DriverErrorKind::Constraint, "1451"),
            ("USE nowhere_at_all", DriverErrorKind::NoDatabase, "1049"),
        ] {
            let error = query(&mut connection, sql).await.unwrap_err();
            assert_eq!(
                (error.kind, error.code.as_deref()),
                (kind, Some(code)),
                "{sql}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn a_syntax_error_has_its_place() {
    for database in databases() {
        let mut connection = connect(&database).await;
        for sql in [
            "SELECT 'é',\n  1 wher e FROM dual",
            "CREATE TABLE t (\n    a INTEGER,\n    b NUMBER?\n)",
            "SELECT 1 +",
        ] {
            let error = query(&mut connection, sql).await.unwrap_err();
            assert_eq!(error.kind, DriverErrorKind::Syntax, "{error}");
            let offset = error.offset.unwrap();
            assert!(sql.is_char_boundary(offset), "{error}");
            let rest = &sql[offset..];
            assert!(
                ["e FROM", "NUMBER", "?", ""]
                    .iter()
                    .any(|start| rest.starts_with(start)),
                "{rest}: {error}"
            );
        }
    }
}

#[tokio::test]
async fn who_cannot_connect_is_told_why() {
    for database in databases() {
        let url = database.url();
        let mut address = url.server().unwrap();
        let refused = async |url: &DatabaseUrl| {
            let answer = open(url, &ConnectOptions::read_only()).await;
            let error = answer.err().unwrap();
            assert!(error.hint.is_some(), "{error}");
            assert!(
                !format!("{error} {error:?}").contains("wrong-s3cret"),
                "{error:?}"
            );
            error.kind
        };
        address.database = Some("no_such_database".to_owned());
        assert_eq!(
            refused(&url.with_server(&address)).await,
            DriverErrorKind::NoDatabase
        );
        address.database = None;
        assert_eq!(refused(&url.with_server(&address)).await, DriverErrorKind::Url);
        address.database = Some("mysql".to_owned());
        address.password = Some(Secret::new("wrong-s3cret"));
        assert_eq!(
            refused(&url.with_server(&address)).await,
            DriverErrorKind::Authentication
        );
        address.password = None;
        assert_eq!(
            refused(&url.with_server(&address)).await,
            DriverErrorKind::Authentication
        );
    }
    let nobody = "mysql://root@127.0.0.1:1/shop".parse().unwrap();
    let error = open(&nobody, &ConnectOptions::read_only()).await.err().unwrap();
    assert_eq!(error.kind, DriverErrorKind::Connect);
    assert!(error.message.contains("127.0.0.1:1"), "{error}");
}

#[tokio::test]
async fn a_role_without_rights_is_refused_as_such() {
    for database in databases() {
        let mut root = connect(&database).await;
        let name = database.url().server().unwrap().database.unwrap();
        let user = format!("u{}", name.trim_start_matches("limbeck_test_"));
        run(
            &mut root,
            &[
                "CREATE TABLE t (a INTEGER)",
                &format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'pw'"),
                &format!("GRANT SELECT ON {name}.* TO '{user}'@'%'"),
            ],
        )
        .await;
        let mut address = database.url().server().unwrap();
        address.user = Some(user.clone());
        address.password = Some(Secret::new("pw"));
        let url = database.url().with_server(&address);
        // On MySQL this user's password is checked by caching_sha2_password, over an unencrypted connection too.
        let plain = super::with_parameters(&url, "sslmode=disable");
        let mut connection = open(&plain, &ConnectOptions::read_write()).await.unwrap();
        for sql in [
            "CREATE TABLE u (a INTEGER)",
            "INSERT INTO t VALUES (1)",
            "DROP TABLE t",
        ] {
            let error = query(&mut connection, sql).await.unwrap_err();
            assert_eq!(error.kind, DriverErrorKind::Permission, "{error}");
        }
        let session = root.server().session.clone();
        let error = connection.activity(&session).await.unwrap_err();
        assert_eq!(error.kind, DriverErrorKind::Permission, "{error}");
        assert!(error.hint.unwrap().contains("PROCESS"));
        let own = connection.server().session.clone();
        assert!(matches!(
            connection.activity(&own).await.unwrap(),
            limbeck_core::driver::Activity::Running { .. }
        ));
        address.database = Some("mysql".to_owned());
        let elsewhere = database.url().with_server(&address);
        let error = open(&elsewhere, &ConnectOptions::read_only())
            .await
            .err()
            .unwrap();
        assert_eq!(error.kind, DriverErrorKind::Permission, "{error}");
        drop(connection);
        run(&mut root, &[&format!("DROP USER '{user}'@'%'")]).await;
    }
}
