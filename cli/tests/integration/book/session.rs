//! The shell session of a page.

use std::fs;
use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::PipeReader;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::ChildStdin;
use std::process::Command;
use std::process::Stdio;

use tempfile::TempDir;

/// Begins the line behind the output of a command.
const END: &str = "\u{1e}end of the command ";

/// Whose session it is.
pub(super) const USER: &str = "ann";

/// A shell in an empty folder, with the built `limbeck` on its path and nothing of this process's environment but that.
pub(super) struct Session {
    shell: Child,
    input: Option<ChildStdin>,
    output: BufReader<PipeReader>,
    /// The folder of the page; beside it is the one that is `HOME`.
    folder: PathBuf,
    status: i32,
    _place: TempDir,
}

/// What a command did.
pub(super) struct Ran {
    pub(super) code: i32,
    /// Both streams, in the order in which they were written.
    pub(super) output: String,
}

impl Session {
    /// Starts a shell in a folder of this name, with a database, where there is one.
    pub(super) fn start(name: &str, database_url: Option<&str>) -> io::Result<Self> {
        let place = TempDir::new()?;
        let root = place.path().canonicalize()?;
        let (folder, home) = (root.join(name), root.join(".home"));
        fs::create_dir(&folder)?;
        fs::create_dir(&home)?;
        let (output, streams) = io::pipe()?;
        let mut command = Command::new("sh");
        command
            .current_dir(&folder)
            .env_clear()
            .env("PATH", path())
            .env("HOME", home)
            .env("USER", USER)
            .env("LC_ALL", "C.UTF-8")
            .envs(database_url.map(|url| ("DATABASE_URL", url)))
            .stdin(Stdio::piped())
            .stdout(streams.try_clone()?)
            .stderr(streams);
        let mut shell = command.spawn()?;
        Ok(Self {
            input: shell.stdin.take(),
            shell,
            output: BufReader::new(output),
            folder,
            status: 0,
            _place: place,
        })
    }

    /// The folder in which it began.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a command, which has nothing to read, and finds in `$?` what the one before it has left.
    pub(super) fn run(&mut self, command: &str) -> io::Result<Ran> {
        let status = self.status;
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        write!(
            input,
            "(exit {status})\n{{\n{command}\n}} </dev/null\nprintf '\\n{END}%s\\n' \"$?\"\n"
        )?;
        input.flush()?;
        let mut output = String::new();
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err(io::Error::other(format!("the shell has ended: {output}")));
            }
            if let Some(code) = line.strip_prefix(END) {
                self.status = code.trim().parse().map_err(io::Error::other)?;
                output.pop();
                return Ok(Ran {
                    code: self.status,
                    output,
                });
            }
            output.push_str(&line);
        }
    }

    /// Writes a file; its path begins where the shell is.
    pub(super) fn write(&mut self, path: &str, text: &str, append: bool) -> io::Result<()> {
        let status = self.status;
        let place = self.run("pwd")?.output;
        self.status = status;
        let path = Path::new(place.trim_end()).join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = fs::File::options()
            .create(true)
            .append(append)
            .truncate(!append)
            .write(true)
            .open(path)?;
        file.write_all(text.as_bytes())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.shell.wait();
    }
}

/// The folder of the built command, then those of this process.
fn path() -> std::ffi::OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_limbeck")).parent();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let folders = built
        .map(Path::to_owned)
        .into_iter()
        .chain(std::env::split_paths(&others));
    std::env::join_paths(folders).unwrap_or(others)
}
