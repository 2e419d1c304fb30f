//! Why a check did not pass.

use std::error::Error;
use std::fmt;
use std::fmt::Display;
use std::fmt::Write;

use limbeck_core::driver::BatchError;
use limbeck_core::driver::DriverError;
use limbeck_core::engine::EngineError;

/// What a check gives.
pub(crate) type Outcome = Result<(), Failure>;

/// Why a check did not pass.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What must hold does not.
    Failed(String),
    /// There is nothing to check here.
    Ignored(String),
}

impl Failure {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self::Failed(text.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) | Self::Ignored(text) => f.write_str(text),
        }
    }
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let mut text = String::new();
        describe(&error, &mut text);
        Self::Failed(text)
    }
}

/// An error with all that a driver's author wants to know of it.
fn describe(error: &(dyn Error + 'static), text: &mut String) {
    text.push_str(&error.to_string());
    let inner = match error.downcast_ref::<EngineError>() {
        Some(EngineError::Statement { sql, error, .. }) => {
            let _ = write!(text, "\n  statement: {sql}");
            Some(error)
        }
        Some(EngineError::Database { error, .. } | EngineError::Connect(error)) => Some(error),
        _ => None,
    };
    let inner = inner
        .or_else(|| error.downcast_ref::<BatchError>().map(|error| &error.error))
        .or_else(|| error.downcast_ref::<DriverError>());
    if let Some(error) = inner {
        let _ = write!(text, "\n  kind: {:?}", error.kind);
        let more = [("detail", &error.detail), ("hint", &error.hint)];
        for (what, said) in more {
            if let Some(said) = said {
                let _ = write!(text, "\n  {what}: {said}");
            }
        }
    }
}

/// Says what was being done when something failed.
pub(crate) trait During<T> {
    fn during(self, what: impl Display) -> Result<T, Failure>;
}

impl<T, E: Into<Failure>> During<T> for Result<T, E> {
    fn during(self, what: impl Display) -> Result<T, Failure> {
        self.map_err(|error| match error.into() {
            Failure::Failed(text) => Failure::Failed(format!("{what}: {text}")),
            ignored @ Failure::Ignored(_) => ignored,
        })
    }
}

/// An error where one must come.
pub(crate) trait Refused<E> {
    fn refused(self, what: impl Display) -> Result<E, Failure>;
}

impl<T, E> Refused<E> for Result<T, E> {
    fn refused(self, what: impl Display) -> Result<E, Failure> {
        match self {
            Ok(_) => Err(Failure::new(format!("{what}: it succeeded, and must not"))),
            Err(error) => Ok(error),
        }
    }
}

/// Fails the check unless the condition holds.
macro_rules! ensure {
    ($condition:expr, $($text:tt)+) => {
        if !$condition {
            return Err($crate::conformance::failure::Failure::new(format!($($text)+)));
        }
    };
}

/// Fails the check unless both are the same.
macro_rules! ensure_eq {
    ($found:expr, $expected:expr, $($text:tt)+) => {
        match (&$found, &$expected) {
            (found, expected) => {
                if !(*found == *expected) {
                    return Err($crate::conformance::failure::Failure::new(format!(
                        "{}\n  found:    {found:?}\n  expected: {expected:?}",
                        format_args!($($text)+)
                    )));
                }
            }
        }
    };
}

pub(crate) use ensure;
pub(crate) use ensure_eq;
