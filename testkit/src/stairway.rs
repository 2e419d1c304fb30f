//! The stairway as a test.

use limbeck_core::engine::EngineError;
use limbeck_core::stairway::Report;
use limbeck_core::stairway::Stairway;

/// Walks a [`Stairway`], for a test: every revision leads up, down and up again in a scratch database, with rows in the
/// tables. It may be called inside a runtime or outside of one. What is to be tested otherwise the [`Stairway`] says.
///
/// ```
/// use std::sync::Arc;
///
/// use limbeck_core::engine::Migrator;
/// use limbeck_core::script::{MemorySource, ScriptSet};
/// use limbeck_core::stairway::Stairway;
/// use limbeck_sqlite::Sqlite;
///
/// // In a test: #[test] fn every_revision_leads_up_and_down()
/// let scripts = MemorySource::new([(
///     "a1_add_accounts.sql",
///     "-- limbeck:revision a1\n\
///      -- limbeck:upgrade\n\
///      CREATE TABLE account (id BIGINT PRIMARY KEY, mail VARCHAR(50) NOT NULL UNIQUE);\n\
///      -- limbeck:downgrade\n\
///      DROP TABLE account;\n",
/// )]);
/// let scripts = Arc::new(ScriptSet::load(&scripts)?);
/// let migrator = Migrator::new(Arc::new(Sqlite), "sqlite://shop.db".parse()?, scripts);
///
/// let report = limbeck_testkit::stairway(&Stairway::new(&migrator));
/// assert_eq!(report.revisions[0].rows, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// Something was found, or the walk could not be made: the message is the report.
#[allow(clippy::panic, reason = "a test fails by panicking")]
pub fn stairway(stairway: &Stairway<'_>) -> Report {
    match walk(stairway) {
        Ok(report) if report.is_clean() => report,
        Ok(report) => panic!("the stairway has found something\n\n{report}"),
        Err(error) => panic!("the stairway could not be walked: {error}"),
    }
}

/// On a thread of its own, since the caller may be in a runtime.
#[allow(clippy::panic, reason = "a test fails by panicking")]
fn walk(stairway: &Stairway<'_>) -> Result<Report, Box<EngineError>> {
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(stairway.run(&mut |_| {})).map_err(Box::new),
            Err(error) => panic!("the runtime cannot be started: {error}"),
        }
    };
    match std::thread::scope(|scope| scope.spawn(work).join()) {
        Ok(walked) => walked,
        Err(panic) => std::panic::resume_unwind(panic),
    }
}
