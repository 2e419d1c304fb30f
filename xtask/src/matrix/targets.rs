//! What runs on each server. A new suite is one more line of [`TARGETS`].

use std::process::Command;

use super::binaries::Binaries;
use crate::servers::Server;

// The folders of the packages that have a suite.
const POSTGRES: &str = "drivers/postgres";
const MYSQL: &str = "drivers/mysql";
const COMMAND: &str = "cli";
const TESTKIT: &str = "testkit";
const REGISTRY: &str = "migrations";

/// A suite of tests that takes its server from the environment.
#[derive(Debug)]
pub(super) struct Target {
    /// The head of its column, without spaces.
    pub(super) name: &'static str,
    suite: Suite,
    reach: Reach,
}

/// On which servers a suite runs.
#[derive(Clone, Copy, Debug)]
enum Reach {
    /// On every one.
    Every,
    /// On the newest of each engine: it kills and starts servers for minutes, and none of it depends on the version.
    Newest,
}

/// Hundreds of pairs of schemas, which say as much on one version as on all.
const PAIRS: &str = "catalogue::pairs";

/// The registry's schema as it is read back.
const REGISTRY_READ: &str = "introspect::registry";

/// The newest server of each engine.
const NEWEST: [&str; 3] = ["pg18", "mysql97", "mariadb118"];

#[derive(Debug)]
enum Suite {
    /// The tests of the driver of the server's engine that this test binary has, those whose names contain a text.
    Driver {
        binary: &'static str,
        filter: &'static str,
    },
    /// The tests of the package in a folder whose names contain a text.
    Tests {
        folder: &'static str,
        filter: &'static str,
    },
}

/// In the order of the table's columns.
pub(super) static TARGETS: [Target; 6] = [
    Target {
        name: "driver",
        suite: Suite::Driver {
            binary: "integration",
            filter: "",
        },
        reach: Reach::Every,
    },
    Target {
        name: "conformance",
        suite: Suite::Driver {
            binary: "conformance",
            filter: "",
        },
        reach: Reach::Every,
    },
    Target {
        name: "registry",
        suite: Suite::Driver {
            binary: "integration",
            filter: REGISTRY_READ,
        },
        reach: Reach::Every,
    },
    Target {
        name: "stairway",
        suite: Suite::Tests {
            folder: REGISTRY,
            filter: "stairway::",
        },
        reach: Reach::Every,
    },
    Target {
        name: "command",
        suite: Suite::Tests {
            folder: COMMAND,
            filter: "servers::",
        },
        reach: Reach::Newest,
    },
    Target {
        name: "testkit",
        suite: Suite::Tests {
            folder: TESTKIT,
            filter: "servers::",
        },
        reach: Reach::Newest,
    },
];

impl Target {
    /// Whether it runs on a server.
    pub(super) fn runs_on(&self, server: &Server) -> bool {
        matches!(self.reach, Reach::Every) || NEWEST.contains(&server.word)
    }

    /// The command that runs it on a server.
    pub(super) fn command(&self, server: &Server, binaries: &Binaries) -> Result<Command, String> {
        let (folder, binary, filter) = match (&self.suite, server.engine) {
            (Suite::Driver { binary, filter }, "postgres") => (POSTGRES, *binary, *filter),
            (Suite::Driver { binary, filter }, _) => (MYSQL, *binary, *filter),
            (Suite::Tests { folder, filter }, _) => (*folder, "integration", *filter),
        };
        let mut command = binaries.command(folder, binary)?;
        if !NEWEST.contains(&server.word) {
            command.args(["--skip", PAIRS]);
        }
        // What has a column of its own runs there.
        if filter.is_empty() {
            command.args(["--skip", REGISTRY_READ]);
        }
        command.args(Some(filter).filter(|filter| !filter.is_empty()));
        Ok(command)
    }
}
