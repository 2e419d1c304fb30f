//! What must hold of the files of SQL that a dialect writes, on a real server.

mod checks;
mod history;
mod operations_only;

use std::fmt::Display;

pub use checks::FileChecks;
pub use history::FileHistory;
pub use operations_only::OperationsOnly;

/// Compares what two databases hold, and shows the first lines that only one of them has.
#[allow(clippy::panic, reason = "a check fails by panicking")]
pub(crate) fn same(what: &str, left: &[String], right: &[String]) {
    if left == right {
        return;
    }
    let only = |sign: &str, these: &[String], others: &[String]| -> String {
        let lines = these.iter().filter(|line| !others.contains(line)).take(5);
        lines.map(|line| format!("\n{sign} {line}")).collect()
    };
    panic!(
        "{what}: the databases are not the same{}{}",
        only("-", left, right),
        only("+", right, left)
    );
}

/// A result that must be what a check expects.
pub(crate) trait Expect<T, E> {
    /// The value.
    fn expected(self, what: &str) -> T;

    /// The error.
    fn expect_refused(self, what: &str) -> E;
}

#[allow(clippy::panic, reason = "a check fails by panicking")]
impl<T, E: Display> Expect<T, E> for Result<T, E> {
    fn expected(self, what: &str) -> T {
        self.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    fn expect_refused(self, what: &str) -> E {
        match self {
            Ok(_) => panic!("{what} was not refused"),
            Err(error) => error,
        }
    }
}
