//! What runs on each server. A new suite is one more line of [`TARGETS`].

use std::process::Command;

use super::binaries::Binaries;
use crate::servers::Server;

/// A package of the workspace.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: &'static str,
    folder: &'static str,
}

const POSTGRES: Package = Package::new("limbeck-postgres", "drivers/postgres");
const MYSQL: Package = Package::new("limbeck-mysql", "drivers/mysql");
const COMMAND: Package = Package::new("limbeck-cli", "cli");
const TESTKIT: Package = Package::new("limbeck-testkit", "testkit");
const REGISTRY: Package = Package::new("limbeck-registry", "migrations");

/// All packages that have a suite.
pub(super) const PACKAGES: [Package; 5] = [POSTGRES, MYSQL, COMMAND, TESTKIT, REGISTRY];

impl Package {
    const fn new(name: &'static str, folder: &'static str) -> Self {
        Self { name, folder }
    }
}

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

/// The newest server of each engine.
const NEWEST: [&str; 3] = ["pg18", "mysql97", "mariadb118"];

#[derive(Debug)]
enum Suite {
    /// The tests of the driver of the server's engine that this test binary has, those whose names contain a text.
    Driver {
        binary: &'static str,
        filter: &'static str,
    },
    /// The tests of a package whose names contain a text.
    Tests {
        package: &'static Package,
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
            filter: "introspect::registry",
        },
        reach: Reach::Every,
    },
    Target {
        name: "stairway",
        suite: Suite::Tests {
            package: &REGISTRY,
            filter: "stairway::",
        },
        reach: Reach::Every,
    },
    Target {
        name: "command",
        suite: Suite::Tests {
            package: &COMMAND,
            filter: "servers::",
        },
        reach: Reach::Newest,
    },
    Target {
        name: "testkit",
        suite: Suite::Tests {
            package: &TESTKIT,
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
        let (package, binary, filter) = match (&self.suite, server.engine) {
            (Suite::Driver { binary, filter }, "postgres") => (&POSTGRES, *binary, *filter),
            (Suite::Driver { binary, filter }, _) => (&MYSQL, *binary, *filter),
            (Suite::Tests { package, filter }, _) => (*package, "integration", *filter),
        };
        let mut command = binaries.command(package.folder, binary)?;
        if !NEWEST.contains(&server.word) {
            command.args(["--skip", PAIRS]);
        }
        command.args(Some(filter).filter(|filter| !filter.is_empty()));
        Ok(command)
    }
}
