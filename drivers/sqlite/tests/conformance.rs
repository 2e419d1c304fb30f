//! SQLite passes the conformance suite.

use std::process::ExitCode;

use limbeck_sqlite::Sqlite;
use limbeck_testkit::FileDatabases;
use limbeck_testkit::Offer;

fn main() -> ExitCode {
    let files = FileDatabases::new("sqlite", |path| format!("sqlite:///{}", path.display()));
    limbeck_testkit::conformance(Sqlite, files)
        // One file beside the database is the lock of all its histories, which is asked for again and again; and SQLite does
        // not say for whom it waits.
        .without([Offer::LocksApart, Offer::LockWait, Offer::Blockers])
        .setting("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys")
        .run()
}
