//! `cargo xtask images`: images of the servers, where none can be pulled.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;

use super::SUITES;
use super::Suite;
use super::debian;
use super::has_containers;
use super::run;
use crate::refuse;
use crate::wants_help;

const HELP: &str = "\
Build images of database servers from Debian's packages and tag them with the official names, where no image can be
pulled. They take the variables of the official images. Needs root, mmdebstrap and a Docker engine.

Usage: cargo xtask images [SUITE...]

Suites, all of them when none is named:
  bullseye   postgres:13, mariadb:10.5
  bookworm   postgres:15, mariadb:10.11
  trixie     postgres:17, mariadb:11.8
  sid        postgres:18, mysql:9.7

A suite that cannot be unpacked today is said, and the others are built; the exit code is then 1.";

const POSTGRES: &str = include_str!("postgres-entrypoint.sh");
const MYSQL: &str = include_str!("mysql-entrypoint.sh");

pub(crate) fn run_task(arguments: &[String]) -> ExitCode {
    if wants_help(arguments) {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let is_known = |argument: &&String| SUITES.iter().any(|suite| suite.name == **argument);
    if let Some(argument) = arguments.iter().find(|argument| !is_known(argument)) {
        return refuse(&format!("there is no suite \"{argument}\"\n\n{HELP}"));
    }
    if !has_containers() {
        return refuse("no Docker engine answers; `docker version` says why");
    }
    let wanted = |suite: &&Suite| arguments.is_empty() || arguments.iter().any(|name| name == suite.name);
    let mut missing = 0;
    for suite in SUITES.iter().filter(wanted) {
        match build(suite) {
            Ok(()) => eprintln!("{}: {}", suite.name, suite.images.join(", ")),
            Err(reason) => {
                eprintln!("missing: {}: {reason}", suite.images.join(", "));
                missing += suite.images.len();
            }
        }
    }
    if missing == 0 {
        return ExitCode::SUCCESS;
    }
    eprintln!("error: {missing} images are missing");
    ExitCode::FAILURE
}

/// Builds the images of a suite.
fn build(suite: &Suite) -> Result<(), String> {
    let root = debian::unpack(suite.name)?;
    let base = format!("limbeck-test-{}", suite.name);
    import(&root, &base)?;
    for image in suite.images {
        let (entrypoint, port) = match image.starts_with("postgres") {
            true => (POSTGRES, 5432),
            false => (MYSQL, 3306),
        };
        let folder = root.with_extension("image");
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        super::executable(&folder.join("docker-entrypoint.sh"), entrypoint).map_err(failed)?;
        let recipe = format!(
            "FROM {base}\nCOPY docker-entrypoint.sh /usr/local/bin/\n\
             ENTRYPOINT [\"docker-entrypoint.sh\"]\nEXPOSE {port}\n"
        );
        fs::write(folder.join("Dockerfile"), recipe).map_err(failed)?;
        let mut command = Command::new("docker");
        run(command.args(["build", "--quiet", "--tag", image]).arg(&folder))?;
        fs::remove_dir_all(&folder).map_err(failed)?;
    }
    Ok(())
}

/// Makes an image of a folder.
fn import(root: &Path, image: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("tar, docker: {error}");
    let mut pack = Command::new("tar");
    pack.arg("-C").arg(root).args(["-c", "."]).stdout(Stdio::piped());
    let mut packing = pack.spawn().map_err(failed)?;
    let packed = packing.stdout.take().map_or_else(Stdio::null, Stdio::from);
    let mut command = Command::new("docker");
    command.args(["import", "-", image]).stdin(packed);
    let imported = run(&mut command);
    let packed = packing.wait().map_err(failed)?;
    imported?;
    packed
        .success()
        .then_some(())
        .ok_or_else(|| format!("tar: {packed}"))
}
