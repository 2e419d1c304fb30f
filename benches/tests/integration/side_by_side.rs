//! `limbeck-bench` on SQLite, with small sizes.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

use limbeck_benches::outcome::Results;
use limbeck_benches::outcome::Role;
use limbeck_benches::report::json;

/// The command as this workspace has it, beside the program that is tested. Cargo builds it for the tests of the command,
/// though not for those of this package alone.
fn limbeck() -> PathBuf {
    let bench = Path::new(env!("CARGO_BIN_EXE_limbeck-bench"));
    let limbeck = bench.with_file_name(format!("limbeck{}", std::env::consts::EXE_SUFFIX));
    if !limbeck.exists() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--package", "limbeck-cli", "--bin", "limbeck"]);
        assert!(build.status().unwrap().success());
    }
    limbeck
}

fn bench(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck-bench"));
    command.args(arguments).output().unwrap()
}

fn has_sqlite3() -> bool {
    let is_there = Command::new("sqlite3").arg("--version").output().is_ok();
    if !is_there {
        limbeck_testkit::skip_for_want_of("sqlite3", "sqlite3 is not installed");
    }
    is_there
}

#[test]
fn rows_are_measured_beside_their_floors_and_reported() {
    if !has_sqlite3() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(
        path("performance.md"),
        "# Speed\n\n<!-- results -->\nof last year\n<!-- end of results -->\n\nMore.\n",
    )
    .unwrap();
    let output = bench(&[
        "noop",
        "apply",
        "memory",
        "--quick",
        "--without-peers",
        "--engine",
        "sqlite",
        "--limbeck",
        &limbeck().display().to_string(),
        "--json",
        &path("results.json"),
        "--update-docs",
        &folder.path().display().to_string(),
    ]);
    let (printed, said) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(output.status.success(), "{said}");

    let results: Results = json::read(Path::new(&path("results.json"))).unwrap();
    let cases: Vec<String> = results
        .outcomes
        .iter()
        .map(|outcome| format!("{}: {}", outcome.row, outcome.case))
        .collect();
    assert_eq!(
        cases,
        [
            "noop: SQLite, 10 revisions",
            "noop: SQLite, 100 revisions",
            "apply: SQLite, 20 revisions",
            "memory: SQLite, 100 revisions",
        ]
    );
    for outcome in results.outcomes.iter().filter(|outcome| outcome.row != "memory") {
        assert_eq!(outcome.rounds, 3);
        let roles = outcome.standings.iter().map(|standing| standing.role);
        let wanted = [Role::Limbeck, Role::Floor, Role::Variant];
        assert!(
            roles.eq(wanted.into_iter().take(outcome.standings.len())),
            "{outcome:?}"
        );
        assert_eq!(outcome.standings[0].ratio, Some(outcome.figure));
    }
    for case in ["noop    sqlite  10 revisions", "apply   sqlite  20 revisions"] {
        assert!(printed.lines().any(|line| line.starts_with(case)), "{printed}");
    }
    assert!(
        printed.ends_with(&format!("of {} targets met\n", cases.len())),
        "{printed}"
    );

    let page = std::fs::read_to_string(path("performance.md")).unwrap();
    assert!(
        page.starts_with("# Speed\n\n<!-- results -->\n\n### noop\n\n"),
        "{page}"
    );
    assert!(page.contains("| SQLite | 20 revisions | "), "{page}");
    assert!(
        page.ends_with("<!-- end of results -->\n\nMore.\n") && !page.contains("of last year"),
        "{page}"
    );
    let plot = std::fs::read_to_string(path("performance/noop.svg")).unwrap();
    assert!(
        plot.starts_with("<svg ") && plot.contains("noop: SQLite, 100 revisions"),
        "{plot}"
    );

    // The same results are the same report.
    let again = bench(&["--from", &path("results.json"), "--plot", &path("again.svg")]);
    assert_eq!(String::from_utf8(again.stdout).unwrap(), printed);
}

#[test]
fn a_program_that_fails_is_a_failure_with_what_it_says() {
    if !has_sqlite3() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("limbeck");
    std::fs::write(
        &program,
        "#!/bin/sh\n[ \"$1\" = --version ] || { echo no such table >&2; exit 2; }\n",
    )
    .unwrap();
    let is_run = Command::new("chmod").arg("+x").arg(&program).status().unwrap();
    assert!(is_run.success());
    let output = bench(&[
        "noop",
        "--quick",
        "--engine",
        "sqlite",
        "--size",
        "10",
        "--limbeck",
        &program.display().to_string(),
    ]);
    assert_eq!(output.status.code(), Some(1));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        printed.contains("FAILED: noop, SQLite, 10 revisions") && printed.contains("no such table"),
        "{printed}"
    );
}
