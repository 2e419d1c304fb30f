//! A database on a server, and the program that reaches it.

use std::io::Write;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::ServerAddress;

use super::Client;
use crate::TestDatabase;
use crate::servers::broken;

/// An empty database on a real server, with the engine's own client. It is dropped with this value.
#[derive(Debug)]
pub struct ClientDatabase {
    client: Client,
    address: ServerAddress,
    database: TestDatabase,
}

impl ClientDatabase {
    pub(super) fn new(client: Client, database: TestDatabase) -> Self {
        let address = database.url().server();
        Self {
            client,
            address: address.unwrap_or_else(|error| broken("the URL of a database", error)),
            database,
        }
    }

    /// Its URL, for whoever connects without the client.
    pub const fn url(&self) -> &DatabaseUrl {
        self.database.url()
    }

    /// The client that it is for.
    pub const fn client(&self) -> Client {
        self.client
    }

    /// Runs a file as a person would: the client reads it from its standard input, without options of its own.
    ///
    /// # Errors
    /// What the client says when it ends with an error.
    pub fn apply(&self, text: &str) -> Result<(), String> {
        self.apply_with(&[], text)
    }

    /// Runs a file with these options of the client.
    ///
    /// # Errors
    /// As for [`Self::apply`].
    pub fn apply_with(&self, options: &[&str], text: &str) -> Result<(), String> {
        let mut command = self.command();
        let output = run(command.args(options), text)?;
        succeeded(output).map(drop)
    }

    /// The rows of a query, their columns joined by a bar. NULL is `NULL`.
    ///
    /// # Panics
    /// The server refuses the query.
    pub fn rows(&self, query: &str) -> Vec<String> {
        let mut command = self.command();
        match self.client {
            Client::Psql => command.args([
                "-q",
                "-A",
                "-t",
                "-F",
                "|",
                "-P",
                "null=NULL",
                "-v",
                "ON_ERROR_STOP=1",
            ]),
            Client::MySql | Client::MariaDb => command.args([
                "--batch",
                "--skip-column-names",
                "--default-character-set=utf8mb4",
            ]),
        };
        let text = run(&mut command, query)
            .and_then(succeeded)
            .unwrap_or_else(|error| broken(query, error));
        let lines = text.lines();
        lines.map(|line| line.replace('\t', "|")).collect()
    }

    /// The client as a process for a whole session, whose input and output are the caller's. It answers each statement at
    /// once.
    pub fn session(&self) -> Command {
        let mut command = self.command();
        if self.client != Client::Psql {
            command.args(["--batch", "--unbuffered"]);
        }
        command
    }

    /// The server's version, as it says it.
    pub fn server_version(&self) -> String {
        self.database.server().version_text().to_owned()
    }

    /// The client without what the machine's user has set for it.
    fn command(&self) -> Command {
        self.program(self.client.program())
    }

    /// A program of the engine that takes the options of its client.
    pub(super) fn program(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        let address = &self.address;
        let database = self.database.name();
        let host = address.host.as_deref().unwrap_or("localhost");
        let port = address.port.map(|port| port.to_string());
        let user = address.user.as_deref();
        match self.client {
            Client::Psql => {
                command.args(["--no-password", "--host", host, "--dbname", database]);
                command.args((name == self.client.program()).then_some("--no-psqlrc"));
            }
            Client::MySql | Client::MariaDb => {
                command.args([
                    "--no-defaults",
                    "--protocol=tcp",
                    "--host",
                    host,
                    "--database",
                    database,
                ]);
            }
        }
        command.args(port.map(|port| format!("--port={port}")));
        command.args(user.map(|user| match self.client {
            Client::Psql => format!("--username={user}"),
            Client::MySql | Client::MariaDb => format!("--user={user}"),
        }));
        if let Some(password) = &address.password {
            command.env("PGPASSWORD", password.reveal());
            command.env("MYSQL_PWD", password.reveal());
        }
        command
    }
}

/// Whether the program of a client is there.
pub(super) fn is_installed(client: Client) -> bool {
    Command::new(client.program()).arg("--version").output().is_ok()
}

/// Runs a program with this text as its standard input.
pub(super) fn run(command: &mut Command, text: &str) -> Result<Output, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let stdin = child.stdin.take();
    let text = text.to_owned();
    // The client may stop before it has read all, and answers while it reads.
    let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(text.as_bytes())));
    let output = child.wait_with_output().map_err(|error| error.to_string());
    let _ = writer.join();
    output
}

pub(super) fn succeeded(output: Output) -> Result<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    }
}
