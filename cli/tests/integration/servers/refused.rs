//! Connections that a server refuses, and what people are told.

use insta::assert_snapshot;
use limbeck_testkit::Engine;
use limbeck_testkit::Server;

use super::Place;
use super::role::Guest;
use crate::project::Ran;
use crate::project::is;

/// What is said, with the parts that differ from test to test replaced.
fn said(ran: &Ran, place: &Place) -> String {
    let port = place.url.server().unwrap().port.unwrap_or_default();
    let whole = ran.whole();
    // A server in a container sees the address of its network.
    let us = whole.split("'@'").nth(1).and_then(|rest| rest.split('\'').next());
    whole
        .replace(us.unwrap_or("127.0.0.1"), "127.0.0.1")
        .replace(&place.database_name(), "[database]")
        .replace(&format!(":{port}"), ":[port]")
}

/// The URL of a place with a password that is wrong.
fn with_wrong_password(place: &Place) -> String {
    let (user, address) = place.url_text.rsplit_once('@').unwrap();
    let (user, _) = user.rsplit_once(':').unwrap();
    format!("{user}:s3cret-but-wr0ng@{address}")
}

#[test]
fn a_wrong_password_names_the_file_that_gave_it() {
    for place in Place::everywhere() {
        let project = &place.project;
        let url = with_wrong_password(&place);
        let prefix = place.word().to_uppercase();
        let told = |ran: &Ran, origin: &str| {
            let what = format!("{}: {}", place.word(), ran.whole());
            assert_eq!(ran.code, 2, "{what}");
            assert!(
                ran.err
                    .contains("a container with an old volume still has its first one"),
                "{what}"
            );
            assert!(
                ran.err
                    .contains(&format!("user and password come from {origin}\n")),
                "{origin}: {what}"
            );
            assert!(!ran.whole().contains("wr0ng"), "{what}");
        };
        project.write(".env.local", format!("{prefix}_PASSWORD=s3cret-but-wr0ng\n"));
        told(
            &project.limbeck("current"),
            &format!("DATABASE_URL in .env, {prefix}_PASSWORD in .env.local"),
        );
        is(project, "current", 2, "authentication");
        // What is wrong now is wrong later too.
        is(project, "wait", 2, "authentication");
        project.write(".env.local", "");
        place.connect_by(&url);
        told(&project.limbeck("upgrade"), "DATABASE_URL in .env");
        told(
            &project.run(&["current"], &[("DATABASE_URL", &url)]),
            "DATABASE_URL of the environment",
        );
        told(&project.limbeck(&format!("status --url {url}")), "the flag --url");
        project.write(".env", "");
        project.write("limbeck.toml", format!("url = \"{url}\"\n"));
        told(&project.limbeck("current"), "url in limbeck.toml");
    }
}

#[test]
fn the_sentence_about_a_wrong_password() {
    if let Some(place) = Place::on(Engine::Postgres) {
        place.connect_by(&with_wrong_password(&place));
        assert_snapshot!(said(&place.project.limbeck("upgrade"), &place), @r#"
        exit 2
        -- stderr
        error: password authentication failed for user "postgres" (28P01)
          help: correct user and password of the database URL. A server keeps the password that it was set up with: a container with an old volume still has its first one, whatever POSTGRES_PASSWORD says now (user postgres)
          help: user and password come from DATABASE_URL in .env
        "#);
    }
    if let Some(place) = Place::on(Engine::MySql) {
        place.connect_by(&with_wrong_password(&place));
        assert_snapshot!(said(&place.project.limbeck("upgrade"), &place), @"
        exit 2
        -- stderr
        error: Access denied for user 'root'@'127.0.0.1' (using password: YES) (1045)
          help: correct user and password of the database URL. A server keeps the password that it was set up with: a container with an old volume still has its first one, whatever MYSQL_ROOT_PASSWORD or MARIADB_ROOT_PASSWORD says now
          help: user and password come from DATABASE_URL in .env
        ");
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_is_made_by_the_command_that_is_named() {
    for place in Place::everywhere() {
        let project = &place.project;
        project.revision(
            "a1",
            "",
            "Add a table",
            "CREATE TABLE one (id BIGINT PRIMARY KEY);",
            "DROP TABLE one;",
        );
        Server::shared(place.engine)
            .unwrap()
            .rows(&format!("DROP DATABASE {}", place.database_name()));
        is(project, "upgrade", 2, "no_database");
        let ran = project.limbeck("upgrade");
        let what = format!("{}: {}", place.word(), ran.whole());
        assert!(ran.err.contains(&place.database_name()), "{what}");
        assert!(
            ran.err
                .contains("help: `limbeck db init` creates it; or correct the name in the database URL"),
            "{what}"
        );
        project.good("db init");
        assert_eq!(place.applied().await, ["a1|1"], "{what}");
        project.good("db init");
        assert_eq!(place.applied().await, ["a1|1"], "{what}");
    }
}

#[tokio::test]
async fn a_role_that_may_make_no_tables_is_told_which_right_it_needs() {
    for guest in Engine::ALL.into_iter().filter_map(Guest::on) {
        let place = &guest.place;
        place.project.revision(
            "a1",
            "",
            "Add a table",
            "CREATE TABLE one (id BIGINT PRIMARY KEY);",
            "DROP TABLE one;",
        );
        match place.engine {
            // Up to version 14 everybody may make tables there.
            Engine::Postgres => guest.grant(&["REVOKE CREATE ON SCHEMA public FROM public"]).await,
            _ => guest.grant(&["GRANT SELECT ON {database}.* TO {role}"]).await,
        }
        is(&place.project, "upgrade", 2, "permission");
        let ran = place.project.limbeck("upgrade");
        let what = format!("{}: {}", place.word(), ran.whole());
        let words = match place.engine {
            Engine::Postgres => [
                "permission denied for schema public (42501)",
                "GRANT USAGE, CREATE ON SCHEMA",
            ],
            _ => [
                "CREATE command denied to user",
                "let an administrator GRANT the user this right",
            ],
        };
        assert!(words.iter().all(|word| ran.err.contains(word)), "{what}");
        assert!(!ran.whole().contains(Guest::PASSWORD), "{what}");
        let tables = match place.engine {
            Engine::Postgres => "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
            _ => "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
        };
        assert!(place.session().await.rows(tables).await.is_empty(), "{what}");
    }
}

/// MySQL says the same of a database that is not there and of one that is not for this user.
#[test]
fn a_database_that_is_not_for_the_user() {
    for guest in [Engine::MySql, Engine::MariaDb].into_iter().filter_map(Guest::on) {
        let project = &guest.place.project;
        is(project, "upgrade", 2, "permission");
        let ran = project.limbeck("upgrade");
        assert!(
            ran.err.contains("GRANT the user what migrations need"),
            "{}",
            ran.whole()
        );
    }
}
