//! The folder of a server that runs as a process, and what killed runs left of such folders.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::fs::chown;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use super::owner;

/// What the names of the folders begin with.
const PREFIX: &str = "limbeck-test-";

/// The file in it that names the owner.
const OWNER: &str = "owner";

/// The variable by which a server's process is known again.
pub(super) const MARK: &str = "LIMBECK_TEST_FOLDER";

/// A user by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The user of servers in an unpacked suite.
pub(super) const UNPACKED: User = User { uid: 999, gid: 999 };

/// Makes a folder, in memory where there is a file system for that.
pub(super) fn make() -> Result<PathBuf, String> {
    let place = place();
    let in_place = |error: std::io::Error| format!("{}: {error}", place.display());
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&place);
    let folder = folder.map_err(in_place)?.keep();
    fs::write(folder.join(OWNER), owner::me()).map_err(in_place)?;
    fs::create_dir(folder.join("data")).map_err(in_place)?;
    Ok(folder)
}

fn place() -> PathBuf {
    let memory = Path::new("/dev/shm");
    match tempfile::tempfile_in(memory) {
        Ok(_) => memory.to_owned(),
        Err(_) => env::temp_dir(),
    }
}

/// Whether this process is root's, which servers refuse to be.
pub(super) fn is_root(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|metadata| metadata.uid() == 0)
}

/// A user for a server where this process is root's.
pub(super) fn unprivileged(name: &str) -> Result<User, String> {
    let users = fs::read_to_string("/etc/passwd").map_err(|error| format!("/etc/passwd: {error}"))?;
    let of = |name: &str| {
        users.lines().find_map(|line| {
            let mut parts = line.split(':');
            let is_it = parts.next() == Some(name);
            let uid = parts.nth(1)?.parse().ok()?;
            let gid = parts.next()?.parse().ok()?;
            is_it.then_some(User { uid, gid })
        })
    };
    let none = || format!("servers do not run as root, and there is no user {name} and no nobody");
    of(name).or_else(|| of("nobody")).ok_or_else(none)
}

/// Gives the folder with all that is in it to a user.
pub(super) fn give(folder: &Path, user: User) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let own = |path: &Path| chown(path, Some(user.uid), Some(user.gid)).map_err(failed);
    own(folder)?;
    for entry in fs::read_dir(folder).map_err(failed)? {
        own(&entry.map_err(failed)?.path())?;
    }
    Ok(())
}

/// Makes the data a file system of their own, of so many mebibytes.
pub(super) fn limit(folder: &Path, mebibytes: u32) -> Result<(), String> {
    let data = folder.join("data");
    let mut command = Command::new("mount");
    command.args([
        "-t",
        "tmpfs",
        "-o",
        &format!("size={mebibytes}m,mode=700"),
        "limbeck-test",
    ]);
    let output = command
        .arg(&data)
        .output()
        .map_err(|error| format!("mount: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("a small file system for a server: {}", said.trim()))
}

/// Ends the servers and removes the folders whose owner and guard were both killed.
pub(super) fn sweep() {
    let entries = fs::read_dir(place()).into_iter().flatten().flatten();
    for folder in entries.map(|entry| entry.path()) {
        let is_ours = folder
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        let owner = fs::read_to_string(folder.join(OWNER)).unwrap_or_default();
        if is_ours && owner::is_dead(&owner) {
            end_servers(&folder);
            let _ = Command::new("umount").arg("-l").arg(folder.join("data")).output();
            let _ = fs::remove_dir_all(&folder);
        }
    }
}

/// Kills the processes that carry the folder in their environment. Elsewhere than on Linux nobody can look.
fn end_servers(folder: &Path) {
    let mark = format!("{MARK}={}", folder.display());
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let environment = fs::read(entry.path().join("environ")).unwrap_or_default();
        let is_marked = environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == mark.as_bytes());
        if is_marked {
            let _ = Command::new("kill").arg("-9").arg(entry.file_name()).output();
        }
    }
}
