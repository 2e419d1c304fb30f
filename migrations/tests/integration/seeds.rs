//! The registry's seeds, on SQLite and on each server.

use std::sync::Arc;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::SeedsDone;
use limbeck_core::seed::SeedSet;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use crate::graph::registry;

/// Upgrades a database and seeds it twice; every table but that of the first log, which is empty since it was moved, has
/// rows, and the second time changes none of them.
async fn seeded(driver: Arc<dyn Driver>, url: DatabaseUrl) {
    let migrator = Migrator::new(Arc::clone(&driver), url.clone(), Arc::new(registry()));
    let migrator = limbeck_registry::migrations()
        .into_iter()
        .fold(migrator, Migrator::with_migration);
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    let seeds = SeedSet::load(&limbeck_registry::seeds(), &[], Some("dev")).unwrap();
    let first = migrator.seed(&seeds, SeedsDone::Skip, &mut Ignore).await.unwrap();
    assert_eq!(first.seeded.len(), seeds.iter().count(), "{url}");
    let before = counts(&*driver, &url, &migrator).await;
    let without: Vec<&str> = before
        .iter()
        .filter(|(_, rows)| *rows == 0)
        .map(|(table, _)| table.as_str())
        .collect();
    assert_eq!(without, ["log_entry"], "{url}");
    let second = migrator.seed(&seeds, SeedsDone::Skip, &mut Ignore).await.unwrap();
    let skipped: Vec<&str> = second.skipped.iter().map(|seed| seed.name.as_str()).collect();
    assert_eq!(skipped, ["030_team.sql"], "{url}");
    assert_eq!(counts(&*driver, &url, &migrator).await, before, "{url}");
}

/// How many rows each table has.
async fn counts(driver: &dyn Driver, url: &DatabaseUrl, migrator: &Migrator) -> Vec<(String, i64)> {
    let tables = migrator.live().await.unwrap().schema.tables;
    let mut connection = driver.connect(url, &ConnectOptions::read_only()).await.unwrap();
    let dialect = connection.server().dialect;
    let mut counts = Vec::new();
    for table in tables.keys() {
        let sql = format!(
            "SELECT count(*) FROM {}",
            dialect.quote_identifier(table.as_str())
        );
        let rows = connection.query(&sql, &[]).await.unwrap().rows;
        counts.push((table.to_string(), rows[0].integer(0).unwrap()));
    }
    counts
}

#[tokio::test]
async fn a_file_is_filled() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("registry.db").display().to_string();
    seeded(Arc::new(Sqlite), format!("sqlite:///{path}").parse().unwrap()).await;
}

#[tokio::test]
async fn a_database_of_each_server_is_filled() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::on(engine) else {
            continue;
        };
        let driver: Arc<dyn Driver> = match engine {
            Engine::Postgres => Arc::new(Postgres),
            _ => Arc::new(MySql),
        };
        seeded(driver, database.url().clone()).await;
    }
}
