//! The one run loop, and everything that is built on it.
//!
//! A [`Migrator`] joins a driver, a URL and a set of scripts. Each of its methods opens one session, and the ones that
//! change something take the migration lock on it, read the history again under the lock, plan, compile every step
//! before the first statement is sent, and then run step by step. What happens is told to an [`Observer`]; the command
//! line, a library caller and a test look at the same events.

mod change;
mod compile;
mod derivation;
mod doubt;
mod drift;
mod error;
mod event;
mod evidence;
mod groups;
mod hook;
mod journal;
mod live;
mod lock;
mod loss;
mod migration;
mod migrator;
mod models;
mod offline;
mod options;
mod plan;
mod repair;
mod replay;
mod report;
mod run;
mod scratch;
mod stamp;
mod status;
mod step;
mod stop;
mod touched;
mod unknown_drivers;
mod verify;
mod watcher;
mod width;

pub use compile::Action;
pub use compile::CompiledStatement;
pub use compile::CompiledStep;
pub use compile::Deferred;
pub use compile::Isolation;
pub use compile::Load;
pub use compile::Message;
pub use derivation::DeriveError;
pub use derivation::DerivedDowngrade;
pub use derivation::downgrade_text;
pub use doubt::Resolution;
pub use doubt::Resolved;
pub use error::ChangedScript;
pub use error::DataRows;
pub use error::EngineError;
pub use error::Fate;
pub use event::Event;
pub use event::Ignore;
pub use event::Observer;
pub use event::StepSummary;
pub use hook::Hook;
pub use hook::HookError;
pub use hook::HookFailure;
pub use hook::HookMoment;
pub use hook::HookRun;
pub use live::Live;
pub use loss::StepLoss;
pub use migration::Migration;
pub use migrator::Migrator;
pub use models::Replayed;
pub use offline::Offline;
pub use offline::OfflineSql;
pub use options::DataLoss;
pub use options::DriftCheck;
pub use options::Fingerprint;
pub use options::MigratorOptions;
pub use plan::PlannedRun;
pub use report::AppliedStep;
pub use report::Report;
pub use scratch::Scratch;
pub use stamp::Purge;
pub use status::Status;
pub use status::WaitFor;
pub use stop::Signal;
pub use stop::Stop;
pub use touched::TouchedTables;
pub use verify::Finding;
