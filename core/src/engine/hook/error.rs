//! What goes wrong in a hook.

use std::fmt;

use serde::Serialize;

/// Why a hook could not do what it is for.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct HookError {
    /// What is wrong: a sentence without a full stop that begins in lower case.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// What it comes from.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl HookError {
    /// An error with this sentence.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            source: None,
        }
    }

    /// The same with advice.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with what it comes from.
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

/// A hook that failed after what it was to be told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HookFailure {
    /// The hook.
    pub hook: String,
    /// When, as in `after the upgrade of b2`.
    pub when: String,
    /// Why.
    pub message: String,
}

impl HookFailure {
    /// A hook has failed at a time that is the end of a sentence, for this reason.
    pub fn new(hook: impl Into<String>, when: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            hook: hook.into(),
            when: when.into(),
            message: message.into(),
        }
    }
}

impl fmt::Display for HookFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed {}: {}", self.hook, self.when, self.message)
    }
}
