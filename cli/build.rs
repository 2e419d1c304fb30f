//! Tells the binary which commit it is built from, where that is known.

use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// A commit that the builder names: for archives of the sources, which have no git.
const VARIABLE: &str = "LIMBECK_COMMIT";

/// What cargo writes into a package.
const PACKAGED: &str = ".cargo_vcs_info.json";

/// How many digits of a commit are told.
const LENGTH: usize = 12;

fn main() {
    println!("cargo:rerun-if-env-changed={VARIABLE}");
    println!("cargo:rerun-if-changed=build.rs");
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let commit = env::var(VARIABLE)
        .ok()
        .or_else(|| of_package(&folder))
        .or_else(|| of_checkout(&folder));
    let commit = commit.and_then(|text| text.trim().get(..LENGTH).map(str::to_owned));
    if let Some(commit) = commit.filter(|commit| commit.chars().all(|digit| digit.is_ascii_hexdigit())) {
        println!("cargo:rustc-env=LIMBECK_BUILT_FROM={commit}");
    }
}

/// The commit of which cargo has made a package: `"sha1": "…"`.
fn of_package(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(PACKAGED)).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).map(str::to_owned)
}

/// The commit of this workspace's own repository; a package may lie in a repository of somebody else.
fn of_checkout(folder: &Path) -> Option<String> {
    let workspace = folder.parent()?;
    if !workspace.join(".git").exists() {
        return None;
    }
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .arg("-C")
            .arg(workspace)
            .args(arguments)
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    // A file that is not there would have every build run this again.
    let moved = git(&["rev-parse", "--git-path", "logs/HEAD"]).map(|path| workspace.join(path));
    if let Some(moved) = moved.filter(|moved| moved.exists()) {
        println!("cargo:rerun-if-changed={}", moved.display());
    }
    git(&["rev-parse", "HEAD"])
}
