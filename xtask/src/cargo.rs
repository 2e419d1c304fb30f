//! Cargo as a child, in the workspace's folder.

use std::ffi::OsString;
use std::io;
use std::iter;
use std::path::Path;
use std::process::Command;

/// The workspace's folder.
pub(crate) fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

/// The cargo that has started this program.
pub(crate) fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A cargo that works on the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(workspace());
    command
}

/// Shows a command.
pub(crate) fn show(command: &Command) {
    let program = command.get_program();
    let program = Path::new(program).file_name().unwrap_or(program);
    let words = iter::once(program).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    // What has lines of its own is no reading.
    let words = words.iter().map(|word| word.lines().next().unwrap_or_default());
    eprintln!("$ {}", words.collect::<Vec<_>>().join(" "));
}

/// Shows a command and runs it; whether it succeeded.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    show(command);
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("error: cargo cannot be started: {error}");
            false
        }
    }
}

/// What a command writes.
pub(crate) fn output(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(io::Error::other(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ))
    }
}
