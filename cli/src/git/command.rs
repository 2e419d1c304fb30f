//! A repository, and the commands that read it.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use crate::error::CommandError;
use crate::error::ErrorKind;

/// What a hook's git sets for the commands below it. The folder says which repository is meant, also in a hook.
const OF_HOOKS: [&str; 4] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// The repository around a folder.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    folder: PathBuf,
}

/// The top of a repository.
pub(crate) struct Top {
    pub(crate) folder: PathBuf,
    /// Where the folder of the repository lies below it.
    pub(crate) below: PathBuf,
}

impl Repository {
    /// The repository around a folder, and the part of its path that is not there yet.
    pub(crate) fn around(path: &Path) -> (Self, &Path) {
        let mut folders = path.ancestors();
        let folder = folders.find(|folder| folder.is_dir() || folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(""));
        let rest = path.strip_prefix(folder).unwrap_or(Path::new(""));
        // An empty path is the working directory everywhere but for `git -C`.
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        let folder = folder.to_owned();
        (Self { folder }, rest)
    }

    /// A command that writes nothing, not even a fresher index.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new("git");
        for variable in OF_HOOKS {
            command.env_remove(variable);
        }
        command
            .arg("-C")
            .arg(&self.folder)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    fn output<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Output, CommandError> {
        let output = self.command().args(arguments).output();
        output.map_err(|error| not_started(&error))
    }

    /// What a command prints.
    pub(super) fn read<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Vec<u8>, CommandError> {
        let output = self.output(arguments)?;
        match output.status.success() {
            true => Ok(output.stdout),
            false => Err(self.failed(&output.stderr)),
        }
    }

    /// One line that a command prints, or none where it fails without a word.
    fn line<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<Option<String>, CommandError> {
        let output = self.output(arguments)?;
        if output.status.success() {
            return Ok(Some(
                String::from_utf8_lossy(&output.stdout).trim_end().to_owned(),
            ));
        }
        match output.stderr.is_empty() {
            true => Ok(None),
            false => Err(self.failed(&output.stderr)),
        }
    }

    /// Where the folder lies in the repository, with `/` at its end; nothing for the top.
    pub(super) fn prefix(&self) -> Result<Vec<u8>, CommandError> {
        let mut prefix = self.read(["rev-parse", "--show-prefix"])?;
        prefix.truncate(prefix.len().saturating_sub(1));
        Ok(prefix)
    }

    /// The top of the repository; none where there is no repository, or no git.
    pub(crate) fn top(&self) -> Option<Top> {
        let below = String::from_utf8(self.prefix().ok()?).ok()?.into();
        let folder = self.line(["rev-parse", "--show-toplevel"]).ok()??.into();
        Some(Top { folder, below })
    }

    /// The commit that a name means; none where it means nothing here.
    pub(crate) fn find(&self, reference: &str) -> Result<Option<String>, CommandError> {
        let commit = format!("{reference}^{{commit}}");
        self.line(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
    }

    /// The commit that a name means.
    pub(crate) fn commit(&self, reference: &str) -> Result<String, CommandError> {
        if let Some(commit) = self.find(reference)? {
            return Ok(commit);
        }
        let message = format!("git knows no commit `{reference}` here");
        let error = CommandError::new(ErrorKind::Target, message);
        Err(match reference.split_once('/') {
            Some((remote, branch)) => error.with_hint(format!("fetch it: `git fetch {remote} {branch}`")),
            None => error.with_hint("`git branch --all` lists the branches that are here"),
        }
        .with_hint(
            "a CI job often has one commit alone: check out the whole history, as with `fetch-depth: 0`",
        ))
    }

    /// The commit from which the checked-out one and another one have parted; none where that is not known here.
    pub(crate) fn parting(&self, commit: &str) -> Result<Option<String>, CommandError> {
        match self.find("HEAD")? {
            None => Ok(None),
            Some(head) => self.line(["merge-base", commit, &head]),
        }
    }

    /// The tree in a commit that is the folder of this path; none where it has no such folder.
    pub(super) fn tree(&self, commit: &str, path: &OsStr) -> Result<Option<String>, CommandError> {
        let mut name = std::ffi::OsString::from(format!("{commit}:"));
        name.push(path);
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"].map(OsStr::new);
        self.line(arguments.into_iter().chain([name.as_os_str()]))
    }

    fn failed(&self, stderr: &[u8]) -> CommandError {
        let said = String::from_utf8_lossy(stderr);
        let said = said.trim();
        if said.contains("not a git repository") {
            let message = format!("{} is in no git repository", self.folder.display());
            return CommandError::new(ErrorKind::Io, message)
                .with_hint("run it in a clone; what is compared is read from git");
        }
        let first = said.lines().next().unwrap_or("it said nothing");
        let first = first.strip_prefix("fatal: ").unwrap_or(first);
        let error = CommandError::new(ErrorKind::Io, format!("git failed: {first}"));
        // git says itself how an owner is trusted.
        let advice = said
            .lines()
            .map(str::trim)
            .find(|line| line.starts_with("git config "));
        match advice {
            Some(advice) => error.with_hint(format!("if you trust the repository: `{advice}`")),
            None => error,
        }
    }
}

pub(super) fn not_started(error: &io::Error) -> CommandError {
    let message = format!("git cannot be started: {error}");
    CommandError::new(ErrorKind::Io, message).with_hint("install git; what is compared is read by it")
}
