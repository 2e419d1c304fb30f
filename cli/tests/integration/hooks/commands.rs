//! Commands that read nothing, write much, or run beside another run.

use serde_json::json;

use super::applied;
use super::configured;
use super::heard;
use crate::project::finish;

/// So many revisions that what a hook hears has no room in a pipe.
fn many(configuration: &str) -> crate::project::Project {
    let project = configured(configuration);
    let mut parent = "b2".to_owned();
    for number in 0..2000 {
        let id = format!("r{number}");
        let text = format!(
            "-- Revision {number}\n-- limbeck:revision {id}\n-- limbeck:revises {parent}\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade\nSELECT id FROM account;\n"
        );
        project.write(&format!("migrations/{id}.sql"), text);
        parent = id;
    }
    project
}

#[test]
fn a_command_need_not_read_what_it_is_told() {
    let project = many(
        "[hooks]\nbefore_run = [\"true\", \"sleep 0.1\", \"exec <&-; sleep 0.1\", \"head -c 1 > /dev/null\", \"cat > heard.jsonl\"]\n",
    );
    project.good("upgrade +1");
    let steps = heard(&project)[0]["steps"].as_array().unwrap().len();
    assert_eq!(steps, 1);
    project.good("upgrade");
    assert!(
        project.read("heard.jsonl").len() > 65536,
        "it is more than a pipe holds"
    );
    assert_eq!(heard(&project)[0]["steps"].as_array().unwrap().len(), 2001);
}

/// What it leaves behind has its standard input open.
#[test]
fn a_command_that_leaves_something_running_is_over_all_the_same() {
    let project = many("[hooks]\nbefore_run = [\"sleep 600 > /dev/null 2>&1 & echo $! > pid\"]\n");
    project.good("upgrade");
    let pid = project.read("pid");
    let ended = std::process::Command::new("kill")
        .arg(pid.trim())
        .status()
        .unwrap();
    assert!(ended.success(), "it was still running");
}

#[test]
fn ten_megabytes_of_output_are_no_obstacle() {
    let project = configured(
        "[hooks]\nbefore_run = [\"head -c 10000000 /dev/zero | tr '\\\\0' x\"]\nafter_run = [\"head -c 10000000 /dev/zero | tr '\\\\0' y >&2\"]\n",
    );
    let ran = project.limbeck("upgrade");
    assert_eq!(ran.code, 0);
    assert_eq!(ran.out, "2 revisions applied; the database is at b2\n");
    let count = |letter| ran.err.matches(letter).count();
    assert!(count("xxxxx") >= 2_000_000 && count("yyyyy") >= 2_000_000);
}

#[test]
fn a_command_runs_in_the_folder_of_the_configuration() {
    let project = configured("[hooks]\nbefore_run = [\"pwd > where\"]\n");
    std::fs::create_dir(project.path("inside")).unwrap();
    let ran = project.run_in("inside", &["upgrade"], &[("PATH", "/usr/bin:/bin")]);
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let folder = project.path("").canonicalize().unwrap();
    assert_eq!(project.read("where").trim_end(), folder.display().to_string());
}

/// A hook may look at the database that is about to change, and sees who changes it.
#[test]
fn a_command_may_look_at_the_database() {
    let limbeck = env!("CARGO_BIN_EXE_limbeck");
    let project = configured(&format!(
        "[hooks]\nbefore_step = [\"{limbeck} status --json > status.json\"]\n"
    ));
    project.good("upgrade a1");
    let status: serde_json::Value = serde_json::from_str(&project.read("status.json")).unwrap();
    assert_eq!(status["pending"], json!(["a1", "b2"]));
    assert!(
        status["lock"]["pid"].is_u64() && status["doubt"].is_null(),
        "{status}"
    );
}

#[test]
fn of_two_processes_one_has_hooks_to_call() {
    let project =
        configured("[hooks]\nbefore_run = [\"cat >> heard.jsonl\"]\nafter_step = [\"cat >> heard.jsonl\"]\n");
    let children: Vec<_> = (0..4).map(|_| project.start(&["upgrade"])).collect();
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}", ran.whole());
    }
    assert_eq!(
        super::calls(&project),
        ["before_run", "after_step a1", "after_step b2"]
    );
    assert_eq!(applied(&project), json!(["b2"]));
}

#[test]
fn what_is_wrong_in_the_configuration_is_named() {
    for (text, says) in [
        ("[hooks]\ntimeout = \"soon\"\n", "hooks.timeout"),
        ("[hooks]\nbefore_runs = []\n", "before_run"),
        ("[backup]\nfile = \"backup\"\n", "backup.file"),
        ("[backup]\nfile = \"../{time}\"\n", "backup.file"),
        ("[backup]\ntimeout = \"1\"\n", "backup.timeout"),
        (
            "[metrics]\nfile = \"m.prom\"\n[databases.a]\n[databases.b]\n",
            "metrics.file",
        ),
    ] {
        let project = configured(text);
        let ran = project.limbeck("status");
        assert_eq!(ran.code, 2, "{text}");
        assert!(ran.err.contains(says), "{text}: {}", ran.whole());
    }
}
