use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

#[test]
fn a_migration_keeps_the_orders() {
    // None, and a line on standard error, where there is no such server.
    let Some(database) = TestDatabase::on(Engine::Postgres) else {
        return;
    };
    // For whatever connects: `database.url()` for a driver, `database.url_text()` for another program.
    assert!(database.url_text().contains(database.name()));
}
