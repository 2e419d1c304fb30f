//! When a hook is called.

use std::fmt;
use std::time::Duration;

use crate::engine::EngineError;
use crate::engine::StepSummary;

/// What is about to happen, or has happened.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum HookMoment<'a> {
    /// Everything is planned, compiled and agreed to, and the first step follows.
    BeforeRun,
    /// A step follows.
    BeforeStep {
        /// The step.
        step: &'a StepSummary,
    },
    /// A step is recorded.
    AfterStep {
        /// The step.
        step: &'a StepSummary,
        /// How long it took.
        elapsed: Duration,
    },
    /// All steps are recorded.
    AfterRun,
    /// The run has failed, at any time after its first hook was called.
    Failure {
        /// The step that it was about, unless it was before the first one or between two.
        step: Option<&'a StepSummary>,
        /// Why.
        error: &'a EngineError,
    },
}

impl<'a> HookMoment<'a> {
    /// The word of the configuration: `before_run`, `before_step`, `after_step`, `after_run` or `on_failure`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::BeforeRun => "before_run",
            Self::BeforeStep { .. } => "before_step",
            Self::AfterStep { .. } => "after_step",
            Self::AfterRun => "after_run",
            Self::Failure { .. } => "on_failure",
        }
    }

    /// The step that it is about.
    pub const fn step(&self) -> Option<&'a StepSummary> {
        match *self {
            Self::BeforeStep { step } | Self::AfterStep { step, .. } => Some(step),
            Self::Failure { step, .. } => step,
            Self::BeforeRun | Self::AfterRun => None,
        }
    }
}

impl fmt::Display for HookMoment<'_> {
    /// The end of a sentence: `before the run`, `after the upgrade of b2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BeforeRun => f.write_str("before the run"),
            Self::BeforeStep { step } => write!(f, "before the {} of {}", step.direction, step.revision),
            Self::AfterStep { step, .. } => write!(f, "after the {} of {}", step.direction, step.revision),
            Self::AfterRun => f.write_str("after the run"),
            Self::Failure { .. } => f.write_str("after the failure of the run"),
        }
    }
}
