//! Composing and running the suite.

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::Completion;
use libtest_mimic::Failed;
use libtest_mimic::Trial;
use limbeck_core::driver::Driver;

use super::arguments::CommandLine;
use super::bench::Bench;
use super::bench::Session;
use super::check::Check;
use super::checks;
use super::child;
use super::databases::Databases;
use super::databases::Unavailable;
use super::failure::Failure;
use super::offer::Offer;
use super::shared::Shared;

/// The conformance suite for a driver, with databases for it.
///
/// It is the whole `main` of a test with `harness = false`: the suite reads the command line as `cargo test` and nextest
/// write it, and starts its own program again where a check needs another process.
///
/// ```no_run
/// # mod mine { pub use limbeck_sqlite::Sqlite as TheirDriver; }
/// use std::process::ExitCode;
///
/// use limbeck_testkit::FileDatabases;
/// use mine::TheirDriver;
///
/// fn main() -> ExitCode {
///     let databases = FileDatabases::new("theirs", |path| format!("sqlite:///{}", path.display()));
///     limbeck_testkit::conformance(TheirDriver, databases).run()
/// }
/// ```
pub fn conformance(driver: impl Driver, databases: impl Databases) -> Conformance {
    Conformance {
        driver: Shared(Arc::new(driver)),
        databases: vec![Arc::new(databases)],
        session: Session::default(),
    }
}

/// The suite as [`conformance`] composes it.
#[allow(missing_debug_implementations, reason = "a driver has nothing to show")]
pub struct Conformance {
    driver: Shared,
    databases: Vec<Arc<dyn Databases>>,
    session: Session,
}

/// A check, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckInfo {
    /// Its name, without the server's word before it.
    pub name: String,
    /// What must hold.
    pub about: String,
    /// What the driver must offer for it.
    pub needs: &'static [Offer],
}

impl Conformance {
    /// The same with further databases, on another kind of server.
    pub fn and(mut self, databases: impl Databases) -> Self {
        self.databases.push(Arc::new(databases));
        self
    }

    /// The same for a driver that leaves these out.
    pub fn without(mut self, offers: impl IntoIterator<Item = Offer>) -> Self {
        self.session.without.extend(offers);
        self
    }

    /// The same with a setting of the session that a script could change: the statement that changes it, and the query
    /// that reads it.
    pub fn setting(mut self, change: impl Into<String>, read: impl Into<String>) -> Self {
        self.session.settings.push((change.into(), read.into()));
        self
    }

    /// All checks.
    ///
    /// ```
    /// let checks = limbeck_testkit::Conformance::checks();
    /// assert!(checks.iter().any(|check| check.name == "locks::a_killed_process_frees_its_lock"));
    /// ```
    pub fn checks() -> Vec<CheckInfo> {
        let all = checks::all().into_iter();
        all.map(|check| CheckInfo {
            name: check.name,
            about: check.about,
            needs: check.needs,
        })
        .collect()
    }

    /// Runs the checks that the command line asks for, or what this process was started for by a check.
    pub fn run(self) -> ExitCode {
        if let Some(code) = child::run(&self.driver) {
            return code;
        }
        let line = CommandLine::of_process();
        let all = self.databases.iter().flat_map(|databases| self.trials(databases));
        let trials = all.filter(|trial| line.asks_for(trial.name())).collect();
        libtest_mimic::run(&line.arguments, trials).exit_code()
    }

    fn trials(&self, databases: &Arc<dyn Databases>) -> Vec<Trial> {
        let server = databases.server();
        let checks = checks::all().into_iter();
        checks
            .map(|check| {
                let name = format!("{server}::{}", check.name);
                let (driver, databases) = (self.driver.clone(), Arc::clone(databases));
                let session = self.session.clone();
                Trial::ignorable_test(name, move || run(&check, driver, databases, session))
            })
            .collect()
    }
}

/// Runs a check in a database of its own.
fn run(
    check: &Check,
    driver: Shared,
    databases: Arc<dyn Databases>,
    session: Session,
) -> Result<Completion, Failed> {
    if let Some(offer) = check.needs.iter().find(|offer| session.without.contains(offer)) {
        return Ok(Completion::ignored_with(format!(
            "this driver does not offer {offer}"
        )));
    }
    let server = databases.server().to_owned();
    let bench = match Bench::new(driver, databases, session) {
        Ok(bench) => bench,
        Err(Unavailable::Missing(why)) if is_required(&server) => {
            return Err(format!("LIMBECK_TEST_REQUIRE wants checks on {server}: {why}").into());
        }
        Err(Unavailable::Missing(why)) => return Ok(Completion::ignored_with(why)),
        Err(Unavailable::Broken(why)) => return Err(why.into()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match runtime.block_on((check.work)(&bench)) {
        Ok(()) => Ok(Completion::Completed),
        Err(Failure::Ignored(why)) => Ok(Completion::ignored_with(why)),
        Err(Failure::Failed(why)) => Err(format!("{}\n\n{why}", check.about).into()),
    }
}

/// Whether checks on this server must not be passed over.
fn is_required(server: &str) -> bool {
    let required = std::env::var("LIMBECK_TEST_REQUIRE").unwrap_or_default();
    required.split(',').any(|word| word.trim() == server)
}
