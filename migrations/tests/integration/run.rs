//! The history on a SQLite file, with rows in it.

mod offline;

use std::sync::Arc;

use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Rows;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite::Connection;
use limbeck_sqlite::rusqlite::types::ValueRef;
use tempfile::TempDir;

use crate::graph::registry;

const TAGS: &str = "5b1838d9def5";
const TAGS_FILLED: &str = "08fd45fb9e81";
const OLD_LOG: &str = "bd45fa115c24";

/// A database file of its own, and the registry's history.
struct Registry {
    folder: TempDir,
    scripts: Arc<ScriptSet>,
}

impl Registry {
    fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            scripts: Arc::new(registry()),
        }
    }

    fn migrator(&self) -> Migrator {
        let url = format!("sqlite:///{}", self.path()).parse().unwrap();
        let migrator = Migrator::new(Arc::new(Sqlite), url, self.scripts.clone());
        limbeck_registry::migrations()
            .into_iter()
            .fold(migrator, Migrator::with_migration)
    }

    fn path(&self) -> String {
        self.folder.path().join("registry.db").display().to_string()
    }

    fn connection(&self) -> Connection {
        let connection = Connection::open(self.path()).unwrap();
        connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        connection
    }

    async fn upgrade(&self, target: &str) {
        self.migrator()
            .upgrade(target, &mut Ignore)
            .await
            .unwrap_or_else(|error| panic!("{target}: {error}"));
    }

    async fn downgrade(&self, target: &str) {
        self.migrator()
            .downgrade(target, &mut Ignore)
            .await
            .unwrap_or_else(|error| panic!("{target}: {error}"));
    }

    /// Upgrades to the head and puts rows in on the way, as people would have.
    async fn upgrade_with_rows(&self) {
        self.upgrade(TAGS).await;
        self.connection()
            .execute_batch(include_str!("before_tags.sql"))
            .unwrap();
        self.upgrade(TAGS_FILLED).await;
        self.upgrade(OLD_LOG).await;
        self.connection()
            .execute_batch(include_str!("after_tags.sql"))
            .unwrap();
        self.upgrade("heads").await;
    }

    /// The rows of a query, columns joined by a bar.
    fn rows(&self, sql: &str) -> Vec<String> {
        let connection = self.connection();
        let mut statement = connection.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            (0..columns)
                .map(|column| row.get_ref(column).map(shown))
                .collect::<Result<Vec<_>, _>>()
        });
        rows.unwrap().map(|row| row.unwrap().join("|")).collect()
    }

    /// The definitions of everything but Limbeck's own tables. How SQLite arranges a text that it has added to, and in
    /// which order constraints stand there, does not count.
    fn definitions(&self) -> Vec<String> {
        let texts = self.rows(
            "SELECT name || ' ' || sql FROM sqlite_schema \
             WHERE name NOT LIKE 'limbeck_%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        );
        let arranged = |text: String| {
            let blank = |letter: char| letter.is_whitespace() || letter == ',';
            let mut words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
            words.join(" ")
        };
        texts.into_iter().map(arranged).collect()
    }

    fn tables(&self) -> Vec<String> {
        self.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' \
             AND name NOT LIKE 'limbeck_%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )
    }

    /// All rows of all tables without their ids, which are never given twice.
    fn contents(&self) -> Vec<String> {
        let of_table = |table: String| {
            let columns = self.rows(&format!(
                "SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id' ORDER BY cid"
            ));
            let rows = self.rows(&format!("SELECT {} FROM \"{table}\"", columns.join(", ")));
            rows.into_iter().map(move |row| format!("{table}: {row}"))
        };
        let mut contents: Vec<_> = self.tables().into_iter().flat_map(of_table).collect();
        contents.sort_unstable();
        contents
    }

    fn counts(&self) -> Vec<String> {
        let of_table = |table: String| self.rows(&format!("SELECT '{table}', count(*) FROM \"{table}\""));
        self.tables().into_iter().flat_map(of_table).collect()
    }
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        other => other.as_str().unwrap_or("?").to_owned(),
    }
}

#[tokio::test]
async fn rows_go_where_the_history_carries_them() {
    let registry = Registry::new();
    registry.upgrade_with_rows().await;
    assert_eq!(
        registry.rows(
            "SELECT tag.name, lifetime_start_ms, lifetime_end_ms, digest
             FROM tag JOIN manifest ON manifest.id = manifest_id ORDER BY tag.id"
        ),
        [
            "latest|1600000000000|1600000100000|sha256:01",
            "latest|1600000100000|NULL|sha256:02",
            "v1|1600000100000|NULL|sha256:02",
            "stable|1700000000000|NULL|sha256:03",
        ]
    );
    assert_eq!(registry.migrator().verify_data().await.unwrap(), []);
    assert_eq!(
        registry.rows(
            "SELECT digest, layer_count, config_media_type, layers_compressed_size FROM manifest ORDER BY digest"
        ),
        [
            "sha256:01|0|NULL|NULL",
            "sha256:02|0|NULL|NULL",
            "sha256:03|2|application/vnd.oci.image.config.v1+json|49378",
        ]
    );
    assert_eq!(
        registry.rows("SELECT full_name FROM repository ORDER BY id"),
        ["engines/mill", "engines/store"]
    );
    assert_eq!(
        registry.rows("SELECT username, robot FROM user ORDER BY id"),
        ["ada|0", "ada+builder|1"]
    );
    assert_eq!(
        registry.rows("SELECT kind FROM log_entry_2 ORDER BY id"),
        ["push_repo", "delete_tag"]
    );
    assert_eq!(registry.rows("SELECT count(*) FROM log_entry"), ["0"]);
    assert_eq!(registry.rows("SELECT kind FROM notification"), ["build_failure"]);
}

#[tokio::test]
async fn a_downgrade_carries_rows_back() {
    let registry = Registry::new();
    registry.upgrade_with_rows().await;
    registry.downgrade(OLD_LOG).await;
    assert_eq!(
        registry.rows(
            "SELECT kind, account_id, performer_id, repository_id, metadata FROM log_entry ORDER BY id"
        ),
        ["push_repo|1|2|1|{\"tag\": \"latest\"}", "delete_tag|1|1|NULL|{}"]
    );
    registry.upgrade("heads").await;
    registry.downgrade(TAGS).await;
    assert_eq!(registry.rows("SELECT name FROM tag"), ["stable"]);
    assert_eq!(registry.rows("SELECT count(*) FROM repository_tag"), ["3"]);
}

#[tokio::test]
async fn every_step_leads_up_down_and_up_again() {
    let registry = Registry::new();
    let scripts = registry.scripts.clone();
    let plan = scripts
        .graph()
        .plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse)
        .unwrap();
    let mut applied = Vec::new();
    for step in &plan.steps {
        let revision = step.revision.as_str();
        let before = (registry.definitions(), registry.contents());
        registry.upgrade(revision).await;
        let after = (registry.definitions(), registry.counts());
        registry.downgrade("-1").await;
        assert_eq!(
            (registry.definitions(), registry.contents()),
            before,
            "{revision} down"
        );
        registry.upgrade(revision).await;
        assert_eq!(
            (registry.definitions(), registry.counts()),
            after,
            "{revision} up again"
        );
        applied.push(revision);
        if revision == TAGS {
            registry
                .connection()
                .execute_batch(include_str!("before_tags.sql"))
                .unwrap();
        }
        if [TAGS_FILLED, OLD_LOG].contains(&revision)
            && [TAGS_FILLED, OLD_LOG].iter().all(|id| applied.contains(id))
        {
            registry
                .connection()
                .execute_batch(include_str!("after_tags.sql"))
                .unwrap();
        }
    }
    assert!(!registry.contents().is_empty());
    registry.downgrade("base").await;
    assert_eq!(registry.tables(), [""; 0]);
}
