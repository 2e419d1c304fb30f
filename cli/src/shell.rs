//! Commands of the shell.

use std::path::Path;
use std::process::Command;

/// A command line for the shell of the system.
pub(crate) fn command(line: &str) -> Command {
    let (shell, option) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut command = Command::new(shell);
    command.args([option, line]);
    command
}

/// A path as one word of a command line.
pub(crate) fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    match cfg!(windows) {
        true => format!("\"{path}\""),
        false => format!("'{}'", path.replace('\'', r"'\''")),
    }
}
