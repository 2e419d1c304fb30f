//! The whole `limbeck` command on the history of the registry.

use std::process::Command;

use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_cli::LocalService;

use crate::cargo;

/// Runs the command as the task `called`, which `task` are the words of. Where the database is on a server, and this build
/// has no driver for it, another build runs the task.
pub(crate) fn run(default_url: String, arguments: Vec<String>, task: Vec<String>) -> Exit {
    let service = LocalService::new(cargo::workspace().join("compose.yaml"), "registry-db")
        .test("cargo test --package limbeck-registry");
    Cli::new()
        .call_it("cargo xtask migrate")
        .scripts(limbeck_registry::scripts())
        .migrations(limbeck_registry::migrations())
        .models(limbeck_registry::models())
        .seeds(limbeck_registry::seeds())
        .default_url(default_url)
        .default_command(["upgrade", "heads"])
        .local_service(service)
        .rebuild_with(move |feature| with_feature(feature, &task))
        .run_with(Invocation::of_process().arguments(arguments))
}

/// Runs a task of this program in a build with one more driver, in the same folder.
fn with_feature(feature: &str, task: &[String]) -> Exit {
    let mut command = Command::new(cargo::program());
    command
        .arg("run")
        .arg("--manifest-path")
        .arg(cargo::workspace().join("Cargo.toml"));
    command
        .args(["--package", "xtask", "--features", feature, "--"])
        .args(task);
    match command.status() {
        Ok(status) => status.code().and_then(Exit::of_code).unwrap_or(Exit::Failure),
        Err(error) => {
            eprintln!("error: cargo cannot be started: {error}");
            Exit::Failure
        }
    }
}
