//! What is tested, and how it is told.

use super::project;
use crate::project::is;

/// Above accounts, a revision without way back for a row, and one that is right.
fn with_a_fault() -> crate::project::Project {
    let project = project();
    project.revision(
        "b2",
        "revises a1",
        "Names",
        "ALTER TABLE account ADD COLUMN name VARCHAR(50); ALTER TABLE account ALTER COLUMN mail DROP NOT NULL;",
        "ALTER TABLE account ALTER COLUMN mail SET NOT NULL; ALTER TABLE account DROP COLUMN name;",
    );
    project.revision(
        "c3",
        "revises b2",
        "Teams",
        "CREATE TABLE team (id BIGINT PRIMARY KEY);",
        "DROP TABLE team;",
    );
    project
}

#[test]
fn revisions_are_chosen() {
    let project = with_a_fault();
    let tested = |arguments: &str| {
        let (code, answer) = project.json(arguments);
        let reports = answer["revisions"].as_array().unwrap().clone();
        let ids = reports.iter().map(|report| report["revision"].as_str().unwrap());
        (code, ids.collect::<Vec<_>>().join(" "))
    };
    assert_eq!(tested("test"), (1, "a1 b2 c3".to_owned()));
    assert_eq!(tested("test b2"), (1, "b2".to_owned()));
    assert_eq!(tested("test c3"), (0, "c3".to_owned()));
    assert_eq!(tested("test head a1"), (0, "a1 c3".to_owned()));
    assert_eq!(tested("test b2:c3"), (1, "b2 c3".to_owned()));
    assert_eq!(tested("test --only heads,offline"), (0, String::new()));
    is(&project, "test nowhere", 2, "target");
}

#[test]
fn rows_and_checks_are_left_out() {
    let project = with_a_fault();
    for (arguments, code) in [
        ("test --no-rows", 0),
        ("test --skip downgrade", 0),
        ("test --only upgrade", 0),
        ("test --only downgrade", 1),
    ] {
        assert_eq!(project.limbeck(arguments).code, code, "{arguments}");
    }
    let ran = project.limbeck("test --skip speed");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("the checks are heads, models"),
        "{}",
        ran.whole()
    );
}

#[test]
fn two_heads_and_other_models_are_found() {
    let project = project();
    for id in ["b2", "c3"] {
        let (up, down) = (
            format!("CREATE TABLE {id} (id BIGINT PRIMARY KEY);"),
            format!("DROP TABLE {id};"),
        );
        project.revision(id, "revises a1", "Add a table", &up, &down);
    }
    project.write("schema.sql", "CREATE TABLE b2 (id BIGINT PRIMARY KEY);\n");
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\n[models]\nfile = \"schema.sql\"\n",
    );
    let (code, answer) = project.json("test");
    assert_eq!(code, 1);
    let history = answer["history"].as_array().unwrap();
    let kinds: Vec<&str> = history
        .iter()
        .flat_map(|check| check["findings"].as_array().unwrap())
        .map(|finding| finding["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["several_heads", "models_differ"], "{answer:#}");
    assert!(answer.to_string().contains("DROP TABLE account"), "{answer:#}");
    assert_eq!(project.limbeck("test --skip heads,models").code, 0);
}

#[test]
fn a_loss_that_is_said_is_a_note() {
    let project = project();
    project.revision(
        "b2",
        "revises a1",
        "One mail for all",
        "UPDATE account SET mail = 'a' || mail;",
        "-- limbeck:loses_data the old mails\nUPDATE account SET mail = 'b' || mail;",
    );
    let (code, answer) = project.json("test");
    assert_eq!(code, 0, "{answer:#}");
    let notes = answer["revisions"][1]["notes"].to_string();
    assert!(
        notes.contains("as it says") && notes.contains("mail = 'v1'"),
        "{notes}"
    );
}

#[test]
fn an_assertion_is_the_revisions_own_rule() {
    let project = project();
    project.revision(
        "b2",
        "revises a1",
        "Expect nobody",
        "-- limbeck:assert SELECT id FROM account\nCREATE TABLE team (id BIGINT PRIMARY KEY);",
        "DROP TABLE team;",
    );
    let (code, answer) = project.json("test");
    assert_eq!(code, 0, "{answer:#}");
    let notes = answer["revisions"][1]["notes"].to_string();
    assert!(notes.contains("tested on empty tables"), "{notes}");
}

#[test]
fn the_result_is_written_as_junit() {
    let project = with_a_fault();
    assert_eq!(project.limbeck("test --junit result.xml").code, 1);
    let text = project.read("result.xml");
    assert!(
        text.contains("tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"0\""),
        "{text}"
    );
    assert!(
        text.contains("<failure type=\"downgrade_fails_with_rows\""),
        "{text}"
    );
    let ran = project.limbeck("test a1 --junit nowhere/result.xml");
    assert_eq!(ran.code, 2, "{}", ran.whole());
    assert!(ran.err.contains("result.xml"), "{}", ran.whole());
}

#[test]
fn the_database_is_not_touched() {
    let project = with_a_fault();
    project.good("upgrade b2");
    project
        .sqlite("app.db")
        .execute_batch("INSERT INTO account (mail) VALUES ('ann')")
        .unwrap();
    let before = std::fs::read(project.path("app.db")).unwrap();
    assert_eq!(project.limbeck("test").code, 1);
    assert_eq!(std::fs::read(project.path("app.db")).unwrap(), before);
}
