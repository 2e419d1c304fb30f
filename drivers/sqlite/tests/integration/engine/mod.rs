//! The run loop on real SQLite files.

mod assertions;
mod checksums;
#[cfg(unix)]
mod crash;
mod derivation;
mod doubt;
mod failures;
mod hooks;
mod loads;
mod lock;
mod native_sections;
pub(crate) mod offline;
mod one_transaction;
mod runs;
mod rust_code;
mod schema_needed;
mod stamps;
mod status;
mod verify;

use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite::Connection;
use limbeck_sqlite::rusqlite::types::ValueRef;
use tempfile::TempDir;

/// A database file of its own, and the scripts that migrate it.
pub(crate) struct Project {
    folder: TempDir,
}

/// A script: id, the ids it revises, and the text of its sections.
pub(crate) type File<'a> = (&'a str, &'a str, &'a str);

impl Project {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("app.db")
    }

    pub(crate) fn migrator(&self, files: &[File<'_>]) -> Migrator {
        Migrator::new(Arc::new(Sqlite), self.url(), scripts(files))
    }

    pub(crate) fn url(&self) -> DatabaseUrl {
        format!("sqlite:///{}", self.path().display()).parse().unwrap()
    }

    /// A connection beside Limbeck's, to look with.
    pub(crate) fn look(&self) -> Connection {
        Connection::open(self.path()).unwrap()
    }

    /// The rows of a query, columns joined by a bar.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        let connection = self.look();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cell = |column| {
                row.get_ref(column).map(|value| match value {
                    ValueRef::Null => "NULL".to_owned(),
                    ValueRef::Integer(number) => number.to_string(),
                    other => other.as_str().unwrap_or("?").to_owned(),
                })
            };
            (0..columns)
                .map(cell)
                .collect::<Result<Vec<_>, _>>()
                .map(|cells| cells.join("|"))
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    pub(crate) fn tables(&self) -> Vec<String> {
        self.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'limbeck_%' \
             AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
    }

    pub(crate) fn versions(&self) -> Vec<String> {
        self.rows("SELECT version_num FROM limbeck_version ORDER BY version_num")
    }

    /// The journal: what is about which revision, and what happened.
    fn journal(&self) -> Vec<String> {
        self.rows("SELECT seq, direction, revision, event, statement_from, statement_to FROM limbeck_journal ORDER BY seq")
    }
}

pub(crate) fn scripts(files: &[File<'_>]) -> Arc<ScriptSet> {
    Arc::new(ScriptSet::load(&source(files)).unwrap())
}

fn source(files: &[File<'_>]) -> MemorySource {
    let files = files.iter().map(|(id, revises, sections)| {
        let revises = if revises.is_empty() {
            String::new()
        } else {
            format!("-- limbeck:revises {revises}\n")
        };
        (
            format!("{id}.sql"),
            format!("-- Message of {id}\n-- limbeck:revision {id}\n{revises}\n{sections}"),
        )
    });
    MemorySource::new(files)
}

/// A revision that makes one table and drops it again.
fn table(name: &str) -> String {
    format!(
        "-- limbeck:upgrade\nCREATE TABLE {name} (id BIGINT PRIMARY KEY);\n-- limbeck:downgrade\nDROP TABLE {name};\n"
    )
}

pub(crate) async fn upgrade(migrator: &Migrator) {
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
}
