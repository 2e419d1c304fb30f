//! All objects of a database, there and back.

mod corpus;
mod pairs;

use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

/// The engines whose servers are there, each with a database.
fn engines() -> impl Iterator<Item = (Engine, TestDatabase)> {
    [Engine::MySql, Engine::MariaDb]
        .into_iter()
        .filter_map(|engine| Some((engine, TestDatabase::on(engine)?)))
}
