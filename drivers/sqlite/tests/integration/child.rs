//! A second process: this test binary once more, told by its environment what to do.

use std::io::BufRead;
use std::io::BufReader;
use std::io::Lines;
use std::io::Write;
use std::path::Path;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;

use crate::locks::lock_name;
use crate::support::connect;
use crate::support::number;
use crate::support::query;

const ROLE: &str = "LIMBECK_TEST_ROLE";
const URL: &str = "LIMBECK_TEST_URL";

/// A process that has told `ready` and does what it is there for until it is killed or let go.
pub(crate) struct Helper {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Helper {
    /// Starts a process in a role and waits until it is ready.
    pub(crate) fn start(role: &str, database: &Path) -> Self {
        let url = format!("sqlite:///{}", database.display());
        Self::spawn(&mut Self::command(role, &url, &std::env::current_exe().unwrap()))
    }

    /// The command that starts a process in a role.
    pub(crate) fn command(role: &str, url: &str, binary: &Path) -> Command {
        let mut command = Command::new(binary);
        command
            .args(["--exact", "child::role", "--nocapture"])
            .env(ROLE, role)
            .env(URL, url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        command
    }

    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut process = command.spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut helper = Self { process, lines };
        assert_eq!(helper.said(), "ready");
        helper
    }

    /// What the process says next. The test harness writes lines of its own, and does not always end them.
    pub(crate) fn said(&mut self) -> String {
        loop {
            let line = self.lines.next().unwrap().unwrap();
            if let Some((_, said)) = line.split_once("said: ") {
                return said.to_owned();
            }
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the process with SIGKILL.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Lets the process end in its own way.
    pub(crate) fn release(mut self) {
        drop(self.process.stdin.take());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn say(text: &str) {
    println!("said: {text}");
    std::io::stdout().flush().unwrap();
}

/// Waits until the parent lets go, or is gone.
fn wait_for_parent() {
    std::io::stdin().read_line(&mut String::new()).unwrap();
}

/// The body of a second process; nothing in an ordinary run of the tests.
#[tokio::test]
async fn role() {
    let (Ok(role), Ok(url)) = (std::env::var(ROLE), std::env::var(URL)) else {
        return;
    };
    let url: DatabaseUrl = url.parse().unwrap();
    let options = ConnectOptions::read_write();
    match role.as_str() {
        "hold the lock" => {
            let mut connection = connect(&url, &options).await.unwrap();
            connection.try_lock(&lock_name()).await.unwrap();
            say("ready");
            wait_for_parent();
        }
        "write" => {
            let mut connection = connect(&url, &options).await.unwrap();
            query(&mut connection, "BEGIN IMMEDIATE").await.unwrap();
            say("ready");
            wait_for_parent();
        }
        "die with a hot journal" => {
            let mut connection = connect(&url, &options).await.unwrap();
            for sql in [
                "PRAGMA cache_size = 1",
                "PRAGMA cache_spill = 1",
                "BEGIN IMMEDIATE",
                "UPDATE t SET a = randomblob(1000)",
            ] {
                query(&mut connection, sql).await.unwrap();
            }
            say("ready");
            wait_for_parent();
        }
        "die with transactions in the WAL" => {
            let mut connection = connect(&url, &options).await.unwrap();
            query(&mut connection, "PRAGMA journal_mode = WAL").await.unwrap();
            query(&mut connection, "CREATE TABLE t (a)").await.unwrap();
            say("ready");
            wait_for_parent();
        }
        "read" => {
            say("ready");
            match connect(&url, &ConnectOptions::read_only()).await {
                Ok(mut connection) => {
                    let tables = number(&mut connection, "SELECT count(*) FROM sqlite_schema").await;
                    say(&format!("{tables} table"));
                }
                Err(error) => say(&format!("{:?}: {error}", error.kind)),
            }
        }
        "connect" => {
            say("ready");
            match connect(&url, &options).await {
                Ok(_) => say("connected"),
                Err(error) => say(&format!("{:?}: {error}", error.kind)),
            }
        }
        _ => panic!("there is no role {role}"),
    }
}
