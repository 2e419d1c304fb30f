//! Hooks that fail, and what is in the database then.

use std::process::Command;

use insta::assert_snapshot;
use serde_json::json;

use super::applied;
use super::calls;
use super::configured;
use crate::project::WAITS;
use crate::project::filtered;
use crate::project::finish;
use crate::project::is;
use crate::signals::signal;

const TELL: &str = "on_failure = [\"cat >> heard.jsonl\"]\n";

#[test]
fn a_hook_that_fails_before_the_run_keeps_everything_from_it() {
    let project = configured(&format!(
        "[hooks]\nbefore_run = [\"exit 3\", \"cat >> heard.jsonl\"]\n{TELL}"
    ));
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: the command `exit 3` of hooks.before_run failed before the run: it ended with exit status: 3
      help: no revision was applied; run the same command again when that is put right
    ")
    });
    assert_eq!(calls(&project), ["on_failure"], "the second command is not run");
    assert_eq!(applied(&project), json!([]));
    is(&project, "upgrade", 2, "hook");
    let (_, log) = project.json("log");
    assert_eq!(log["entries"], json!([]), "nothing was intended");
}

#[test]
fn a_hook_that_fails_before_a_step_keeps_what_was_done() {
    let stops = "before_step = [\"cat > step; if grep -q 'before_step.*\\\"step\\\":{\\\"revision\\\":\\\"b2' step; then exit 1; fi\"]\n";
    let project = configured(&format!("[hooks]\n{stops}{TELL}"));
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @r#"
    exit 2
    -- stderr
    upgrade a1 Add accounts ([duration])
    error: the command `cat > step; if grep -q 'before_step.*"step":{"revision":"b2' step; then exit 1; fi` of hooks.before_step failed before the upgrade of b2: it ended with exit status: 1
      help: this run had applied 1 revision, up to a1; the same command goes on from there
    "#)
    });
    assert_eq!(calls(&project), ["on_failure b2"]);
    assert_eq!(applied(&project), json!(["a1"]));
    project.write("limbeck.toml", "url = \"sqlite://app.db\"\n");
    project.good("upgrade");
    assert_eq!(applied(&project), json!(["b2"]));
}

#[test]
fn a_hook_that_fails_after_something_is_told_of() {
    let project = configured("[hooks]\nafter_step = [\"exit 4\"]\nafter_run = [\"exit 5\"]\n");
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade a1").whole(), @"
    exit 1
    -- stdout
    1 revision applied; the database is at a1; 2 hooks failed
    -- stderr
    upgrade a1 Add accounts ([duration])
    warning: the command `exit 4` of hooks.after_step failed after the upgrade of a1: it ended with exit status: 4
    warning: the command `exit 5` of hooks.after_run failed after the run: it ended with exit status: 5
    ")
    });
    assert_eq!(applied(&project), json!(["a1"]));
    let (code, answer) = project.json("upgrade");
    assert_eq!(code, 1);
    assert_eq!(
        answer["hook_failures"],
        json!([
            {"hook": "the command `exit 4` of hooks.after_step", "when": "after the upgrade of b2", "message": "it ended with exit status: 4"},
            {"hook": "the command `exit 5` of hooks.after_run", "when": "after the run", "message": "it ended with exit status: 5"},
        ])
    );
    assert_snapshot!(project.limbeck("downgrade base -q").whole(), @"
    exit 1
    -- stdout
    2 revisions taken back; the database is at base; 3 hooks failed
    ");
}

#[test]
fn a_hook_that_fails_hides_nothing_of_the_run() {
    let project = configured("[hooks]\non_failure = [\"exit 6\"]\n");
    project.revision(
        "c3",
        "revises b2",
        "Fail",
        "INSERT INTO account (id) VALUES (1), (1);",
        "DELETE FROM account;",
    );
    let (code, answer) = project.json("upgrade");
    assert_eq!((code, &answer["error"]["kind"]), (2, &json!("statement")));
    let hints = answer["error"]["hints"].as_array().unwrap();
    let told = "and the command `exit 6` of hooks.on_failure failed after the failure of the run: it ended with exit status: 6";
    assert!(hints.contains(&json!(told)), "{answer}");
    assert_eq!(applied(&project), json!(["b2"]));
}

#[test]
fn a_command_that_does_not_exist_is_a_failure() {
    let project = configured("[hooks]\nbefore_run = [\"./nowhere\"]\n");
    let ran = project.limbeck("upgrade");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("it ended with exit status: 127"),
        "{}",
        ran.whole()
    );
    assert_eq!(applied(&project), json!([]));
}

#[test]
fn a_command_that_runs_too_long_is_ended_with_all_it_has_started() {
    let project = configured(
        "[hooks]\nbefore_run = [\"echo $$ > pid; (sleep 600; touch late) | cat\"]\ntimeout = \"500ms\"\n",
    );
    let ran = project.limbeck("upgrade");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("it ran longer than 500 ms, and was ended"),
        "{}",
        ran.whole()
    );
    assert!(ran.err.contains("`timeout` in [hooks]"), "{}", ran.whole());
    let group = project.read("pid");
    let left = Command::new("ps")
        .args(["-e", "-o", "pgid=,stat="])
        .output()
        .unwrap();
    let left = String::from_utf8(left.stdout).unwrap();
    // Who has ended stands there until somebody asks what became of it.
    let lives = |line: &str| {
        let mut words = line.split_whitespace();
        words.next() == Some(group.trim()) && words.next().is_some_and(|state| !state.starts_with('Z'))
    };
    assert!(!left.lines().any(lives), "nothing of the group is left");
    assert_eq!(applied(&project), json!([]));
}

#[test]
fn ctrl_c_ends_a_hook_before_something() {
    let project = configured(&format!("[hooks]\nbefore_step = [\"{WAITS}\"]\n{TELL}"));
    let child = project.begun(&["upgrade"]);
    signal(&child, "INT");
    let ran = finish(child);
    assert_eq!(ran.code, 130, "{}", ran.whole());
    assert_eq!(calls(&project), ["on_failure a1"]);
    assert_eq!(applied(&project), json!([]));
    assert_eq!(project.json("status").1["lock"], json!(null));
}

#[test]
fn ctrl_c_lets_a_hook_finish_that_is_told_of_what_has_happened() {
    let project = configured(&format!(
        "[hooks]\nafter_step = [\"{WAITS}; touch told\"]\n{TELL}"
    ));
    let child = project.begun(&["upgrade"]);
    signal(&child, "INT");
    project.write("go", "");
    let ran = finish(child);
    assert_eq!(ran.code, 130, "{}", ran.whole());
    assert!(project.path("told").exists());
    assert_eq!(applied(&project), json!(["a1"]));
}

#[test]
fn ctrl_c_twice_ends_it() {
    let project = configured(&format!("[hooks]\nafter_step = [\"{WAITS}; touch told\"]\n"));
    let child = project.begun(&["upgrade"]);
    signal(&child, "INT");
    signal(&child, "TERM");
    let ran = finish(child);
    assert!(ran.err.contains("it was interrupted"), "{}", ran.whole());
    assert!(!project.path("told").exists());
    assert_eq!(applied(&project), json!(["a1"]));
}

#[test]
fn after_a_kill_in_a_hook_the_next_run_goes_on() {
    for hook in ["before_run", "before_step", "after_step", "after_run"] {
        let project = configured(&format!("[hooks]\n{hook} = [\"{WAITS}\"]\n"));
        let mut child = project.begun(&["upgrade"]);
        child.kill().unwrap();
        child.wait().unwrap();
        project.write("go", "");
        assert_eq!(project.json("status").1["doubt"], json!(null), "{hook}");
        project.good("upgrade");
        assert_eq!(applied(&project), json!(["b2"]), "{hook}");
        let (_, log) = project.json("log");
        let done = log["entries"].as_array().unwrap().iter();
        let done = done.filter(|entry| entry["event"] == "done" && entry["direction"] == "upgrade");
        assert_eq!(done.count(), 2, "{hook}: each step once");
    }
}
