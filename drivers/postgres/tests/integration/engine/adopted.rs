//! Databases that Alembic has migrated.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::history::HistoryTables;
use limbeck_testkit::RevisionFile;

use super::Place;
use super::failing;
use super::upgrade;

/// As Alembic 1.x makes it.
const ALEMBIC: &str = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, \
     CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)); \
     CREATE TABLE account (id BIGINT PRIMARY KEY); INSERT INTO alembic_version VALUES ('1975ea83b712')";

fn migrator(place: &Place, id: &str) -> Migrator {
    let files = [
        RevisionFile::new("1975ea83b712")
            .upgrade("CREATE TABLE account (id BIGINT PRIMARY KEY);")
            .downgrade("DROP TABLE account;"),
        RevisionFile::new(id)
            .revises(["1975ea83b712"])
            .upgrade("ALTER TABLE account ADD COLUMN name TEXT;")
            .downgrade("ALTER TABLE account DROP COLUMN name;"),
    ];
    let mut options = MigratorOptions::default();
    options.tables = HistoryTables::new("alembic_version").unwrap();
    place.migrator(&files).with_options(options)
}

#[tokio::test]
async fn it_goes_on_where_alembic_was_and_back_to_the_base() {
    let Some(place) = Place::new() else { return };
    place.rows(ALEMBIC);
    let migrator = migrator(&place, "ae1027a6acf4");
    assert_eq!(migrator.current().await.unwrap(), ["1975ea83b712"]);
    upgrade(&migrator).await;
    assert_eq!(
        place.rows("SELECT version_num FROM alembic_version"),
        ["ae1027a6acf4"]
    );
    migrator.downgrade("base", &mut Ignore).await.unwrap();
    assert!(place.rows("SELECT version_num FROM alembic_version").is_empty());
    assert!(
        place
            .rows("SELECT 1 FROM pg_class WHERE relname = 'account'")
            .is_empty()
    );
    upgrade(&migrator).await;
    assert_eq!(
        place.rows("SELECT version_num FROM alembic_version"),
        ["ae1027a6acf4"]
    );
}

#[tokio::test]
async fn an_id_that_its_column_has_no_room_for_is_refused_before_anything_runs() {
    let Some(place) = Place::new() else { return };
    place.rows(ALEMBIC);
    let long = "a_name_that_is_longer_than_thirty_two_letters";
    let error = failing(&migrator(&place, long)).await;
    assert!(matches!(error, EngineError::IdTooLong { .. }), "{error}");
    assert!(
        place
            .rows("SELECT 1 FROM pg_attribute WHERE attname = 'name' AND attrelid = 'account'::regclass")
            .is_empty()
    );
}
