//! Sections in SQLite's own SQL.

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;

use super::*;

const TABLES: &str = "-- limbeck:upgrade sqlite\nCREATE TABLE parent (id INTEGER PRIMARY KEY);\n\
                      CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id) ON DELETE CASCADE);\n\
                      INSERT INTO parent VALUES (1);\nINSERT INTO child VALUES (1, 1);\n";

/// A rebuild as somebody writes it by hand.
const REBUILD: &str = "-- limbeck:upgrade sqlite\nPRAGMA foreign_keys=off;\nCREATE TABLE new (id INTEGER PRIMARY KEY, name TEXT);\n\
                       INSERT INTO new (id) SELECT id FROM parent;\nDROP TABLE parent;\n\
                       ALTER TABLE new RENAME TO parent;\nPRAGMA foreign_keys=on;\n";

/// Inside the transaction of a step SQLite would not hear the first line, and the rows of the child would go.
#[tokio::test]
async fn foreign_keys_are_off_where_a_section_says_so() {
    let project = Project::new();
    let migrator = project.migrator(&[("a1", "", TABLES), ("b2", "a1", REBUILD)]);
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(project.rows("SELECT id, parent FROM child"), ["1|1"]);
    // The next step has them again.
    let delete = "-- limbeck:upgrade sqlite\nDELETE FROM parent;\n";
    let migrator = project.migrator(&[("a1", "", TABLES), ("b2", "a1", REBUILD), ("c3", "b2", delete)]);
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert!(project.rows("SELECT id FROM child").is_empty());
}

#[tokio::test]
async fn what_a_section_leaves_without_its_row_stops_it() {
    let project = Project::new();
    let wrong = REBUILD.replace("SELECT id FROM parent", "SELECT 2");
    let migrator = project.migrator(&[("a1", "", TABLES), ("b2", "a1", &wrong)]);
    let error = migrator.upgrade("heads", &mut Ignore).await.unwrap_err();
    assert!(matches!(error, EngineError::Guard { .. }), "{error}");
    assert_eq!(project.rows("SELECT id FROM parent"), ["1"]);
    assert_eq!(project.versions(), ["a1"]);
}
