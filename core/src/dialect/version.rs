//! Server versions.

use std::fmt;
use std::str::FromStr;

/// The version of a server.
///
/// ```
/// use limbeck_core::dialect::Version;
///
/// let version: Version = "15.18 (Debian 15.18-0+deb12u1)".parse()?;
/// assert!(version >= Version::new(12, 0, 0));
/// # Ok::<(), limbeck_core::dialect::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
    /// The third number.
    pub patch: u32,
}

/// A text that does not begin with a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a version")]
pub struct VersionError(String);

impl Version {
    /// The version `major.minor.patch`.
    pub const fn new(major: u32, minor: u32, patch: u32) -> Self {
        Self { major, minor, patch }
    }
}

impl FromStr for Version {
    type Err = VersionError;

    /// Reads up to three numbers at the start; what follows is left out.
    fn from_str(text: &str) -> Result<Self, VersionError> {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        let mut numbers = text
            .get(..end)
            .unwrap_or_default()
            .split('.')
            .map_while(|number| number.parse::<u32>().ok());
        let major = numbers.next().ok_or_else(|| VersionError(text.to_owned()))?;
        Ok(Self::new(
            major,
            numbers.next().unwrap_or(0),
            numbers.next().unwrap_or(0),
        ))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}
