//! What `verify` finds by replaying the history.

use async_trait::async_trait;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Rows;
use limbeck_core::driver::ServerInfo;

use super::*;

async fn schema_findings(migrator: &Migrator) -> Vec<String> {
    let findings = migrator.verify().await.unwrap();
    findings
        .iter()
        .filter(|finding| finding.kind == "schema")
        .map(|finding| format!("{}: {}", finding.line.unwrap(), finding.message))
        .collect()
}

#[tokio::test]
async fn statements_that_do_not_fit_the_schema_are_found_before_they_run() {
    let project = Project::new();
    let flags = "-- limbeck:upgrade\nCREATE TABLE flag (id BIGINT PRIMARY KEY, lit BOOLEAN);\n";
    let wrong = "-- limbeck:upgrade\nINSERT INTO flag (id, lit) VALUES (1, 0);\nALTER TABLE flags RENAME TO light;\n\
                 CREATE VIEW lights AS SELECT * FROM flag;\n";
    let migrator = project.migrator(&[("a1", "", flags), ("b2", "a1", wrong)]);
    upgrade(&project.migrator(&[("a1", "", flags)])).await;
    assert_eq!(
        schema_findings(&migrator).await,
        [
            "6: 0 is not a value of the BOOLEAN column `flag.lit`",
            "8: the query of view `lights` reads all columns of `flag` with *, which does not mean the same everywhere \
             when a column is added"
        ]
    );
}

#[tokio::test]
async fn what_native_sql_has_made_is_not_missed() {
    let project = Project::new();
    let native = "-- limbeck:upgrade sqlite\nCREATE TABLE flag (id INTEGER PRIMARY KEY);\n";
    let portable = "-- limbeck:upgrade\nINSERT INTO flag (id) VALUES (1);\n";
    let migrator = project.migrator(&[("a1", "", native), ("b2", "a1", portable)]);
    upgrade(&migrator).await;
    assert_eq!(schema_findings(&migrator).await, [""; 0]);
}

#[tokio::test]
async fn a_revision_that_no_file_has_is_found_with_a_next_step() {
    let project = Project::new();
    let (one, two) = (table("one"), table("two"));
    upgrade(&project.migrator(&[("a1", "", &one), ("b2", "a1", &two)])).await;
    let findings = project.migrator(&[("a1", "", &one)]).verify().await.unwrap();
    let unknown = findings.iter().find(|finding| finding.kind == "unknown").unwrap();
    assert!(unknown.hints[0].starts_with("get the newer files"), "{unknown:?}");
}

/// A driver that leaves out what it may leave out.
struct Bare;

struct BareConnection(Box<dyn Connection>);

#[async_trait]
impl Driver for Bare {
    fn name(&self) -> &'static str {
        "sqlite"
    }

    fn schemes(&self) -> &'static [&'static str] {
        Sqlite.schemes()
    }

    fn dialects(&self) -> &'static [&'static dyn Dialect] {
        Sqlite.dialects()
    }

    async fn connect(
        &self,
        url: &DatabaseUrl,
        options: &ConnectOptions,
    ) -> Result<Box<dyn Connection>, DriverError> {
        let connection = Sqlite.connect(url, options).await?;
        Ok(Box::new(BareConnection(connection)))
    }
}

#[async_trait]
impl Connection for BareConnection {
    fn server(&self) -> &ServerInfo {
        self.0.server()
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        self.0.query(sql, parameters).await
    }

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        self.0.close().await
    }
}

#[tokio::test]
async fn a_driver_that_cannot_look_at_the_rows_says_so() {
    let project = Project::new();
    let migrator = Migrator::new(Arc::new(Bare), project.url(), scripts(&[]));
    let error = migrator.verify_data().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "looking at the data: this driver does not offer looking for faults of the data"
    );
    assert_eq!(error.hints(), ["look with the database's own tools"]);
}
