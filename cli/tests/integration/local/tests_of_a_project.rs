//! `limbeck db test`.

use serde_json::json;

use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;

use crate::project::Project;
use crate::project::is;

/// What a test of a project could be: it looks for a table and keeps the URL.
const LOOKS: &str = "limbeck status --exit-code > status.txt && echo \"$LIMBECK_ENV $DATABASE_URL $TEST_DATABASE_URL\" > said.txt";

/// Runs it with the command in the path.
fn run(project: &Project, arguments: &[&str]) -> crate::project::Ran {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_limbeck"));
    let path = format!("{}:/usr/bin:/bin", binary.parent().unwrap().display());
    project.run(arguments, &[("PATH", &path)])
}

/// The URL that the tests were given.
fn told(project: &Project) -> String {
    let said = project.read("said.txt");
    let words: Vec<&str> = said.split_whitespace().collect();
    assert_eq!((words.len(), words[0]), (3, "test"), "{said}");
    assert_eq!(words[1], words[2]);
    words[1].to_owned()
}

#[test]
fn tests_run_on_a_database_that_is_gone_afterwards() {
    let project = Project::with_revisions();
    is(&project, "db test", 2, "config");
    project.write(
        "limbeck.toml",
        format!("url = \"sqlite://app.db\"\n[local]\ntest = '''{LOOKS}'''\n"),
    );
    let ran = run(&project, &["db", "test"]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let url = told(&project);
    assert!(
        project.read("status.txt").contains("b2"),
        "{}",
        project.read("status.txt")
    );
    let file = url.strip_prefix("sqlite:///").unwrap();
    assert!(!std::path::Path::new(file).parent().unwrap().exists(), "{file}");
    assert!(
        !project.path("app.db").exists(),
        "the project's own was not touched"
    );

    let failed = run(
        &project,
        &["db", "test", "--", "sh", "-c", "echo $DATABASE_URL; exit 4"],
    );
    assert_eq!(failed.code, 1, "{}", failed.err);
    assert!(
        failed.out.contains("the tests failed: exit status: 4"),
        "{}",
        failed.out
    );
    let file = failed
        .out
        .lines()
        .next()
        .unwrap()
        .strip_prefix("sqlite:///")
        .unwrap();
    assert!(!std::path::Path::new(file).parent().unwrap().exists(), "{file}");
    let nothing = run(&project, &["--json", "db", "test", "--", "no-such-program"]);
    let answer: serde_json::Value = serde_json::from_str(&nothing.out).unwrap();
    assert_eq!((nothing.code, &answer["error"]["kind"]), (2, &json!("io")));
    let passed = run(&project, &["--json", "db", "test", "--", "echo", "for people"]);
    let answer: serde_json::Value = serde_json::from_str(&passed.out).unwrap();
    assert_eq!(answer["passed"], json!(true));
    assert_eq!(passed.err, "for people\n");
}

#[test]
fn tests_do_not_run_when_the_upgrade_fails() {
    let project = Project::with_revisions();
    project.revision("c3", "revises b2", "Fail", "DROP TABLE account;", "");
    project.revision("d4", "revises c3", "Fail more", "DROP TABLE account;", "");
    let ran = run(&project, &["db", "test", "--", "touch", "ran.txt"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
    assert!(!project.path("ran.txt").exists());
}

#[test]
fn on_a_server_the_database_of_the_tests_is_dropped() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::on(engine) else {
            continue;
        };
        let project = Project::with_revisions();
        project.write(".env", format!("DATABASE_URL={}\n", database.url_text()));
        let line = format!("{LOOKS}; exit 9");
        let ran = run(&project, &["db", "test", "--", "sh", "-c", &line]);
        assert_eq!(ran.code, 1, "{engine:?}: {}{}", ran.out, ran.err);
        let url = told(&project);
        assert_ne!(url, database.url_text());
        assert!(url.contains("_test_"), "{url}");
        assert!(project.read("status.txt").contains("b2"));
        let ran = project.run(&["current", "--json", "--url", &url], &[]);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(
            answer["error"]["kind"],
            json!("no_database"),
            "{engine:?}: {answer}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_tests_and_drops_the_database() {
    use std::io::BufRead;
    use std::io::BufReader;
    use std::process::Command;

    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let project = Project::with_revisions();
        // What the shell is told it does at once, and no child of it is left.
        let line = "echo $DATABASE_URL; trap 'exit 0' INT TERM; while :; do read -r line < /dev/zero; done";
        let mut child = project.start(&["db", "test", "--", "sh", "-c", line]);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap();
        let sent = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(code));
        let file = url.strip_prefix("sqlite:///").unwrap();
        assert!(!std::path::Path::new(file).parent().unwrap().exists(), "{file}");
    }
}
