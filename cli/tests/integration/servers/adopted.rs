//! Databases that Alembic has migrated.

use limbeck_testkit::Engine;
use serde_json::json;

use super::Place;
use crate::project::is;

/// As Alembic makes it on every engine.
const ALEMBIC: [&str; 3] = [
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, \
     CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
    "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY)",
    "INSERT INTO alembic_version VALUES ('1975ea83b712')",
];

async fn adopted(place: &Place) {
    let mut session = place.session().await;
    for sql in ALEMBIC {
        session.rows(sql).await;
    }
    place
        .project
        .write("limbeck.toml", "version_table = \"alembic_version\"\n");
    place.project.revision(
        "1975ea83b712",
        "",
        "What Alembic made",
        "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY);",
        "DROP TABLE account;",
    );
}

#[tokio::test]
async fn it_goes_on_where_alembic_was_and_back_to_the_base() {
    for place in Place::everywhere() {
        adopted(&place).await;
        place.project.revision(
            "ae1027a6acf4",
            "revises 1975ea83b712",
            "Add names",
            "ALTER TABLE account ADD COLUMN name VARCHAR(50);",
            "ALTER TABLE account DROP COLUMN name;",
        );
        let current = |revisions: &[&str]| {
            let expected = json!({"revisions": revisions});
            assert_eq!(place.project.json("current").1, expected, "{}", place.word());
        };
        current(&["1975ea83b712"]);
        place.project.good("upgrade");
        current(&["ae1027a6acf4"]);
        let mut session = place.session().await;
        let rows = session.rows("SELECT version_num FROM alembic_version").await;
        assert_eq!(rows, ["ae1027a6acf4"], "{}", place.word());
        place.project.good("downgrade -1");
        current(&["1975ea83b712"]);
        place.project.good("downgrade base");
        current(&[]);
        place.project.good("upgrade");
        current(&["ae1027a6acf4"]);
        assert!(session.rows("SELECT id, name FROM account").await.is_empty());
    }
}

#[tokio::test]
async fn an_id_that_its_column_has_no_room_for_is_refused_before_anything_runs() {
    for place in [Engine::MySql, Engine::MariaDb].into_iter().filter_map(Place::on) {
        adopted(&place).await;
        place.project.revision(
            "a_name_that_is_longer_than_thirty_two_letters",
            "revises 1975ea83b712",
            "Add names",
            "ALTER TABLE account ADD COLUMN name VARCHAR(50);",
            "ALTER TABLE account DROP COLUMN name;",
        );
        is(&place.project, "upgrade", 2, "target");
        let columns = "SELECT column_name FROM information_schema.columns WHERE table_schema = database() \
                       AND table_name = 'account'";
        assert_eq!(
            place.session().await.rows(columns).await,
            ["id"],
            "{}",
            place.word()
        );
    }
}
