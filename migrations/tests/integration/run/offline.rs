//! The history as files of SQL: they leave what runs leave.

use limbeck_core::dialect::Dialect;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Offline;
use limbeck_core::sql::split;
use limbeck_sqlite::SQLITE;
use limbeck_sqlite::rusqlite;

use super::*;

impl Registry {
    fn offline(&self) -> Offline {
        let offline = Offline::new(Arc::new(Sqlite), &SQLITE, self.scripts.clone())
            .with_server(rusqlite::version().parse().unwrap());
        limbeck_registry::migrations()
            .into_iter()
            .fold(offline, Offline::with_migration)
    }

    /// Runs a file, but for the lines that only the shell knows.
    fn apply(&self, text: &str) {
        let lines = text.lines();
        let lines: Vec<&str> = lines
            .filter(|line| !SQLITE.client_prologue().contains(line))
            .collect();
        let text = lines.join("\n");
        let connection = self.connection();
        for slice in split(&text, SQLITE.lexical_rules()) {
            let statement = slice.body.slice(&text);
            if let Err(error) = connection.execute_batch(statement) {
                panic!("{statement}: {error}");
            }
        }
    }

    async fn heads(&self) -> Vec<String> {
        self.migrator().current().await.unwrap()
    }

    /// The schema and the history, but for who wrote it, where and when.
    fn left(&self) -> Vec<String> {
        let mut left = self.rows("SELECT name, sql FROM sqlite_schema ORDER BY name");
        left.extend(self.counts());
        left.extend(self.rows("SELECT version_num FROM limbeck_version ORDER BY 1"));
        left.extend(self.rows(
            "SELECT seq, history, revision, direction, event, statement_from, statement_to, statements, sql_hash, \
             checksum, rows_after, tool, format, error FROM limbeck_journal ORDER BY seq",
        ));
        left
    }
}

/// The revision whose code has a data step.
fn coded(registry: &Registry) -> String {
    let script = registry.scripts.iter().find(|script| script.is_rust()).unwrap();
    script.revision().to_string()
}

#[tokio::test]
async fn files_leave_what_runs_leave_and_a_run_stands_between_them_for_code() {
    let (run, file) = (Registry::new(), Registry::new());
    let code = coded(&run);
    let before = format!("{code}-1");
    run.upgrade(&before).await;
    file.apply(&file.offline().upgrade(&[], &before).unwrap().text);
    assert_eq!(file.left(), run.left());

    run.upgrade(&code).await;
    file.upgrade(&code).await;
    run.upgrade("heads").await;
    let from = file.heads().await;
    let from: Vec<&str> = from.iter().map(String::as_str).collect();
    file.apply(&file.offline().upgrade(&from, "heads").unwrap().text);
    assert_eq!(file.left(), run.left());

    run.downgrade(&code).await;
    let down = file.offline().downgrade(&["heads"], &code);
    file.apply(&down.unwrap().text);
    assert_eq!(file.left(), run.left());
}

#[test]
fn the_revision_with_code_is_named() {
    let registry = Registry::new();
    let error = registry.offline().upgrade(&[], "heads").unwrap_err();
    assert!(
        matches!(&error, EngineError::NotOffline { revision, .. } if revision.as_str() == coded(&registry)),
        "{error}"
    );
}
