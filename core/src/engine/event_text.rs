//! Events as lines of a log.

use std::fmt;

use super::Event;

/// One line, for a log. A log that wants no more than one line a step passes over the beginnings and the statements.
///
/// ```
/// use std::time::Duration;
///
/// use limbeck_core::engine::Event;
///
/// let event = Event::LockAcquired { waited: Duration::from_millis(2500) };
/// assert_eq!(event.to_string(), "got the migration lock after 2.5s");
/// ```
impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LockWaiting { holder: Some(holder) } => {
                write!(f, "waiting for the migration lock: {holder} has it")
            }
            Self::LockWaiting { holder: None } => {
                f.write_str("waiting for the migration lock: another run has it")
            }
            Self::LockAcquired { waited } => write!(f, "got the migration lock after {waited:.1?}"),
            Self::RunStarted { steps } => match steps {
                [_] => f.write_str("one step is to be run"),
                steps => write!(f, "{} steps are to be run", steps.len()),
            },
            Self::StepStarted { step, .. } => write!(f, "{} {} begins", step.direction, step.revision),
            Self::LockTimeout {
                attempt, attempts, ..
            } => write!(
                f,
                "others hold a lock on what this step changes; attempt {attempt} of {attempts}"
            ),
            Self::StatementDone { index, of } => write!(f, "statement {} of {of} is done", index + 1),
            Self::StepDone { step, elapsed, .. } => write!(
                f,
                "{} {} {} ({elapsed:.1?})",
                step.direction, step.revision, step.message
            ),
            Self::SeedDone { name, elapsed, .. } => write!(f, "seed {name} ({elapsed:.1?})"),
            Self::HookFailed { failure } => failure.fmt(f),
            Self::Notice { message } => f.write_str(message),
        }
    }
}
