//! `-- limbeck:timeout 30s, lock 2s`

use std::time::Duration;

use super::duration::parse_duration;

/// How long a statement may run, and how long it may wait for locks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatementTimeout {
    /// How long it may run.
    pub run: Option<Duration>,
    /// How long it may wait for a lock of another session, where that is not as configured.
    pub lock: Option<LockLimit>,
}

/// How long a statement may wait for a lock of another session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockLimit {
    /// As long as it takes.
    Unlimited,
    /// This long.
    After(Duration),
}

impl LockLimit {
    /// The limit; none when there is none.
    pub const fn time(self) -> Option<Duration> {
        match self {
            Self::Unlimited => None,
            Self::After(time) => Some(time),
        }
    }
}

impl StatementTimeout {
    /// Whether nothing is said.
    pub const fn is_empty(self) -> bool {
        self.run.is_none() && self.lock.is_none()
    }

    /// Reads the arguments of the directive.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut timeout = Self::default();
        for part in text.split(',').map(str::trim) {
            let lock = part
                .strip_prefix("lock")
                .filter(|rest| rest.starts_with(char::is_whitespace));
            match lock.map(str::trim) {
                Some(_) if timeout.lock.is_some() => {
                    return Err("says twice how long to wait for a lock".to_owned());
                }
                Some("none") => timeout.lock = Some(LockLimit::Unlimited),
                Some(time) => timeout.lock = Some(LockLimit::After(duration(time)?)),
                None if timeout.run.is_some() => {
                    return Err("says twice how long the statement may run".to_owned());
                }
                None => timeout.run = Some(duration(part)?),
            }
        }
        Ok(timeout)
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    parse_duration(text).ok_or_else(|| format!("needs a time with its unit, not `{text}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_times_stand_on_one_line() {
        let timeout = StatementTimeout::parse("10m, lock 2s").unwrap();
        assert_eq!(timeout.run, Some(Duration::from_secs(600)));
        assert_eq!(timeout.lock, Some(LockLimit::After(Duration::from_secs(2))));
        let timeout = StatementTimeout::parse("lock none").unwrap();
        assert_eq!((timeout.run, timeout.lock), (None, Some(LockLimit::Unlimited)));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "none",
            "lock",
            "lock soon",
            "1s, 2s",
            "lock 1s, lock 2s",
            "1s lock 2s",
        ] {
            assert!(StatementTimeout::parse(text).is_err(), "{text}");
        }
    }
}
