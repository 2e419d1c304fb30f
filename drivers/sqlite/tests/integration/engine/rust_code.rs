//! Revisions written in Rust.

use async_trait::async_trait;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Transaction;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migration;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;

use super::*;

/// Adds a column and fills it from another one; fails on a name that is not there.
struct Fill;

#[async_trait]
impl Migration for Fill {
    fn revision(&self) -> &str {
        "b2"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("ALTER TABLE one ADD COLUMN folded VARCHAR(20)")
    }

    async fn upgrade_data(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        let rows = transaction
            .query("SELECT id, name FROM one ORDER BY id", &[])
            .await?;
        for row in &rows.rows {
            let Some(name) = row.text(1) else {
                return Err(DriverError::new(DriverErrorKind::Other, "a row has no name"));
            };
            let values = [name.to_lowercase().into(), row.get(0).clone()];
            transaction
                .query("UPDATE one SET folded = ? WHERE id = ?", &values)
                .await?;
        }
        Ok(())
    }

    fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("ALTER TABLE one DROP COLUMN folded")
    }
}

fn files(name: &str) -> (String, &'static str) {
    let one = format!(
        "-- limbeck:upgrade\nCREATE TABLE one (id BIGINT PRIMARY KEY, name VARCHAR(20));\n\
         INSERT INTO one (id, name) VALUES (1, {name});\n-- limbeck:downgrade\nDROP TABLE one;\n"
    );
    (one, "-- limbeck:rust\n")
}

#[tokio::test]
async fn operations_and_data_are_one_step() {
    let project = Project::new();
    let (one, code) = files("'Ann'");
    let migrator = project
        .migrator(&[("a1", "", &one), ("b2", "a1", code)])
        .with_migration(Arc::new(Fill));
    upgrade(&migrator).await;
    assert_eq!(project.rows("SELECT folded FROM one"), ["ann"]);
    migrator.downgrade("a1", &mut Ignore).await.unwrap();
    assert_eq!(
        project.rows("SELECT count(*) FROM pragma_table_info('one')"),
        ["2"]
    );
}

#[tokio::test]
async fn code_that_fails_takes_its_step_back() {
    let project = Project::new();
    let (one, code) = files("NULL");
    let migrator = project
        .migrator(&[("a1", "", &one), ("b2", "a1", code)])
        .with_migration(Arc::new(Fill));
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(error.to_string().ends_with("a row has no name"), "{error}");
    assert_eq!(project.versions(), ["a1"]);
    assert_eq!(
        project.rows("SELECT count(*) FROM pragma_table_info('one')"),
        ["2"]
    );
}

#[tokio::test]
async fn a_program_without_the_code_knows_the_graph_and_stops_before_it() {
    let project = Project::new();
    let (one, code) = files("'Ann'");
    let migrator = project.migrator(&[("a1", "", &one), ("b2", "a1", code)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::MissingCode { .. }), "{error:?}");
    assert!(project.tables().is_empty());
    migrator.upgrade("a1", &mut Ignore).await.unwrap();
}
