//! `limbeck test` on servers.

use limbeck_testkit::Engine;

use super::Place;
use super::role::Guest;
use crate::stairway::broken;
use crate::stairway::clean;

#[tokio::test]
async fn each_broken_revision_is_found() {
    for place in Place::everywhere() {
        broken::write(&place.project, place.word());
        broken::are_found(&place.project, place.word());
        nothing_is_left(&place).await;
    }
}

#[tokio::test]
async fn what_leads_both_ways_is_clean() {
    for place in Place::everywhere() {
        clean::write(&place.project, place.word());
        clean::is_clean(&place.project, place.word());
        nothing_is_left(&place).await;
    }
}

/// The database of the project is as empty as it was.
async fn nothing_is_left(place: &Place) {
    let tables = match place.engine {
        Engine::Postgres => "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
    };
    assert_eq!(
        place.session().await.rows(tables).await,
        [""; 0],
        "{}",
        place.word()
    );
}

/// Types that only their engine knows.
#[test]
fn rows_are_made_for_types_of_the_engine() {
    for place in Place::everywhere() {
        let types: &[&str] = match place.engine {
            Engine::Postgres => &[
                "mood",
                "citext_like",
                "inet",
                "cidr",
                "interval",
                "int4range",
                "integer[]",
                "text[]",
                "point",
                "bit(3)",
                "macaddr",
                "xml",
                "money",
                "jsonb",
                "serial",
                "oid",
            ],
            _ => &[
                "TINYINT UNSIGNED",
                "MEDIUMINT",
                "YEAR",
                "BIT(1)",
                "SET('a', 'b')",
                "ENUM('x', 'y')",
                "TIMESTAMP",
                "DATETIME(3)",
                "VARBINARY(20)",
                "TINYTEXT",
                "DECIMAL(65, 30)",
                "CHAR(36) CHARACTER SET ascii",
            ],
        };
        let columns = types.iter().enumerate();
        let columns: Vec<String> = columns
            .map(|(at, name)| format!("c{at} {name} NOT NULL"))
            .collect();
        let before = match place.engine {
            Engine::Postgres => {
                "CREATE TYPE mood AS ENUM ('glad', 'sad');\n\
                 CREATE DOMAIN citext_like AS text CHECK (value IN ('on', 'off'));\n"
            }
            _ => "",
        };
        let text = format!(
            "-- limbeck:revision a1\n-- limbeck:irreversible a test\n-- limbeck:upgrade {}\n{before}CREATE TABLE odd ({});\n",
            place.word(),
            columns.join(", ")
        );
        place.project.write("migrations/a1_odd.sql", text);
        let (code, answer) = place.project.json("test");
        let report = &answer["revisions"][0];
        assert_eq!(code, 0, "{}: {answer:#}", place.word());
        assert!(
            report["rows"].as_u64().unwrap() >= 2,
            "{}: {report:#}",
            place.word()
        );
    }
}

#[tokio::test]
async fn a_role_that_may_make_no_database_is_told_so() {
    for guest in Engine::ALL.into_iter().filter_map(Guest::on) {
        let place = &guest.place;
        clean::write(&place.project, place.word());
        let ran = place.project.limbeck("test");
        assert_eq!(ran.code, 2, "{}: {}", place.word(), ran.whole());
        assert!(
            ran.err.contains("whether its user may"),
            "{}: {}",
            place.word(),
            ran.whole()
        );
    }
}
