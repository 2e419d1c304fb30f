//! The commands that run after the file of a revision is written.

use std::path::Path;
use std::process::Stdio;

use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::shell;

/// What stands for the path of the file in a command.
const PATH: &str = "{}";

/// Runs the commands of `post_write` on a file, in the folder of the project.
///
/// # Errors
/// One cannot be run, or fails. The file stays.
pub(crate) fn run(path: &Path, context: &Context<'_>) -> Result<(), CommandError> {
    let config = context.config()?;
    for command in config.post_write() {
        let root = Path::new(".").join(config.root());
        let file = std::path::absolute(path).map_err(|error| error::io("the path of the file", &error))?;
        let line = command.replace(PATH, &shell::quoted(&file));
        let status = shell::command(&line)
            .current_dir(root)
            .stdin(Stdio::null())
            // What it says is for people: standard output is the answer of this command.
            .stdout(std::io::stderr())
            .status();
        let status = status.map_err(|error| error::io(&format!("`{command}` cannot be run"), &error))?;
        if !status.success() {
            let message =
                format!("`{command}`, which is to run after a file is written, ended with {status}");
            return Err(CommandError::new(ErrorKind::Io, message)
                .with_hint(format!("the file stays as it is: {}", path.display())));
        }
    }
    Ok(())
}
