//! Hooks: what others do before and after a run and its steps, and when it fails.

mod call;
mod error;
mod moment;
mod run;

use async_trait::async_trait;

pub(crate) use self::call::Hooks;
pub use self::error::HookError;
pub use self::error::HookFailure;
pub use self::moment::HookMoment;
pub use self::run::HookRun;

/// Is called before and after a run that changes a database and before and after each of its steps, and when it fails.
///
/// It is called under the migration lock and outside of transactions, and the run waits for it. Nothing else of the run
/// happens meanwhile, but that the lock is kept: so what blocks the thread belongs into a task of its own
/// (`tokio::task::spawn_blocking`). A hook that starts another run on the same database waits for itself. Where there is
/// nothing to do no hook is called, nor where SQL is only written.
///
/// A hook that fails *before* something stops the run there: what was to come is not applied. One that fails *after* something
/// is told of ([`Event::HookFailed`](super::Event::HookFailed), [`Report::hook_failures`](super::Report::hook_failures)), and
/// the run goes on: it never hides what the run itself has come to. A request to stop ends the first kind at once; the second
/// kind is waited for, until stopping is requested once more.
///
/// A hook is told at least of what has happened, and perhaps too late: when the process dies, nobody tells it of the step that
/// was recorded last.
///
/// ```
/// use async_trait::async_trait;
/// use limbeck_core::engine::{Hook, HookError, HookMoment, HookRun};
///
/// /// Writes down which tables the steps touch.
/// struct Touched(std::sync::Mutex<Vec<String>>);
///
/// #[async_trait]
/// impl Hook for Touched {
///     fn name(&self) -> &str {
///         "the list of tables"
///     }
///
///     async fn call(&self, _run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError> {
///         let HookMoment::AfterStep { step, .. } = moment else { return Ok(()) };
///         let Some(names) = step.tables.names() else {
///             return Err(HookError::new(format!("nobody knows what {} touches", step.revision)));
///         };
///         let mut touched = self.0.lock().map_err(|error| HookError::new(error.to_string()))?;
///         touched.extend(names.map(str::to_owned));
///         Ok(())
///     }
/// }
/// ```
#[async_trait]
pub trait Hook: Send + Sync {
    /// What messages call it: the subject of a sentence.
    fn name(&self) -> &str;

    /// Something is about to happen, or has happened.
    ///
    /// # Errors
    /// It could not do what it is for.
    async fn call(&self, run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError>;
}
