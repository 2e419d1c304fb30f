//! When hooks are called, and what they hear.

use serde_json::json;

use super::LISTENING;
use super::applied;
use super::calls;
use super::configured;
use super::heard;

#[test]
fn hooks_are_called_around_the_run_and_its_steps() {
    let project = configured(LISTENING);
    project.good("upgrade");
    let steps = [
        "before_step a1",
        "after_step a1",
        "before_step b2",
        "after_step b2",
    ];
    let expected: Vec<&str> = ["before_run"]
        .into_iter()
        .chain(steps)
        .chain(["after_run"])
        .collect();
    assert_eq!(calls(&project), expected);
}

#[test]
fn where_nothing_is_done_no_hook_is_called() {
    let project = configured(LISTENING);
    for command in [
        "upgrade --sql",
        "plan",
        "status",
        "stamp heads",
        "upgrade",
        "verify",
        "downgrade base --sql --from b2",
    ] {
        project.good(command);
    }
    assert!(!project.path("heard.jsonl").exists());
}

#[test]
fn a_hook_hears_all_of_the_run() {
    let project = configured(LISTENING);
    project.good("upgrade");
    let mut heard = heard(&project);
    let run = heard[0]["run"].as_str().unwrap().to_owned();
    assert_eq!(project.json("log -n 1").1["entries"][0]["run"], json!(run));
    let steps = json!([
        {"revision": "a1", "message": "Add accounts", "tables": ["account"]},
        {"revision": "b2", "message": "Add teams", "tables": ["team"]},
    ]);
    for said in &mut heard {
        assert!(said["milliseconds"].take().is_u64());
        assert_eq!(said["run"].take(), json!(run));
        assert_eq!(said["steps"].take(), steps);
        assert_eq!(
            said["database"].take(),
            json!({"name": "shop", "url": "sqlite://app.db"})
        );
        assert_eq!(said["direction"].take(), json!("upgrade"));
    }
    assert!(heard[2]["step"]["milliseconds"].take().is_u64());
    let rest = |hook, applied, revisions, step| {
        json!({"hook": hook, "run": null, "database": null, "direction": null, "steps": null, "milliseconds": null,
            "applied": applied, "revisions": revisions, "step": step, "error": null})
    };
    let step =
        json!({"revision": "a1", "message": "Add accounts", "tables": ["account"], "milliseconds": null});
    assert_eq!(heard[0], rest("before_run", json!([]), json!([]), json!(null)));
    assert_eq!(heard[1], rest("before_step", json!([]), json!([]), step.clone()));
    assert_eq!(heard[2], rest("after_step", json!(["a1"]), json!(["a1"]), step));
    assert_eq!(
        heard[5],
        rest("after_run", json!(["a1", "b2"]), json!(["b2"]), json!(null))
    );
}

#[test]
fn a_downgrade_says_so() {
    let project = configured("");
    project.good("upgrade");
    project.write("limbeck.toml", format!("url = \"sqlite://app.db\"\n{LISTENING}"));
    project.good("downgrade a1");
    assert_eq!(
        calls(&project),
        ["before_run", "before_step b2", "after_step b2", "after_run"]
    );
    let heard = heard(&project);
    assert_eq!(heard[0]["direction"], json!("downgrade"));
    assert_eq!(heard[0]["steps"][0]["tables"], json!(["team"]));
    assert_eq!(
        (&heard[3]["applied"], &heard[3]["revisions"]),
        (&json!(["b2"]), &json!(["a1"]))
    );
}

#[test]
fn a_failure_is_heard_with_its_step_and_after_what_was_done() {
    let project = configured(LISTENING);
    project.revision(
        "c3",
        "revises b2",
        "Fail",
        "INSERT INTO account (id) VALUES (1), (1);",
        "DELETE FROM account;",
    );
    assert_eq!(project.limbeck("upgrade").code, 2);
    let calls = calls(&project);
    assert_eq!(calls[5..], ["before_step c3", "on_failure c3"]);
    let heard = heard(&project);
    let last = heard.last().unwrap();
    assert_eq!(
        (&last["applied"], &last["revisions"]),
        (&json!(["a1", "b2"]), &json!(["b2"]))
    );
    assert_eq!(last["error"]["kind"], json!("statement"));
    assert!(
        last["error"]["message"].as_str().unwrap().contains("UNIQUE"),
        "{last}"
    );
}

#[test]
fn the_tables_that_a_step_touches_are_named() {
    let project = configured("");
    project.good("upgrade");
    let cases = [
        (
            "portable",
            "UPDATE account SET id = 2 WHERE id = 1;",
            json!(["account"]),
        ),
        ("portable", "SELECT id FROM account;", json!([])),
        (
            "portable",
            "ALTER TABLE team RENAME TO club;",
            json!(["club", "team"]),
        ),
        ("portable", "CREATE INDEX ix_club ON club (id);", json!(["club"])),
        ("portable", "DROP INDEX ix_club;", json!(null)),
        (
            "portable",
            "CREATE VIEW all_clubs AS SELECT id FROM club;",
            json!(["all_clubs"]),
        ),
        (
            "portable",
            "-- limbeck:touches club\nDELETE FROM account;",
            json!(["account", "club"]),
        ),
        ("native", "UPDATE account SET id = 3;", json!(["account"])),
        ("native", "PRAGMA user_version = 3;", json!([])),
        ("native", "SELECT abs(1);", json!(null)),
        (
            "native",
            "-- limbeck:touches club\nSELECT abs(1);",
            json!(["club"]),
        ),
        ("native", "-- limbeck:touches -\nSELECT abs(1);", json!([])),
    ];
    project.write("limbeck.toml", format!("url = \"sqlite://app.db\"\n{LISTENING}"));
    let mut parent = "b2".to_owned();
    for (number, (kind, sql, expected)) in cases.into_iter().enumerate() {
        let id = format!("t{number}");
        let word = if kind == "native" { " sqlite" } else { "" };
        let text = format!(
            "-- limbeck:revision {id}\n-- limbeck:revises {parent}\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade{word}\n{sql}\n"
        );
        project.write(&format!("migrations/{id}.sql"), text);
        project.good("upgrade");
        let heard = heard(&project);
        assert_eq!(heard.last().unwrap()["steps"][0]["tables"], expected, "{sql}");
        parent = id;
    }
    assert_eq!(applied(&project), json!([parent]));
}

#[test]
fn a_password_is_not_heard() {
    let project = configured(
        "[hooks]\non_failure = [\"cat >> heard.jsonl\"]\nbefore_run = [\"env > environment; exit 1\"]\n",
    );
    // The parameter is unknown to the driver, whose error is not about the URL's value.
    project.limbeck("upgrade --url sqlite://app.db?busy_timeout=100");
    let environment = project.read("environment");
    assert!(!environment.contains("DATABASE_URL"), "{environment}");
    assert_eq!(heard(&project)[0]["error"]["kind"], json!("hook"));
}
