//! Signals in the middle of a statement that would never end by itself.

use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::Command;

use serde_json::json;

use crate::project::Project;

const ENDLESS: &str = "-- Never ends\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:upgrade sqlite\n\
    CREATE TABLE never AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x < 0;\n\
    -- limbeck:downgrade sqlite\nDROP TABLE never;\n";

/// Starts `upgrade` and waits until the endless step has begun.
fn begun(project: &Project) -> Child {
    project.write("migrations/c3.sql", ENDLESS);
    begun_as_it_is(project)
}

/// The same with the project's own step.
fn begun_as_it_is(project: &Project) -> Child {
    let mut child = project.start(&["upgrade", "-v"]);
    let lines = BufReader::new(child.stderr.as_mut().unwrap()).lines();
    let begun = lines
        .map(Result::unwrap)
        .any(|line| line.contains("begins: upgrade c3"));
    assert!(begun, "the step began");
    child
}

pub(crate) fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args(["-s", name, &child.id().to_string()])
        .status();
    assert!(status.unwrap().success());
}

/// What is true after a signal: the steps before are kept, the one in the middle is gone, the lock is free.
fn nothing_is_lost(project: &Project) {
    let (_, status) = project.json("status");
    assert_eq!(status["revisions"], json!(["b2"]));
    assert_eq!(status["doubt"], json!(null));
    assert_eq!(status["lock"], json!(null));
    project.write(
        "migrations/c3.sql",
        ENDLESS.replace("FROM c)", "FROM c WHERE x < 9)"),
    );
    project.good("upgrade");
    assert_eq!(project.json("current").1["revisions"], json!(["c3"]));
    project.good("downgrade base");
}

#[test]
fn another_run_is_told_who_holds_the_lock() {
    let project = Project::with_revisions();
    let mut holder = begun(&project);
    let (code, answer) = project.json("upgrade --lock-timeout 0");
    assert_eq!((code, &answer["error"]["kind"]), (3, &json!("locked")));
    let (_, status) = project.json("status");
    assert_eq!(status["lock"]["pid"], json!(holder.id()));

    let mut waiter = project.start(&["upgrade"]);
    let mut lines = BufReader::new(waiter.stderr.as_mut().unwrap()).lines();
    let told = lines.next().unwrap().unwrap();
    let process = format!("process {}", holder.id());
    assert!(
        told.starts_with("waiting for the migration lock") && told.contains(&process),
        "{told}"
    );
    signal(&waiter, "TERM");
    assert_eq!(waiter.wait().unwrap().code(), Some(143), "waiting can be stopped");

    signal(&holder, "INT");
    assert_eq!(holder.wait().unwrap().code(), Some(130));
    nothing_is_lost(&project);
}

#[test]
fn ctrl_c_stops_the_statement() {
    let project = Project::with_revisions();
    let mut child = begun(&project);
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
    nothing_is_lost(&project);
}

#[test]
fn a_termination_stops_the_statement_and_is_recorded() {
    let project = Project::with_revisions();
    let mut child = begun(&project);
    signal(&child, "TERM");
    assert_eq!(child.wait().unwrap().code(), Some(143));
    let (_, log) = project.json("log -n 1");
    assert_eq!(log["entries"][0]["revision"], json!("c3"));
    assert_eq!(log["entries"][0]["event"], json!("failed"));
    nothing_is_lost(&project);
}

#[test]
fn a_kill_leaves_a_database_that_the_next_upgrade_finishes() {
    let project = Project::with_revisions();
    let mut child = begun(&project);
    child.kill().unwrap();
    child.wait().unwrap();
    nothing_is_lost(&project);
}

#[test]
fn ctrl_c_stops_the_rows_of_a_file() {
    let project = Project::with_revisions();
    let rows: String = (1..=1_000_000).map(|id| format!("{id}\n")).collect();
    project.write("migrations/rows.csv", format!("id\n{rows}"));
    let load = "-- limbeck:load rows.csv into account";
    project.revision("c3", "revises b2", "Many", load, "DELETE FROM account;");
    let mut child = begun_as_it_is(&project);
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));

    let (_, status) = project.json("status");
    assert_eq!(status["revisions"], json!(["b2"]));
    assert_eq!((&status["doubt"], &status["lock"]), (&json!(null), &json!(null)));
    project.write("migrations/rows.csv", "id\n1\n");
    project.good("upgrade");
    project.good("downgrade base");
}
