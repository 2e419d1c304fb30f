//! Running a command of the configuration beside a run: it is fed, and it is ended when nobody waits for it any more.

use std::io;
use std::path::Path;
use std::process::ExitStatus;
use std::process::Stdio;
use std::time::Duration;

use limbeck_core::driver::Secret;
use tokio::io::AsyncWriteExt;
use tokio::process::Child;
use tokio::process::ChildStdin;

use crate::progress::in_words;
use crate::shell;

/// A command for the shell.
pub(crate) struct Program<'a> {
    pub(crate) line: &'a str,
    pub(crate) folder: &'a Path,
    /// Variables beside those of this process.
    pub(crate) environment: Vec<(&'static str, Secret)>,
    /// What it can read on standard input.
    pub(crate) input: Vec<u8>,
    pub(crate) timeout: Option<Duration>,
}

/// Why a command did not do what it is for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    /// It could not be started, fed or waited for.
    #[error("it cannot be run: {0}")]
    Io(#[from] io::Error),
    /// It says so.
    #[error("it ended with {0}")]
    Ended(ExitStatus),
    /// It took too long.
    #[error("it ran longer than {}, and was ended", in_words(*.0))]
    Late(Duration),
}

impl Program<'_> {
    /// Runs it to its end. What it writes goes to standard error: standard output is the answer of this command.
    ///
    /// When the future is dropped, the command and all that it has started in the foreground are ended.
    pub(crate) async fn run(self) -> Result<(), ProgramError> {
        let mut command = shell::command(self.line);
        // The folder is empty where it is the working directory.
        command
            .current_dir(Path::new(".").join(self.folder))
            .stdin(Stdio::piped())
            .stdout(io::stderr());
        for (name, value) in &self.environment {
            command.env(name, value.reveal());
        }
        // A group of its own can be ended with everything in it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut command = tokio::process::Command::from(command);
        let mut group = Group(command.kill_on_drop(true).spawn()?);
        let stdin = group.0.stdin.take();
        let fed = feed(stdin, &self.input);
        let ended = group.ended(fed);
        let status = match self.timeout {
            None => ended.await?,
            Some(timeout) => match tokio::time::timeout(timeout, ended).await {
                Ok(status) => status?,
                Err(_) => {
                    group.end();
                    group.0.wait().await?;
                    return Err(ProgramError::Late(timeout));
                }
            },
        };
        match status.success() {
            true => Ok(()),
            false => Err(ProgramError::Ended(status)),
        }
    }
}

/// Writes all of it. A command that does not read it needs nothing of it.
async fn feed(stdin: Option<ChildStdin>, input: &[u8]) -> io::Result<()> {
    let Some(mut stdin) = stdin else { return Ok(()) };
    match stdin.write_all(input).await {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// A command and what it has started.
struct Group(Child);

impl Group {
    /// Waits for the command, however much of its input it reads.
    async fn ended(&mut self, fed: impl Future<Output = io::Result<()>>) -> io::Result<ExitStatus> {
        tokio::pin!(fed);
        tokio::select! {
            status = self.0.wait() => return status,
            fed = &mut fed => fed?,
        }
        self.0.wait().await
    }

    /// Ends everything in the group, where the command still runs.
    fn end(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self
            .0
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(rustix::process::Pid::from_raw)
        {
            // It may have come to its end by itself.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.0.start_kill();
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}
