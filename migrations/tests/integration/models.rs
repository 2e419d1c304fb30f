//! The models in Rust say what the history makes, for every dialect.

use std::sync::Arc;

use limbeck_core::diff::diff;
use limbeck_core::driver::Driver;
use limbeck_core::engine::Offline;
use limbeck_core::models::Models;
use limbeck_core::operation::portable_sql;
use limbeck_core::script::ModelsFile;
use limbeck_core::sql::SourceFile;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_sqlite::Sqlite;

use crate::graph::registry;

/// What works without a database, for every dialect.
fn offline() -> Vec<(&'static str, Offline)> {
    let drivers: [Arc<dyn Driver>; 3] = [Arc::new(MySql), Arc::new(Postgres), Arc::new(Sqlite)];
    let dialects = drivers.iter().flat_map(|driver| {
        let dialects = driver.dialects().iter();
        dialects.map(move |dialect| (driver, *dialect))
    });
    dialects
        .map(|(driver, dialect)| {
            let offline = Offline::new(Arc::clone(driver), dialect, Arc::new(registry()));
            let migrations = limbeck_registry::migrations().into_iter();
            (dialect.name(), migrations.fold(offline, Offline::with_migration))
        })
        .collect()
}

/// What `check` would print.
fn differences(offline: &Offline, models: &Models) -> Vec<String> {
    let heads: Vec<_> = registry().graph().heads().map(|head| head.id.clone()).collect();
    let made = offline
        .schema_at(&heads)
        .unwrap_or_else(|error| panic!("{error}"));
    let desired = offline
        .rust_models(models)
        .unwrap_or_else(|error| panic!("{error}"));
    let found = diff(&made.schema, &desired.schema, &desired.renames);
    assert!(found.left.is_empty(), "{:?}", found.left);
    found
        .operations
        .iter()
        .map(|operation| portable_sql(operation).unwrap())
        .collect()
}

#[test]
fn the_history_makes_what_the_models_say() {
    let offline = offline();
    let names: Vec<_> = offline.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["mysql", "mariadb", "postgres", "sqlite"]);
    for (name, offline) in &offline {
        let nothing: [String; 0] = [];
        assert_eq!(
            differences(offline, &limbeck_registry::models()),
            nothing,
            "{name}"
        );
    }
}

#[test]
fn a_table_that_no_revision_makes_is_a_difference() {
    let models = limbeck_registry::models().sql("CREATE TABLE mirror (id BIGINT PRIMARY KEY)");
    for (name, offline) in &offline() {
        let found = differences(offline, &models);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with("CREATE TABLE mirror ("), "{name}: {found:?}");
    }
}

/// A command can print the models for a program that has none in Rust.
#[test]
fn the_models_as_portable_sql_say_the_same() {
    let models = limbeck_registry::models();
    let text = models.to_sql().unwrap_or_else(|error| panic!("{error}"));
    let file = ModelsFile::parse(SourceFile::new("models.sql", text)).unwrap();
    for (name, offline) in &offline() {
        assert_eq!(
            offline.models(&file).unwrap(),
            offline.rust_models(&models).unwrap(),
            "{name}"
        );
    }
}
