//! What a contender does in one round.

use std::fs;
use std::fs::File;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use nix::sys::resource::Usage;
use nix::sys::resource::UsageWho;
use nix::sys::resource::getrusage;
use nix::sys::time::TimeValLike;

use crate::error::BenchError;
use crate::place::Place;

/// How much of what a failed program says is kept, in bytes.
const SAID: usize = 2000;

/// Commands that run one after the other, and what they need.
#[derive(Debug, Default)]
pub struct Work {
    reads: Option<PathBuf>,
    commands: Vec<Run>,
    /// What lives until the clock has stopped.
    keeps: Vec<Place>,
}

/// A command and the file that is its standard input.
#[derive(Debug)]
struct Run {
    command: Command,
    input: Option<PathBuf>,
    /// The exit code that means that all is well.
    code: i32,
}

/// What a round has cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// From the start of the first command to the end of the last one.
    pub wall: Duration,
    /// The processor time of the commands themselves, not that of a server.
    pub cpu: Duration,
}

impl Work {
    /// A command.
    pub fn command(command: Command) -> Self {
        Self::default().then(command)
    }

    /// A command that reads a file as its standard input.
    pub fn script(command: Command, input: &Path) -> Self {
        let mut work = Self::command(command);
        if let Some(run) = work.commands.last_mut() {
            run.input = Some(input.to_owned());
        }
        work
    }

    /// With another command after the others.
    #[must_use]
    pub fn then(mut self, command: Command) -> Self {
        self.commands.push(Run {
            command,
            input: None,
            code: 0,
        });
        self
    }

    /// With an exit code other than 0 of the last command, when all is well.
    #[must_use]
    pub fn ending_with(mut self, code: i32) -> Self {
        if let Some(run) = self.commands.last_mut() {
            run.code = code;
        }
        self
    }

    /// With every file of a folder read once, before the commands and as part of the work.
    #[must_use]
    pub fn reading(mut self, folder: &Path) -> Self {
        self.reads = Some(folder.to_owned());
        self
    }

    /// With a database that stays until the clock has stopped.
    #[must_use]
    pub fn keeping(mut self, place: Place) -> Self {
        self.keeps.push(place);
        self
    }

    /// Does it, and takes the time.
    ///
    /// # Errors
    /// A file that cannot be read, a program that does not start or fails.
    pub fn measure(mut self, scratch: &Path) -> Result<Sample, BenchError> {
        let mut said = tempfile::tempfile_in(scratch).map_err(BenchError::file(scratch))?;
        for run in &mut self.commands {
            let errors = said.try_clone().map_err(BenchError::file(scratch))?;
            let input = match &run.input {
                Some(path) => Stdio::from(File::open(path).map_err(BenchError::file(path))?),
                None => Stdio::null(),
            };
            run.command.stdin(input).stdout(Stdio::null()).stderr(errors);
        }
        let cpu = children()?;
        let begin = Instant::now();
        if let Some(folder) = &self.reads {
            read_all(folder)?;
        }
        for run in &mut self.commands {
            run.finish(&mut said)?;
        }
        let wall = begin.elapsed();
        Ok(Sample {
            wall,
            cpu: children()?.saturating_sub(cpu),
        })
    }
}

impl Run {
    fn finish(&mut self, said: &mut File) -> Result<(), BenchError> {
        let status = self.command.status().map_err(|source| BenchError::Start {
            program: self.command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
        if status.code() == Some(self.code) {
            return Ok(());
        }
        let mut text = Vec::new();
        // What cannot be read is not said; that the command has failed is.
        let _ = said.seek(SeekFrom::Start(0));
        let _ = said.read_to_end(&mut text);
        let end = text.len().saturating_sub(SAID);
        Err(BenchError::Failed {
            command: shown(&self.command),
            ended: status.to_string(),
            said: String::from_utf8_lossy(text.get(end..).unwrap_or_default())
                .trim()
                .to_owned(),
        })
    }
}

/// Runs a command that is not measured, and gives what it prints.
///
/// # Errors
/// It does not start or fails.
pub fn output(command: &mut Command) -> Result<String, BenchError> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| BenchError::Start {
            program: command.get_program().to_string_lossy().into_owned(),
            source,
        })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(BenchError::Failed {
        command: shown(command),
        ended: output.status.to_string(),
        said: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

/// Reads every file of a folder, as whoever looks at a history must.
fn read_all(folder: &Path) -> Result<(), BenchError> {
    for entry in folder.read_dir().map_err(BenchError::file(folder))? {
        let path = entry.map_err(BenchError::file(folder))?.path();
        std::hint::black_box(fs::read(&path).map_err(BenchError::file(&path))?);
    }
    Ok(())
}

/// The processor time of all children that have ended.
fn children() -> Result<Duration, BenchError> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN);
    let usage: Usage = usage.map_err(|error| BenchError::unreadable("getrusage", error))?;
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    Ok(Duration::from_micros(u64::try_from(micros).unwrap_or_default()))
}

/// A command without what a URL in it keeps secret.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    let words: Vec<String> = words
        .map(|word| word.to_string_lossy())
        .map(|word| match word.split_once("://") {
            Some((scheme, _)) if word.contains('@') => format!("{scheme}://…"),
            _ => word.into_owned(),
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_command_that_fails_says_what_it_says() {
        let scratch = tempfile::tempdir().unwrap();
        let error = Work::command(sh("echo no such table >&2; exit 3")).measure(scratch.path());
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("exit status: 3") && error.ends_with("no such table"),
            "{error}"
        );
        let accepted = Work::command(sh("exit 3")).ending_with(3).measure(scratch.path());
        assert!(accepted.is_ok());
    }

    #[test]
    fn commands_run_in_order_and_read_their_input() {
        let scratch = tempfile::tempdir().unwrap();
        let input = scratch.path().join("input");
        fs::write(&input, "one\n").unwrap();
        let log = scratch.path().join("log");
        let work = Work::script(sh(&format!("cat >> {}", log.display())), &input)
            .then(sh(&format!("echo two >> {}", log.display())));
        work.measure(scratch.path()).unwrap();
        assert_eq!(fs::read_to_string(&log).unwrap(), "one\ntwo\n");
    }

    #[test]
    fn passwords_are_not_shown() {
        let mut command = Command::new("/bin/psql");
        command.arg("--dbname=postgres://a:secret@h/b");
        assert_eq!(shown(&command), "psql --dbname=postgres://…");
    }
}
