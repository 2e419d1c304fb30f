//! What people and programs have to say about a revision that is generated.

use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Schema;
use limbeck_sqlite::Sqlite;

use super::project;
use crate::project::Project;
use crate::project::kind;

const MODELS: &str =
    "CREATE TABLE account (id BIGINT PRIMARY KEY);\nCREATE TABLE audit (id BIGINT PRIMARY KEY);\n";

/// A command that leaves tables of one name to somebody else.
fn with_hook(project: &Project, arguments: &[&str]) -> Exit {
    let spare = |operations: &mut Vec<Operation>, _: &Schema| {
        operations.retain(|operation| operation.table().is_none_or(|table| table.as_str() != "audit"));
        operations.retain(
            |operation| !matches!(operation, Operation::CreateTable(table) if table.name.as_str() == "audit"),
        );
    };
    let call = Invocation::of_process()
        .arguments(arguments)
        .environment(Environment::default())
        .directory(project.path(""))
        .streams(std::io::sink(), std::io::sink());
    Cli::bare().driver(Sqlite).rewrite(spare).run_with(call)
}

#[test]
fn a_program_filters_what_is_found() {
    let project = project(MODELS);
    assert_eq!(
        with_hook(&project, &["revision", "--autogenerate", "--rev-id", "a1"]),
        Exit::Success
    );
    project.good("upgrade");
    assert_eq!(with_hook(&project, &["check"]), Exit::Success);
    let ran = project.limbeck("check");
    assert_eq!(
        ran.code,
        1,
        "without the hook the table is missing: {}",
        ran.whole()
    );
    assert!(
        ran.out.contains("audit") && !ran.out.contains("account"),
        "{}",
        ran.whole()
    );
}

#[test]
fn a_command_runs_after_a_file_is_written() {
    let project = project(MODELS);
    let configured = |command: &str| {
        project.write(
            "limbeck.toml",
            format!(
                "url = \"sqlite://app.db\"\npost_write = ['{command}']\n[models]\nfile = \"schema.sql\"\n"
            ),
        );
    };
    configured("tr A-Z a-z < {} > lower.sql; echo said");
    let path = project.good("revision --autogenerate --rev-id a1");
    assert_eq!(path.lines().count(), 1, "what it says is no answer: {path}");
    assert!(project.read("lower.sql").contains("create table account"));
    configured("exit 3");
    let ran = project.limbeck("revision -m Other --rev-id b2");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("`exit 3`") && ran.err.contains("the file stays"),
        "{}",
        ran.whole()
    );
    assert_eq!(
        kind(&project, "revision -m More --rev-id c3"),
        (2, "io".to_owned())
    );
}

#[test]
fn names_that_are_ignored_are_no_difference() {
    let project = project(MODELS);
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\n[models]\nfile = \"schema.sql\"\nignore = [\"table:aud*\"]\n",
    );
    project.good("revision --autogenerate --rev-id a1");
    let ran = project.limbeck("check");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.out.contains("(1 more are ignored)"), "{}", ran.whole());
    let ran = project.limbeck("revision --autogenerate -v");
    assert!(
        ran.err.contains("  table account\n") && ran.err.contains("  table audit (ignored)\n"),
        "{}",
        ran.whole()
    );
    project.write("limbeck.toml", "[models]\nignore = [\"tabel:x\"]\n");
    assert_eq!(kind(&project, "check"), (2, "config".to_owned()));
}

/// A terminal, by the program `script` of util-linux.
#[cfg(target_os = "linux")]
#[test]
fn somebody_at_a_terminal_is_asked_about_new_names() {
    use std::io::Write;
    use std::process::Command;
    use std::process::Stdio;

    if Command::new("script").arg("--version").output().is_err() {
        return limbeck_testkit::skip_for_want_of("script", "script of util-linux is not installed");
    }
    let answered = |answer: &str| {
        let project = project("CREATE TABLE account (id BIGINT PRIMARY KEY, mail TEXT);\n");
        project.good("revision --autogenerate --rev-id a1");
        project.write(
            "schema.sql",
            "CREATE TABLE account (id BIGINT PRIMARY KEY, email TEXT);\n",
        );
        let line = format!(
            "{} revision --autogenerate --rev-id b2 -m Change",
            env!("CARGO_BIN_EXE_limbeck")
        );
        let mut terminal = Command::new("script")
            .args(["-qec", &line, "/dev/null"])
            .current_dir(project.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        terminal
            .stdin
            .take()
            .unwrap()
            .write_all(answer.as_bytes())
            .unwrap();
        let said = terminal.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(said.contains("is it a new name for the same"), "{said}");
        project.read("migrations/b2_change.sql")
    };
    assert!(answered("perhaps\ny\n").contains("RENAME COLUMN mail TO email"));
    let dropped = answered("n\n");
    assert!(
        dropped.contains("DROP COLUMN mail") && dropped.contains("ADD COLUMN email"),
        "{dropped}"
    );
}
