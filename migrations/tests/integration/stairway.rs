//! Every revision leads up, down and up again, with rows in its tables, on every engine.

use std::sync::Arc;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::engine::Migrator;
use limbeck_core::stairway::Report;
use limbeck_core::stairway::Stairway;
use limbeck_core::stairway::Way;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use crate::graph::registry;

fn walked(driver: Arc<dyn Driver>, url: &DatabaseUrl) -> Report {
    let migrator = Migrator::new(driver, url.clone(), Arc::new(registry()));
    let code = limbeck_registry::migrations().into_iter();
    let migrator = code.fold(migrator, Migrator::with_migration);
    limbeck_testkit::stairway(&Stairway::new(&migrator))
}

/// A revision that says itself which rows it does not expect.
const WITH_ASSERTION: &str = "08fd45fb9e81";

/// No revision is left out, and each table has rows.
fn is_whole(report: &Report) {
    assert_eq!(report.revisions.len(), registry().graph().len());
    for revision in &report.revisions {
        assert_eq!(revision.way, Way::UpDownUp, "{revision}");
        let notes = usize::from(revision.revision.as_str() == WITH_ASSERTION);
        assert_eq!(revision.notes.len(), notes, "{revision}");
    }
}

#[test]
fn the_stairway_leads_through_the_history_on_sqlite() {
    let report = walked(Arc::new(Sqlite), &"sqlite://registry.db".parse().unwrap());
    is_whole(&report);
}

#[test]
fn the_stairway_leads_through_the_history_on_postgres() {
    if let Some(database) = TestDatabase::on(Engine::Postgres) {
        is_whole(&walked(Arc::new(Postgres), database.url()));
    }
}

#[test]
fn the_stairway_leads_through_the_history_on_mysql() {
    if let Some(database) = TestDatabase::on(Engine::MySql) {
        is_whole(&walked(Arc::new(MySql), database.url()));
    }
}

#[test]
fn the_stairway_leads_through_the_history_on_mariadb() {
    if let Some(database) = TestDatabase::on(Engine::MariaDb) {
        is_whole(&walked(Arc::new(MySql), database.url()));
    }
}
