//! A command that was composed without any driver.

use std::fs;

use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;

use crate::project::Project;

/// The exit and all that was said.
fn bare(project: &Project, line: &str) -> (Exit, String) {
    let file = |name| fs::File::create(project.path(name)).unwrap();
    let call = Invocation::of_process()
        .arguments(line.split(' '))
        .environment(Environment::default())
        .directory(project.path(""))
        .streams(file("out"), file("err"));
    let exit = Cli::bare().run_with(call);
    (exit, project.read("out") + &project.read("err"))
}

#[test]
fn every_command_that_needs_a_driver_says_that_there_is_none() {
    let project = Project::with_revisions();
    for line in [
        "current",
        "status",
        "plan",
        "log",
        "upgrade",
        "downgrade base",
        "stamp heads",
        "repair a1",
        "resolve a1 --done",
        "ensure-version",
        "wait",
        "db init",
        "verify",
        "verify --data",
        "upgrade --sql",
        "downgrade --sql heads:base",
        "upgrade --sql --dialect sqlite",
    ] {
        let (exit, said) = bare(&project, line);
        assert_eq!(exit, Exit::Failure, "{line}: {said}");
        assert!(said.contains("no driver of this build"), "{line}: {said}");
        assert!(said.contains("this build has no driver at all"), "{line}: {said}");
    }
    assert!(!project.path("app.db").exists());
}

#[test]
fn what_needs_files_alone_works_without_a_driver() {
    let project = Project::with_revisions();
    for line in ["history", "heads", "branches", "show a1", "--version", "--help"] {
        let (exit, said) = bare(&project, line);
        assert_eq!(exit, Exit::Success, "{line}: {said}");
    }
}
