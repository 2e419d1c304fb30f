//! Where files stop.

use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Driver;
use limbeck_core::engine::Offline;
use limbeck_core::engine::OfflineSql;
use limbeck_core::engine::Purge;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;

use super::Expect;
use super::FileHistory;
use super::same;
use crate::Client;
use crate::ClientDatabase;
use crate::RevisionFile;

/// Checks of the files that a driver's dialect writes, with the engine's own client. Each of them panics when something
/// does not hold, and passes over what has no server: see [`Client::database`].
///
/// ```
/// use limbeck_core::dialect::Dialect;
/// use limbeck_core::driver::Driver;
/// use limbeck_testkit::{Client, FileChecks};
///
/// /// For a driver whose engine understands `psql`.
/// fn files_hold(driver: impl Driver, dialect: &'static dyn Dialect) {
///     let checks = FileChecks::new(Client::Psql, driver, dialect);
///     checks.a_history_goes_up_and_down();
///     checks.a_file_for_another_head_stops();
/// }
/// ```
#[derive(Clone)]
#[allow(missing_debug_implementations, reason = "a driver has nothing to show")]
pub struct FileChecks {
    client: Client,
    driver: Arc<dyn Driver>,
    dialect: &'static dyn Dialect,
}

impl FileChecks {
    /// Checks of one dialect.
    pub fn new(client: Client, driver: impl Driver, dialect: &'static dyn Dialect) -> Self {
        Self {
            client,
            driver: Arc::new(driver),
            dialect,
        }
    }

    /// What writes a history for the oldest server, or for that of a database.
    pub fn offline(&self, scripts: Arc<ScriptSet>, server: Option<&ClientDatabase>) -> Offline {
        let offline = Offline::new(Arc::clone(&self.driver), self.dialect, scripts);
        match server {
            Some(database) => {
                let version = database.server_version();
                offline.with_server(version.parse().expected(&version))
            }
            None => offline,
        }
    }

    fn files(&self, files: &[RevisionFile]) -> Offline {
        self.offline(scripts(files), None)
    }

    /// Two lines that meet go up and down, and a stamp moves between them.
    pub fn a_history_goes_up_and_down(&self) {
        let files = two_lines();
        let offline = self.files(&files);
        FileHistory::new(self.client, &offline, scripts(&files).graph()).goes_up_and_down(|_, _| {});
    }

    /// A file for another head changes nothing.
    pub fn a_file_for_another_head_stops(&self) {
        let Some(database) = self.client.database() else {
            return;
        };
        let offline = self.files(&two_lines());
        applied(&database, offline.upgrade(&[], "a1"));
        let before = database.everything();
        for sql in [
            offline.upgrade(&[], "heads"),
            offline.upgrade(&["b1"], "heads"),
            offline.upgrade(&["a1", "b1"], "heads"),
            offline.downgrade(&["a2"], "base"),
            offline.stamp(&["b1"], &["c1"], Purge::Keep),
        ] {
            refused(&database, sql);
            same("after a file that stopped", &database.everything(), &before);
        }
        applied(&database, offline.stamp(&["a1"], &["a1", "b1"], Purge::Keep));
        let rows = database.rows("SELECT version_num FROM limbeck_version ORDER BY 1");
        assert_eq!(rows, ["a1", "b1"]);
    }

    /// A file that needs history tables stops where there are none, and makes none.
    pub fn a_file_needs_its_history_tables(&self) {
        let Some(database) = self.client.database() else {
            return;
        };
        refused(&database, self.files(&two_lines()).upgrade(&["a1"], "heads"));
        assert_eq!(database.tables(), Vec::<String>::new());
    }

    /// An assertion that finds rows stops the file before the version table is written.
    pub fn an_assertion_stops_the_file(&self) {
        let Some(database) = self.client.database() else {
            return;
        };
        let file = |assertion: &str| {
            [RevisionFile::new("a1").upgrade(&format!(
                "CREATE TABLE person (id BIGINT PRIMARY KEY, name VARCHAR(20));\n\
                 -- limbeck:assert {assertion}\n\
                 CREATE TABLE after_it (id BIGINT PRIMARY KEY);"
            ))]
        };
        let finds = "SELECT 1 FROM (SELECT 1 AS one) AS one_row";
        refused(&database, self.files(&file(finds)).upgrade(&[], "heads"));
        assert!(!database.tables().contains(&"after_it".to_owned()));
        assert_eq!(
            database.rows("SELECT * FROM limbeck_version"),
            Vec::<String>::new()
        );

        let Some(database) = self.client.database() else {
            return;
        };
        let nothing = "SELECT id FROM person WHERE name IS NULL OR name <> 'x'";
        applied(&database, self.files(&file(nothing)).upgrade(&[], "heads"));
        assert_eq!(database.rows("SELECT * FROM limbeck_version"), ["a1"]);
    }

    /// What was set for the session, or for the client, changes neither the meaning of the file nor where it stops.
    pub fn the_session_does_not_matter(&self, options: &[&[&str]]) {
        let texts = "CREATE TABLE said (id BIGINT PRIMARY KEY, text VARCHAR(90) DEFAULT 'a\\b' NOT NULL);
            UPDATE said SET text = 'it''s :id; \\q -- ' || text || '\\';
            CREATE VIEW quoted (id, text) AS SELECT id, text || '\\n' FROM said WHERE text <> 'é \"ü\" `x`';";
        let files = [RevisionFile::new("a1").upgrade(texts)];
        let sql = self.files(&files).upgrade(&[], "heads");
        let text = sql.expected("an upgrade").text;
        let Some(plain) = self.client.database() else {
            return;
        };
        plain.apply(&text).expected("without options");
        for options in options {
            let Some(database) = self.client.database() else {
                return;
            };
            database
                .apply_with(options, &text)
                .expected(&format!("with {options:?}"));
            same(
                &format!("with {options:?}"),
                &database.everything(),
                &plain.everything(),
            );
            database.apply_with(options, &text).expect_refused("again");
            same(
                &format!("with {options:?}"),
                &database.everything(),
                &plain.everything(),
            );
        }
    }

    /// A file that has nothing to do, and so no statement, is one that the client takes.
    pub fn a_file_may_have_nothing_to_do(&self) {
        let Some(database) = self.client.database() else {
            return;
        };
        let offline = self.files(&two_lines());
        applied(&database, offline.upgrade(&["heads"], "heads"));
        assert_eq!(database.tables(), Vec::<String>::new());
    }

    /// Runs the upgrade of one revision with this native section in a new database, and gives what the client said.
    pub fn run_native(&self, section: &str) -> Option<(ClientDatabase, Result<(), String>)> {
        let database = self.client.database()?;
        let sql = self.native(section).upgrade(&[], "heads").expected("an upgrade");
        let answer = database.apply(&sql.text);
        Some((database, answer))
    }

    /// The upgrade of [`Self::run_native`], where it stopped in the middle of its step: no file goes on from there, with or
    /// without what the mended file would do.
    pub fn nothing_goes_on(&self, database: &ClientDatabase, section: &str) {
        let before = database.everything();
        let again = self.native(section);
        refused(database, again.upgrade(&[], "heads"));
        refused(database, again.stamp(&[], &["a1"], Purge::Keep));
        same(
            "after files for the same database",
            &database.everything(),
            &before,
        );
    }

    fn native(&self, section: &str) -> Offline {
        let audience = format!("upgrade {}", self.driver.name());
        self.files(&[RevisionFile::new("a1").section(&audience, section)])
    }
}

fn applied<E: std::fmt::Display>(database: &ClientDatabase, sql: Result<OfflineSql, E>) {
    let text = sql.expected("a file").text;
    database.apply(&text).expected("the file");
}

fn refused<E: std::fmt::Display>(database: &ClientDatabase, sql: Result<OfflineSql, E>) {
    let text = sql.expected("a file").text;
    let error = database.apply(&text).expect_refused("the file");
    // The proof would be NULL, a key is written twice (whose table old servers do not name), or a table is not there.
    let words = ["proof", "limbeck_", "for key 'PRIMARY'"];
    assert!(words.iter().any(|word| error.contains(word)), "{error}");
}

fn scripts(files: &[RevisionFile]) -> Arc<ScriptSet> {
    let source = MemorySource::new(files.iter().map(|file| (file.file_name(), file.text())));
    match ScriptSet::load(&source) {
        Ok(scripts) => Arc::new(scripts),
        Err(errors) => Err(errors).expected("the revisions of a check"),
    }
}

fn two_lines() -> [RevisionFile; 4] {
    [
        RevisionFile::new("a1")
            .upgrade(
                "CREATE TABLE account (
                     id   BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                     name VARCHAR(50) DEFAULT 'it''s; -- a \\name' NOT NULL UNIQUE,
                     mood ENUM('good', 'it''s') DEFAULT 'it''s',
                     made TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
                 );
                 UPDATE account SET name = '.quit' WHERE name = 'line\nbreak';",
            )
            .downgrade("DROP TABLE account;"),
        RevisionFile::new("a2")
            .revises(["a1"])
            .upgrade(
                "CREATE TABLE note (
                     id BIGINT PRIMARY KEY,
                     account_id BIGINT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
                     text TEXT,
                     CONSTRAINT ck_note_text CHECK (text <> '')
                 );",
            )
            .downgrade("DROP TABLE note;"),
        RevisionFile::new("b1")
            .upgrade("CREATE TABLE team (id BIGINT PRIMARY KEY, size INTEGER DEFAULT 3);")
            .downgrade("DROP TABLE team;"),
        RevisionFile::new("c1")
            .revises(["a2", "b1"])
            .upgrade(
                "ALTER TABLE team ADD COLUMN motto TEXT, ADD COLUMN since DATE DEFAULT '2026-11-21';
                      CREATE VIEW big_team (id) AS SELECT id FROM team WHERE size > 5;",
            )
            .downgrade("DROP VIEW big_team;\nALTER TABLE team DROP COLUMN since, DROP COLUMN motto;"),
    ]
}
