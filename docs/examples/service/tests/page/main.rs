//! What `docs/applications.md` tells is done here: its examples are the files of this package.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[allow(dead_code, unreachable_pub, reason = "the files are as the page shows them")]
mod rows;
#[allow(dead_code, unreachable_pub, reason = "the files are as the page shows them")]
mod transfer;

use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_sqlite::Sqlite;
use tempfile::TempDir;

use crate::rows::Total;
use crate::rows::send_off;
use crate::transfer::TransferError;
use crate::transfer::transfer;

/// A process of the service, killed with this value.
struct Service {
    child: Child,
    address: String,
}

impl Service {
    fn start(folder: &TempDir) -> Child {
        let database = folder.path().join("notes.db");
        Command::new(env!("CARGO_BIN_EXE_service"))
            .env("DATABASE_URL", format!("sqlite:///{}", database.display()))
            .env("LISTEN", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// It listens once it has migrated.
    fn listening(mut child: Child) -> Self {
        let mut address = String::new();
        let output = child.stdout.as_mut().unwrap();
        BufReader::new(output).read_line(&mut address).unwrap();
        Self {
            child,
            address: address.trim().to_owned(),
        }
    }

    /// The status and the body of an answer.
    fn ask(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: service\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    /// Ends it, and gives what it said.
    fn end(mut self) -> String {
        self.child.kill().unwrap();
        let mut said = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        self.child.wait().unwrap();
        said
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn services_that_start_at_once_migrate_once_and_answer() {
    let folder = TempDir::new().unwrap();
    let children: Vec<Child> = (0..3).map(|_| Service::start(&folder)).collect();
    let services: Vec<Service> = children.into_iter().map(Service::listening).collect();
    let first = &services[0];
    assert_eq!(first.ask("GET", "/health", ""), (200, "well".to_owned()));
    assert_eq!(first.ask("GET", "/notes", ""), (200, "[]".to_owned()));
    let note = r#"{"id":1,"text":"it's new"}"#.to_owned();
    assert_eq!(
        first.ask("POST", "/notes", r#"{"text":"it's new"}"#),
        (200, note.clone())
    );
    assert_eq!(first.ask("POST", "/notes", r#"{"text":"it's new"}"#).0, 409);
    for service in &services {
        assert_eq!(service.ask("GET", "/notes", ""), (200, format!("[{note}]")));
    }
    let said: Vec<String> = services.into_iter().map(Service::end).collect();
    let all = said.concat();
    assert_eq!(all.matches("migrations: 1 applied").count(), 1, "{all}");
    assert_eq!(all.matches("migrations: 0 applied").count(), 2, "{all}");
}

#[test]
fn the_page_shows_these_files() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../applications.md");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains(include_str!("../../src/main.rs")));
    assert!(page.contains(include_str!("../../migrations/3f1c8a90b2d4_add_notes.sql")));
    assert!(page.contains(include_str!("rows.rs")));
    assert!(page.contains(include_str!("transfer.rs")));
    let manifest = include_str!("../../Cargo.toml");
    for line in manifest.lines().filter(|line| line.starts_with("axum = ")) {
        assert!(page.contains(line), "{line}");
    }
}

/// A database in which these statements were run.
async fn database(folder: &TempDir, statements: &[&str]) -> Database {
    let url = format!("sqlite:///{}", folder.path().join("a.db").display());
    let database = Database::configure(url).driver(Sqlite).build().unwrap();
    let made: Result<(), DriverError> = database
        .use_then_disconnect(async |session| {
            for statement in statements {
                session.query(statement, &[]).await?;
            }
            Ok(())
        })
        .await;
    made.unwrap();
    database
}

async fn balances(database: &Database) -> Vec<(String, i64)> {
    let sql = "SELECT name, balance FROM account ORDER BY name";
    let found: Result<_, DriverError> = database.transaction(async |tx| tx.query_as(sql, &[]).await).await;
    found.unwrap()
}

#[tokio::test]
async fn money_goes_from_one_to_the_other_or_nowhere() {
    let folder = TempDir::new().unwrap();
    let statements = [
        "CREATE TABLE account (name TEXT PRIMARY KEY, balance BIGINT NOT NULL)",
        "INSERT INTO account VALUES ('ann', 10), ('bob', 0)",
    ];
    let database = database(&folder, &statements).await;
    // There is no table for notes.
    transfer(&database, "ann", "bob", 7).await.unwrap();
    let expected = [("ann".to_owned(), 3), ("bob".to_owned(), 7)];
    assert_eq!(balances(&database).await, expected);
    let refused = transfer(&database, "ann", "bob", 7).await;
    assert!(matches!(refused, Err(TransferError::TooLittle)), "{refused:?}");
    assert_eq!(balances(&database).await, expected);
}

#[tokio::test]
async fn orders_are_structs() {
    let folder = TempDir::new().unwrap();
    let statements = [
        "CREATE TABLE orders (id INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, \
                       state TEXT DEFAULT 'open' NOT NULL, parcel TEXT)",
    ];
    let database = database(&folder, &statements).await;
    let totals = database.transaction(async |tx| send_off(tx, "ann").await);
    let total = Total {
        customer: "ann".to_owned(),
        orders: 1,
    };
    assert_eq!(totals.await.unwrap(), [total]);
}
