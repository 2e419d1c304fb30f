//! What goes wrong, and when.

use std::fmt;
use std::str::FromStr;

/// Something that goes wrong after a counted number of statements.
///
/// A text like `kill@3` or `cut@0` is a fault too, so that a test can hand one to another process:
///
/// ```
/// use limbeck_testkit::{Fault, FaultKind};
///
/// let fault: Fault = "kill@3".parse()?;
/// assert_eq!(fault, Fault::new(FaultKind::Kill, 3));
/// assert_eq!(fault.to_string(), "kill@3");
/// # Ok::<(), limbeck_testkit::FaultError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many statements take effect before it.
    pub after: usize,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The process gets SIGKILL.
    Kill,
    /// The connection ends. The last statement has taken effect, but its answer never arrives.
    Cut,
    /// The session gives up the locks that it was asked to take, and goes on: whoever took them believes to have them.
    Unlock,
    /// The test does something, and the session goes on: see [`Faulty::calling`](crate::Faulty::calling). It has no text.
    Call,
}

impl FaultKind {
    /// Whether the session goes on.
    pub(crate) const fn goes_on(self) -> bool {
        matches!(self, Self::Unlock | Self::Call)
    }
}

impl Fault {
    /// A fault after this many statements.
    pub const fn new(kind: FaultKind, after: usize) -> Self {
        Self { kind, after }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            FaultKind::Kill => "kill",
            FaultKind::Cut => "cut",
            FaultKind::Unlock => "unlock",
            FaultKind::Call => "call",
        };
        write!(f, "{kind}@{}", self.after)
    }
}

/// A text that is no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError(String);

impl fmt::Display for FaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no fault: write kill@N, cut@N or unlock@N", self.0)
    }
}

impl std::error::Error for FaultError {}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let error = || FaultError(text.to_owned());
        let (kind, after) = text.split_once('@').ok_or_else(error)?;
        let kind = match kind {
            "kill" => FaultKind::Kill,
            "cut" => FaultKind::Cut,
            "unlock" => FaultKind::Unlock,
            _ => return Err(error()),
        };
        let after = after.parse().map_err(|_| error())?;
        Ok(Self { kind, after })
    }
}
