//! A database on a server, and the program that reaches it.

use std::env;
use std::fmt::Display;
use std::io::Write;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Secret;
use limbeck_core::driver::ServerAddress;

use super::Client;

/// How many databases this process has made.
static MADE: AtomicUsize = AtomicUsize::new(0);

/// An empty database on a real server, with the engine's own client. It is dropped with this value.
#[derive(Debug)]
pub struct ClientDatabase {
    client: Client,
    /// That of the database from which this one is made.
    url: Secret,
    address: ServerAddress,
    name: String,
}

impl ClientDatabase {
    /// Makes the database, or says what is missing for it.
    pub(super) fn create(client: Client) -> Result<Self, String> {
        let variable = client.variable();
        let text = env::var(&variable).map_err(|_| format!("{variable} is not set"))?;
        if Command::new(client.program()).arg("--version").output().is_err() {
            return Err(format!("{} is not installed", client.program()));
        }
        let url: DatabaseUrl = text.parse().unwrap_or_else(|error| broken(&variable, error));
        let database = Self {
            client,
            url: Secret::new(text),
            address: url.server().unwrap_or_else(|error| broken(&variable, error)),
            name: format!(
                "limbeck_test_{}_{}",
                std::process::id(),
                MADE.fetch_add(1, Ordering::Relaxed)
            ),
        };
        let made = database.administer("CREATE");
        made.map(|()| database).or_else(|error| broken(&variable, error))
    }

    /// The client that it is for.
    pub const fn client(&self) -> Client {
        self.client
    }

    /// Its URL, with the password.
    pub(crate) fn url_text(&self) -> String {
        let url = self.url.reveal();
        let (address, parameters) = match url.split_once('?') {
            Some((address, parameters)) => (address, format!("?{parameters}")),
            None => (url, String::new()),
        };
        let begin = address.find("://").map_or(0, |scheme| scheme + 3);
        let (head, rest) = address.split_at(begin);
        let server = rest.split_once('/').map_or(rest, |(server, _)| server);
        format!("{head}{server}/{}{parameters}", self.name)
    }

    /// The URL of the database.
    pub fn url(&self) -> DatabaseUrl {
        let mut address = self.address.clone();
        address.database = Some(self.name.clone());
        DatabaseUrl::from_server(self.client.server(), &address)
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
        let mut command = self.command(&self.name);
        let output = run(command.args(options), text)?;
        succeeded(output).map(drop)
    }

    /// The rows of a query, their columns joined by a bar. NULL is `NULL`.
    ///
    /// # Panics
    /// The server refuses the query.
    pub fn rows(&self, query: &str) -> Vec<String> {
        let mut command = self.command(&self.name);
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

    /// The server's version, as it says it.
    pub fn server_version(&self) -> String {
        let query = match self.client {
            Client::Psql => "SHOW server_version",
            Client::MySql | Client::MariaDb => "SELECT version()",
        };
        self.rows(query).concat()
    }

    /// Creates or drops the database, from one that is always there.
    fn administer(&self, word: &str) -> Result<(), String> {
        let mut command = self.command(match self.client {
            Client::Psql => "postgres",
            Client::MySql | Client::MariaDb => "",
        });
        run(&mut command, &format!("{word} DATABASE {};\n", self.name))
            .and_then(succeeded)
            .map(drop)
    }

    /// The client without what the machine's user has set for it.
    fn command(&self, database: &str) -> Command {
        let mut command = Command::new(self.client.program());
        let address = &self.address;
        let host = address.host.as_deref().unwrap_or("localhost");
        let port = address.port.map(|port| port.to_string());
        let user = address.user.as_deref();
        match self.client {
            Client::Psql => {
                command.args([
                    "--no-psqlrc",
                    "--no-password",
                    "--host",
                    host,
                    "--dbname",
                    database,
                ]);
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

impl Drop for ClientDatabase {
    fn drop(&mut self) {
        // What can't be dropped stays, and a later test has another name.
        let _ = self.administer("DROP");
    }
}

/// Runs a program with this text as its standard input.
fn run(command: &mut Command, text: &str) -> Result<Output, String> {
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

fn succeeded(output: Output) -> Result<String, String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.success() {
        true => Ok(text(&output.stdout)),
        false => Err(text(&output.stderr)),
    }
}

#[allow(clippy::panic, reason = "a test whose server is broken has failed")]
fn broken(what: &str, error: impl Display) -> ! {
    panic!("{what}: {error}")
}
