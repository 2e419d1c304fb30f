//! The driver passes the conformance suite.

use std::process::ExitCode;

use limbeck_lite::Lite;
use limbeck_testkit::FileDatabases;
use limbeck_testkit::Offer;

fn main() -> ExitCode {
    let files = FileDatabases::new("lite", |path| format!("lite:///{}", path.display()));
    limbeck_testkit::conformance(Lite, files)
        .without([
            Offer::LocksApart,
            Offer::LockWait,
            Offer::LockHolder,
            Offer::Activity,
            Offer::Blockers,
            Offer::Introspection,
            Offer::Objects,
            Offer::DataCheck,
            Offer::Scratch,
            Offer::Administration,
            Offer::Backup,
        ])
        .setting("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys")
        .run()
}
