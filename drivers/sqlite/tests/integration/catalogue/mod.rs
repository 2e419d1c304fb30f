//! Everything that a database holds, and what leads from one to another.

mod alterations;
mod cases;
mod linked;
mod pairs;
mod read;

use limbeck_core::catalogue::Changes;
use limbeck_core::catalogue::changes;
use limbeck_core::driver::Connection;

use crate::support::memory;
use crate::support::query;

async fn run(connection: &mut Box<dyn Connection>, statements: &[&str]) {
    for sql in statements {
        query(connection, sql).await.unwrap();
    }
}

/// What leads from a database to what these statements make.
async fn leading_to(connection: &mut Box<dyn Connection>, desired: &[&str]) -> Changes {
    let mut other = memory().await;
    run(&mut other, desired).await;
    let (is, wanted) = (
        connection.catalogue().await.unwrap(),
        other.catalogue().await.unwrap(),
    );
    let (dialect, version) = (connection.server().dialect, connection.server().version);
    changes(&is, &wanted, &|change| dialect.alter_object(change, &version))
}

/// What leads from one schema to another.
async fn between(current: &[&str], desired: &[&str]) -> Changes {
    let mut connection = memory().await;
    run(&mut connection, current).await;
    leading_to(&mut connection, desired).await
}
