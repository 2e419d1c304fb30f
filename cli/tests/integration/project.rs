//! A project in a folder of its own, and the real command in it.

use std::fs;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use tempfile::TempDir;

/// A folder that is gone when the test ends.
pub(crate) struct Project {
    folder: TempDir,
}

/// What the command did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// An empty folder whose name begins like this.
    pub(crate) fn empty_called(prefix: &str) -> Self {
        Self {
            folder: tempfile::Builder::new().prefix(prefix).tempdir().unwrap(),
        }
    }

    /// A project whose database is `app.db`.
    pub(crate) fn new() -> Self {
        let project = Self::empty();
        project.write("limbeck.toml", "url = \"sqlite://app.db\"\n");
        fs::create_dir(project.path("migrations")).unwrap();
        project
    }

    /// A project with the revisions a1 (account) and b2 (team, which refers to it), and two heads above.
    pub(crate) fn with_revisions() -> Self {
        let project = Self::new();
        project.revision(
            "a1",
            "",
            "Add accounts",
            "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY);",
            "DROP TABLE account;",
        );
        project.revision(
            "b2",
            "revises a1",
            "Add teams",
            "CREATE TABLE team (id BIGINT NOT NULL PRIMARY KEY);",
            "DROP TABLE team;",
        );
        project
    }

    pub(crate) fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes a revision; `directives` are header lines without their mark, separated by `;`.
    pub(crate) fn revision(&self, id: &str, directives: &str, message: &str, upgrade: &str, downgrade: &str) {
        let mut text = format!("-- {message}\n--\n-- limbeck:revision {id}\n");
        for directive in directives
            .split(';')
            .map(str::trim)
            .filter(|line| !line.is_empty())
        {
            text.push_str(&format!("-- limbeck:{directive}\n"));
        }
        text.push_str("-- limbeck:created 2026-11-21T07:00:00Z\n-- limbeck:portable 1\n\n");
        text.push_str(&format!(
            "-- limbeck:upgrade\n{upgrade}\n\n-- limbeck:downgrade\n{downgrade}\n"
        ));
        let slug = message.to_lowercase().replace(' ', "_");
        self.write(&format!("migrations/{id}_{slug}.sql"), text);
    }

    /// Runs `limbeck` with arguments that blanks separate.
    pub(crate) fn limbeck(&self, arguments: &str) -> Ran {
        self.run(&arguments.split_whitespace().collect::<Vec<_>>(), &[])
    }

    /// Runs it and expects it to succeed.
    pub(crate) fn good(&self, arguments: &str) -> String {
        let ran = self.limbeck(arguments);
        assert_eq!(ran.code, 0, "limbeck {arguments}\n{}{}", ran.out, ran.err);
        ran.out
    }

    /// Runs it with `--json` and reads its answer.
    pub(crate) fn json(&self, arguments: &str) -> (i32, serde_json::Value) {
        let ran = self.limbeck(&format!("{arguments} --json"));
        assert_eq!(ran.err, "", "nothing on standard error with --json");
        (
            ran.code,
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out)),
        )
    }

    pub(crate) fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        self.run_in("", arguments, environment)
    }

    /// Runs it from a folder inside.
    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = limbeck(&self.path(folder));
        command.args(arguments).envs(environment.iter().copied());
        let output = command.output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// A session of another program on one of the project's files.
    pub(crate) fn sqlite(&self, name: &str) -> limbeck_sqlite::rusqlite::Connection {
        limbeck_sqlite::rusqlite::Connection::open(self.path(name)).unwrap()
    }

    /// Starts it and leaves it running.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = limbeck(self.folder.path());
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Starts it, and waits until a command of the configuration says that it has begun.
    pub(crate) fn begun(&self, arguments: &[&str]) -> Child {
        let child = self.start(arguments);
        while !self.path("begun").exists() {
            std::thread::yield_now();
        }
        child
    }
}

/// A command of the configuration that says that it has begun, and waits until there is a file `go`.
pub(crate) const WAITS: &str = "touch begun; while ! test -e go; do sleep 0.02; done";

/// Waits for a started one.
pub(crate) fn finish(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The built binary in a folder, with nothing of this process's environment.
fn limbeck(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck"));
    command.current_dir(folder).env_clear().stdin(Stdio::null());
    command
}

impl Ran {
    /// Exit code and both streams, for snapshots.
    pub(crate) fn whole(&self) -> String {
        let mut text = format!("exit {}\n", self.code);
        for (title, stream) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !stream.is_empty() {
                text.push_str(&format!("-- {title}\n{}\n", stream.trim_end()));
            }
        }
        text
    }
}

/// Runs the assertions with everything that changes from run to run replaced.
pub(crate) fn filtered(assertions: impl FnOnce()) {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[time]");
    settings.add_filter(r"[^\s(]*\.tmp\w{6}[/\\]", "[folder]/");
    settings.add_filter(r"\d+ ms|\d+\.\d s\b", "[duration]");
    settings.add_filter(r"tokens1-sha256:[0-9a-f]{64}", "[checksum]");
    settings.add_filter(r"\b[0-9a-f]{12}(\b|_)", "[id]$1");
    settings.bind(assertions);
}

/// The kind in the answer of `--json`, and the exit code.
pub(crate) fn kind(project: &Project, arguments: &str) -> (i32, String) {
    let (code, answer) = project.json(arguments);
    let error = &answer["error"];
    assert!(
        error["message"].is_string() && error["hints"].is_array(),
        "{answer}"
    );
    (code, error["kind"].as_str().unwrap().to_owned())
}

/// Expects an exit code and a kind.
pub(crate) fn is(project: &Project, arguments: &str, code: i32, word: &str) {
    assert_eq!(kind(project, arguments), (code, word.to_owned()), "{arguments}");
}
