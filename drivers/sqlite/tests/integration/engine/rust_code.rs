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
use serde::Serialize;
use serde::Serializer;

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

#[derive(Serialize)]
struct Team {
    id: i64,
    name: String,
    quota: Option<f64>,
    open: bool,
    mark: Mark,
    labels: Vec<&'static str>,
}

struct Mark([u8; 2]);

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// Makes a table and fills it.
struct Build {
    /// The first number.
    first: i64,
}

impl Migration for Build {
    fn revision(&self) -> &str {
        "r1"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.create_table("team", |t| {
            t.id("id");
            t.column("name", "VARCHAR(50)").not_null().unique();
            t.column("quota", "DOUBLE PRECISION").check("quota > 0");
            t.column("open", "BOOLEAN").not_null();
            t.column("mark", "BLOB");
            t.column("labels", "JSON");
        })?;
        operations.bulk_insert(
            "team",
            (self.first..self.first + 1200).map(|id| Team {
                id,
                name: format!("it's \\ {id}"),
                quota: (id % 2 == 0).then_some(0.5),
                open: id == 1,
                mark: Mark([0, 255]),
                labels: vec!["a", "b'"],
            }),
        )?;
        operations.alter_table("team", |t| {
            t.rename_column("open", "is_open");
            t.add_index(["is_open", "id"]);
        })
    }
}

#[tokio::test]
async fn tables_and_rows_are_built() {
    let project = Project::new();
    let migrator = project
        .migrator(&[("r1", "", "-- limbeck:rust\n")])
        .with_migration(Arc::new(Build { first: 1 }));
    upgrade(&migrator).await;
    assert_eq!(
        project.rows("SELECT count(*) || ' ' || sum(is_open) || ' ' || count(quota) FROM team"),
        ["1200 1 600"]
    );
    let row =
        "name || ' ' || quota || ' ' || is_open || ' ' || hex(mark) || ' ' || json_extract(labels, '$[1]')";
    assert_eq!(
        project.rows(&format!("SELECT {row} FROM team WHERE id = 2")),
        ["it's \\ 2 0.5 0 00FF b'"]
    );
    assert_eq!(
        project.rows("SELECT name FROM sqlite_schema WHERE name LIKE 'ix_%'"),
        ["ix_team_is_open_id"]
    );
}

#[tokio::test]
async fn a_row_that_cannot_be_written_stops_before_anything_is_sent() {
    let project = Project::new();
    let migrator = project
        .migrator(&[("r1", "", "-- limbeck:rust\n")])
        .with_migration(Arc::new(Unwritable));
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    insta::assert_snapshot!(error, @"the Rust code of revision r1: row 1 for table `one`: the field `id` is inf, which not every engine has");
    assert_eq!(error.hints(), ["give None"]);
    assert!(project.tables().is_empty());
}

struct Unwritable;

impl Migration for Unwritable {
    fn revision(&self) -> &str {
        "r1"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.execute("CREATE TABLE one (id BIGINT PRIMARY KEY)")?;
        operations.bulk_insert("one", [std::collections::BTreeMap::from([("id", f64::INFINITY)])])
    }
}
