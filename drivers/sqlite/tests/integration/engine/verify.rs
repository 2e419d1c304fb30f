//! What `verify` finds by replaying the history.

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
