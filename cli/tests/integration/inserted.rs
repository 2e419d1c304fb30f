//! `verify` finds revisions that were put below applied ones.

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;

const B2: &str = "migrations/b2_add_teams.sql";

fn insert_below_b2(project: &Project) {
    project.revision(
        "x9",
        "revises a1",
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
    project.write(B2, project.read(B2).replace("revises a1", "revises x9"));
}

fn found(project: &Project) -> Vec<serde_json::Value> {
    let (_, answer) = project.json("verify");
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["kind"].clone()).collect()
}

#[test]
fn a_revision_below_an_applied_one_is_found() {
    let project = Project::with_revisions();
    project.good("upgrade");
    assert_eq!(found(&project), [json!(null); 0]);
    insert_below_b2(&project);
    assert_eq!(
        project.good("upgrade"),
        project.good("upgrade"),
        "nothing is to do"
    );
    assert_snapshot!(project.limbeck("verify").whole(), @"
    exit 1
    -- stdout
    error: revision x9 lies below b2, which is applied, and has never run here: it was put there afterwards
     --> migrations/x9_add_tags.sql:3:1
      |
    3 | -- limbeck:revision x9
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it on top, where it will run: `limbeck rebase x9`

    1 finding
    ");
}

#[test]
fn a_revision_that_runs_is_none() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    insert_below_b2(&project);
    assert_eq!(found(&project), [json!(null); 0]);
    project.good("upgrade");
    assert_eq!(found(&project), [json!(null); 0]);
}

#[test]
fn a_revision_that_was_taken_back_and_put_below_is_found() {
    let project = Project::with_revisions();
    project.revision(
        "x9",
        "revises b2",
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
    project.good("upgrade");
    project.good("downgrade b2");
    insert_below_b2(&project);
    assert_eq!(found(&project), [json!("inserted")]);
}

#[test]
fn what_was_stamped_counts_as_run() {
    let project = Project::with_revisions();
    insert_below_b2(&project);
    project.good("stamp b2");
    assert_eq!(found(&project), [json!(null); 0]);
    // Saying so for one revision says nothing of those below it.
    let project = Project::with_revisions();
    project.good("upgrade");
    project.revision(
        "c3",
        "revises b2",
        "Add notes",
        "CREATE TABLE note (id BIGINT);",
        "DROP TABLE note;",
    );
    insert_below_b2(&project);
    project.good("stamp c3");
    assert_eq!(found(&project), [json!("inserted")]);
    // Saying it of that revision does.
    project.good("stamp a1");
    project.good("stamp c3");
    assert_eq!(found(&project), [json!(null); 0]);
}

#[test]
fn what_another_tool_has_applied_counts_as_run() {
    let project = Project::with_revisions();
    let database = project.sqlite("app.db");
    database
        .execute_batch(
            "CREATE TABLE limbeck_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
             INSERT INTO limbeck_version VALUES ('b2');
             CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY);
             CREATE TABLE team (id BIGINT NOT NULL PRIMARY KEY);",
        )
        .unwrap();
    drop(database);
    project.revision(
        "c3",
        "revises b2",
        "Add notes",
        "CREATE TABLE note (id BIGINT);",
        "DROP TABLE note;",
    );
    assert_eq!(found(&project), [json!(null); 0]);
    project.good("upgrade");
    assert_eq!(found(&project), [json!(null); 0]);
    project.revision(
        "x9",
        "revises b2",
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
    let file = "migrations/c3_add_notes.sql";
    project.write(file, project.read(file).replace("revises b2", "revises x9"));
    assert_eq!(found(&project), [json!("inserted")]);
}
