//! A helper process that ends a server when its owner is gone, however the owner went.

use std::ffi::OsStr;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::Child;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;

/// A shell that reads commands from a pipe that only this process holds. The end of the file, which comes also when this
/// process is killed, ends the server and removes its data.
#[derive(Debug)]
pub(super) struct Guard {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Guard {
    /// Starts a script, which answers each line that it reads with one line.
    pub(super) fn new<I: AsRef<OsStr>>(
        script: &str,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<Self, String> {
        let mut command = Command::new("sh");
        command.args(["-c", script, "limbeck-guard"]).args(arguments);
        // Not in the terminal's group: Ctrl-C would end it before it ends the server.
        command.process_group(0).current_dir("/");
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        // The folder for temporary files may not be there for the user whose process the server is.
        piped.stderr(Stdio::null()).env_remove("TMPDIR");
        let mut child = piped.spawn().map_err(|error| format!("sh: {error}"))?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("sh: no pipes".to_owned());
        };
        Ok(Self {
            child,
            commands: Some(stdin),
            answers: BufReader::new(stdout),
        })
    }

    /// Sends a command and waits for its answer.
    pub(super) fn ask(&mut self, command: &str) -> Result<String, String> {
        let gone = |error: std::io::Error| format!("the helper that guards the server: {error}");
        if let Some(pipe) = &mut self.commands {
            pipe.write_all(format!("{command}\n").as_bytes()).map_err(gone)?;
        }
        let mut answer = String::new();
        self.answers.read_line(&mut answer).map_err(gone)?;
        Ok(answer.trim().to_owned())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.commands = None;
        let _ = self.child.wait();
    }
}
