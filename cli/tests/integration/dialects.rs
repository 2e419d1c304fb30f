//! Revisions for databases that are not at hand.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;

fn project(dialects: &str) -> Project {
    let project = Project::new();
    let path = project.path("limbeck.toml");
    let text = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, format!("dialects = {dialects}\n{text}")).unwrap();
    project.revision(
        "a1",
        "",
        "Add jobs",
        "CREATE TABLE job (id BIGINT PRIMARY KEY, state VARCHAR(20));\n\
         CREATE INDEX ix_job_state ON job (state) WHERE state <> 'done';",
        "DROP TABLE job;",
    );
    project.revision(
        "b2",
        "revises a1",
        "Rename the state",
        "ALTER TABLE job RENAME COLUMN state TO phase;\nALTER TABLE job ALTER COLUMN phase SET DATA TYPE TEXT;",
        "ALTER TABLE job ALTER COLUMN phase SET DATA TYPE VARCHAR(20);\nALTER TABLE job RENAME COLUMN phase TO state;",
    );
    project
}

#[test]
fn what_a_named_dialect_cannot_do_is_found_without_its_database() {
    assert_eq!(project("[]").json("verify"), (0, json!({"findings": []})));
    assert_eq!(
        project("[\"sqlite\", \"postgres\"]").json("verify"),
        (0, json!({"findings": []}))
    );
    let project = project("[\"mysql\", \"mariadb\"]");
    let found = project.limbeck("verify");
    assert_eq!(found.code, 1);
    assert_snapshot!(found.out, @"
    error: mysql cannot index a part of the rows (ix_job_state)
     --> migrations/a1_add_jobs.sql:9:1
      |
    9 | CREATE INDEX ix_job_state ON job (state) WHERE state <> 'done';
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: leave the WHERE out, or keep the index from it with a section of its own

    error: mysql cannot make the index ix_job_state of the table job: the text or document of the column phase has no bound
      --> migrations/b2_rename_the_state.sql:10:1
       |
    10 | ALTER TABLE job ALTER COLUMN phase SET DATA TYPE TEXT;
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: give the column the type VARCHAR(n) with n of at most 768

    error: mariadb cannot index a part of the rows (ix_job_state)
     --> migrations/a1_add_jobs.sql:9:1
      |
    9 | CREATE INDEX ix_job_state ON job (state) WHERE state <> 'done';
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: leave the WHERE out, or keep the index from it with a section of its own

    error: mariadb cannot make the index ix_job_state of the table job: the text or document of the column phase has no bound
      --> migrations/b2_rename_the_state.sql:10:1
       |
    10 | ALTER TABLE job ALTER COLUMN phase SET DATA TYPE TEXT;
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: give the column the type VARCHAR(n) with n of at most 768

    4 findings
    ");
}

#[test]
fn a_dialect_that_nobody_writes_is_refused() {
    let refused = project("[\"mysql\", \"oracle\"]").limbeck("verify");
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_snapshot!(refused.err, @"
    error: no driver of this build writes the dialect `oracle`
      help: this build writes sqlite, postgres, mysql, mariadb
      help: `dialects` in limbeck.toml names it
    ");
}

#[test]
fn a_downgrade_that_is_derived_hides_nothing_of_its_upgrade() {
    let project = Project::new();
    fs::write(project.path("limbeck.toml"), "dialects = [\"mysql\"]\n").unwrap();
    project.revision(
        "a1",
        "",
        "Add codes",
        "CREATE TABLE code (id BIGINT PRIMARY KEY, text CHAR(300));",
        "",
    );
    let (code, found) = project.json("verify");
    assert_eq!(code, 1, "{found}");
    assert_eq!(found["findings"][0]["kind"], "unsupported");
    assert_eq!(
        found["findings"][0]["message"],
        "mysql cannot store a CHAR(300): the longest is CHAR(255)"
    );
}
