//! The run loop on real servers.

mod in_place;
mod questions;
mod runs;

use std::sync::Arc;

use limbeck_core::driver::Connection;
use limbeck_core::engine::Migrator;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_mysql::MySql;
use limbeck_testkit::ClientDatabase;

use crate::session::connect;
use crate::session::query;

/// A script: id, the ids it revises, and the text of its sections.
type File<'a> = (&'a str, &'a str, &'a str);

fn migrator(database: &ClientDatabase, files: &[File<'_>]) -> Migrator {
    let files = files.iter().map(|(id, revises, sections)| {
        let revises = match revises.is_empty() {
            true => String::new(),
            false => format!("-- limbeck:revises {revises}\n"),
        };
        (
            format!("{id}.sql"),
            format!("-- Message of {id}\n-- limbeck:revision {id}\n{revises}\n{sections}"),
        )
    });
    let scripts = ScriptSet::load(&MemorySource::new(files)).unwrap();
    Migrator::new(Arc::new(MySql), database.url().clone(), Arc::new(scripts))
}

/// The rows of a query, columns joined by a bar, in a session of its own.
async fn rows(database: &ClientDatabase, sql: &str) -> Vec<String> {
    let mut connection: Box<dyn Connection> = connect(database).await;
    let rows = query(&mut connection, sql).await.unwrap();
    connection.close().await.unwrap();
    rows.rows
        .iter()
        .map(|row| {
            let cells = (0..row.0.len()).map(|column| {
                row.text(column).map_or_else(
                    || {
                        row.integer(column)
                            .map_or("NULL".to_owned(), |number| number.to_string())
                    },
                    str::to_owned,
                )
            });
            cells.collect::<Vec<_>>().join("|")
        })
        .collect()
}

async fn journal(database: &ClientDatabase) -> Vec<String> {
    rows(
        database,
        "SELECT concat_ws('|', seq, direction, revision, event, statement_from, statement_to) \
         FROM limbeck_journal ORDER BY seq",
    )
    .await
}

async fn versions(database: &ClientDatabase) -> Vec<String> {
    rows(
        database,
        "SELECT version_num FROM limbeck_version ORDER BY version_num",
    )
    .await
}

async fn tables(database: &ClientDatabase) -> Vec<String> {
    rows(
        database,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = database() \
         AND table_name NOT LIKE 'limbeck%' ORDER BY table_name",
    )
    .await
}
