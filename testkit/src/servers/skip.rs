//! Tests that cannot run here, said aloud.

use std::io;
use std::io::Write;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use super::Engine;

/// How many tests of this process were skipped.
static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// Says on standard error that a test does not run for want of something, and counts it, also where the output of tests is
/// captured.
///
/// # Panics
/// `LIMBECK_TEST_REQUIRE` has the engine in its list (`postgres,mysql,mariadb,galera`): the test must run.
pub fn skip(engine: Engine, missing: &str) {
    skip_on(engine.word(), missing);
}

/// The same for a test that wants something else than a server: `python`, say.
///
/// # Panics
/// `LIMBECK_TEST_REQUIRE` has that word in its list.
pub fn skip_for_want_of(what: &str, missing: &str) {
    skip_on(what, missing);
}

/// The same on a server of another word, like `galera`.
#[allow(clippy::panic, reason = "a test that must run and can't has failed")]
pub(super) fn skip_on(server: &str, missing: &str) {
    let required = std::env::var("LIMBECK_TEST_REQUIRE").unwrap_or_default();
    if required.split(',').any(|word| word.trim() == server) {
        panic!("LIMBECK_TEST_REQUIRE wants tests on {server}: {missing}");
    }
    let count = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    // Not by a macro: what those print is captured, and shown of tests that fail only.
    let line = format!("skipped ({count}): {test}, on {server}: {missing}\n");
    let _ = io::stderr().write_all(line.as_bytes());
}
