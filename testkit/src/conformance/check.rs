//! A check: a name, a description and what it does.

use std::pin::Pin;

use super::bench::Bench;
use super::failure::Outcome;
use super::offer::Offer;

/// The work of a check, which stays on its thread.
pub(crate) type Work<'a> = Pin<Box<dyn Future<Output = Outcome> + 'a>>;

/// A check.
pub(crate) struct Check {
    /// Its name: the topic and a sentence.
    pub(crate) name: String,
    /// What must hold.
    pub(crate) about: String,
    /// What the driver must offer for it.
    pub(crate) needs: &'static [Offer],
    pub(crate) work: Box<dyn for<'a> Fn(&'a Bench) -> Work<'a> + Send + Sync>,
}

impl Check {
    pub(crate) fn new(
        topic: &str,
        name: &str,
        about: impl Into<String>,
        work: impl for<'a> Fn(&'a Bench) -> Work<'a> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: format!("{topic}::{name}"),
            about: about.into(),
            needs: &[],
            work: Box::new(work),
        }
    }

    /// The same, for drivers that offer these.
    pub(crate) fn needing(mut self, needs: &'static [Offer]) -> Self {
        self.needs = needs;
        self
    }
}

/// The checks of a topic: functions, each with what must hold and perhaps with what it needs.
macro_rules! checks {
    ($topic:literal: $($function:ident $([$($offer:ident),+])? = $about:literal;)+) => {
        pub(super) fn checks() -> Vec<$crate::conformance::check::Check> {
            vec![$(
                $crate::conformance::check::Check::new($topic, stringify!($function), $about, |bench| {
                    Box::pin($function(bench))
                })
                $(.needing(&[$($crate::conformance::offer::Offer::$offer),+]))?
            ),+]
        }
    };
}

pub(crate) use checks;
