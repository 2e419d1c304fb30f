//! What runs on each server. A new suite is one more line of [`TARGETS`].

use crate::servers::Server;

/// A suite of tests that takes its server from the environment.
#[derive(Debug)]
pub(super) struct Target {
    /// The head of its column, without spaces.
    pub(super) name: &'static str,
    suite: Suite,
}

#[derive(Debug)]
enum Suite {
    /// All tests of the driver of the server's engine.
    Driver,
    /// The tests of a package whose names contain a text.
    Tests {
        package: &'static str,
        filter: &'static str,
    },
}

/// In the order of the table's columns.
pub(super) static TARGETS: [Target; 4] = [
    Target {
        name: "driver",
        suite: Suite::Driver,
    },
    Target {
        name: "registry",
        suite: Suite::Tests {
            package: "limbeck-registry",
            filter: "",
        },
    },
    Target {
        name: "mapping",
        suite: Suite::Tests {
            package: "limbeck-cli",
            filter: "mapping::servers",
        },
    },
    Target {
        name: "testkit",
        suite: Suite::Tests {
            package: "limbeck-testkit",
            filter: "servers::",
        },
    },
];

impl Target {
    /// The words after `cargo`.
    pub(super) fn arguments(&self, server: &Server, containers: bool) -> Vec<&'static str> {
        let package = match (&self.suite, server.engine) {
            (Suite::Driver, "postgres") => "limbeck-postgres",
            (Suite::Driver, _) => "limbeck-mysql",
            (Suite::Tests { package, .. }, _) => package,
        };
        let mut arguments = vec!["test", "--package", package, "--test", "integration"];
        // A test that has a server of its own gets it from where the matrix has them.
        if containers {
            arguments.extend(["--features", "limbeck-testkit/containers"]);
        }
        if let Suite::Tests { filter, .. } = self.suite
            && !filter.is_empty()
        {
            arguments.extend(["--", filter]);
        }
        arguments
    }
}
