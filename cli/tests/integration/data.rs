//! `verify --data`: what is wrong with the rows.

use insta::assert_snapshot;
use limbeck_sqlite::rusqlite::Connection;
use serde_json::json;

use crate::project::Project;
use crate::project::is;

/// A project at its heads: accounts, and teams that refer to them.
fn migrated() -> Project {
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Add accounts",
        "CREATE TABLE account (id BIGINT PRIMARY KEY, name VARCHAR(50) NOT NULL,\n\
         CONSTRAINT ck_account_name CHECK (name <> ''));",
        "DROP TABLE account;",
    );
    project.revision(
        "b2",
        "revises a1",
        "Add teams",
        "CREATE TABLE team (id BIGINT PRIMARY KEY, lead BIGINT, CONSTRAINT fk_team_lead FOREIGN KEY (lead) REFERENCES account (id));",
        "DROP TABLE team;",
    );
    project.good("upgrade");
    write(
        &project,
        "INSERT INTO account VALUES (1, 'Ann'), (2, 'Bob'); INSERT INTO team VALUES (1, 1), (2, NULL)",
    );
    project
}

/// Writes rows as a program does that enforces nothing.
fn write(project: &Project, sql: &str) {
    let database = Connection::open(project.path("app.db")).unwrap();
    let unenforced = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;";
    database.execute_batch(&format!("{unenforced} {sql}")).unwrap();
}

#[test]
fn rows_that_break_nothing_are_no_findings() {
    let project = migrated();
    assert_snapshot!(project.good("verify --data"), @"nothing found");
    assert_eq!(project.json("verify --data"), (0, json!({"findings": []})));
}

#[test]
fn rows_that_break_constraints_are_found_when_they_are_asked_for() {
    let project = migrated();
    write(
        &project,
        "DELETE FROM account WHERE id = 1; INSERT INTO account VALUES (3, '');
         INSERT INTO team VALUES (4, 7), (5, 7), (6, 8)",
    );
    let before = std::fs::read(project.path("app.db")).unwrap();
    assert_snapshot!(project.good("verify"), @"nothing found");
    assert_snapshot!(project.limbeck("verify --data").whole(), @r#"
    exit 1
    -- stdout
    error: `account`: the check ck_account_name ("name" <> '') does not hold in 1 row: id = 3
      help: these are the rows: `SELECT * FROM "account" WHERE NOT ("name" <> '')`
      help: correct these rows, or change the check

    error: `team`: the foreign key fk_team_lead (lead) refers to no row of account (id) in 4 rows: id = 1; id = 4; id = 5; …
      help: these are the rows: `SELECT * FROM "team" AS child WHERE typeof(child."lead") <> 'null' AND NOT EXISTS (SELECT 1 FROM "account" AS parent WHERE parent."id" = child."lead")`
      help: write the rows that account (id) lacks, or correct or delete those that refer to them

    2 findings
    "#);
    let (code, answer) = project.json("verify --data");
    assert_eq!(code, 1);
    assert_eq!(
        answer["findings"][1],
        json!({
            "kind": "orphan",
            "file": null,
            "line": null,
            "message": "`team`: the foreign key fk_team_lead (lead) refers to no row of account (id) in 4 rows: id = 1; \
                        id = 4; id = 5; …",
            "data": {
                "table": "team",
                "constraint": "foreign key fk_team_lead (lead)",
                "refers_to": "account (id)",
                "rows": 4,
                "examples": ["id = 1", "id = 4", "id = 5"],
                "detail": null,
                "query": "SELECT * FROM \"team\" AS child WHERE typeof(child.\"lead\") <> 'null' AND NOT EXISTS \
                          (SELECT 1 FROM \"account\" AS parent WHERE parent.\"id\" = child.\"lead\")",
            },
        })
    );
    assert_eq!(std::fs::read(project.path("app.db")).unwrap(), before);
    assert_eq!(project.json("verify"), (0, json!({"findings": []})));
}

#[test]
fn the_rows_come_after_what_is_wrong_with_the_files() {
    let project = migrated();
    write(&project, "INSERT INTO team VALUES (4, 7)");
    let file = "migrations/b2_add_teams.sql";
    let text = project.read(file);
    project.write(file, text.replace("lead BIGINT,", "lead BIGINT, note TEXT,"));
    let (code, answer) = project.json("verify --data");
    let kinds: Vec<&str> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect();
    assert_eq!((code, kinds), (1, vec!["changed", "orphan"]));
    project.write(file, text.replace("limbeck:revises", "limbeck:revised"));
    let ran = project.limbeck("verify --data");
    assert_eq!(ran.code, 1);
    assert_snapshot!(ran.err, @"note: the data was not looked at: the files come first");
}

#[test]
fn without_a_database_there_is_nothing_to_look_at() {
    let project = Project::new();
    project.write("limbeck.toml", "");
    assert_eq!(project.limbeck("verify").code, 0);
    is(&project, "verify --data", 2, "url");
}

/// The example of the page about revision files.
#[test]
fn an_assertion_that_finds_rows_is_shown_with_the_first() {
    let project = migrated();
    project.revision(
        "c3",
        "revises b2",
        "Give every team a lead",
        "ALTER TABLE team ADD COLUMN motto VARCHAR(100);\n-- limbeck:assert SELECT id FROM team WHERE motto IS NULL",
        "ALTER TABLE team DROP COLUMN motto;",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: upgrade of c3 failed: the assertion found 2 rows, the first is id = 1
      --> migrations/c3_give_every_team_a_lead.sql:10:19
       |
    10 | -- limbeck:assert SELECT id FROM team WHERE motto IS NULL
       |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: nothing of c3 was kept; nothing else was applied
    ");
    is(&project, "upgrade", 2, "assertion");
    assert_eq!(project.json("current").1, json!({"revisions": ["b2"]}));
}
