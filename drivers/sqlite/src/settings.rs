//! What the URL says.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;

/// How long a statement waits for another writer when nobody says otherwise.
pub(crate) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

const ENGINE: &str = "SQLite";

const PARAMETERS: &str = "mode, busy_timeout and double_quoted_strings";

/// A URL with its parameters read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) place: Place,
    pub(crate) mode: Mode,
    pub(crate) busy_timeout: Duration,
    /// SQLite's old habit of reading `"x"` as a string where no column has that name.
    pub(crate) double_quoted_strings: bool,
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Memory,
    File(PathBuf),
}

/// The parameter `mode`, named as in SQLite's own URIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// `ro`: the file exists and is only read.
    ReadOnly,
    /// `rw`: the file exists.
    Existing,
    /// `rwc`: a session that writes creates the file.
    Create,
}

impl Settings {
    /// A private database in memory.
    pub(crate) const fn memory() -> Self {
        Self {
            place: Place::Memory,
            mode: Mode::Create,
            busy_timeout: BUSY_TIMEOUT,
            double_quoted_strings: false,
        }
    }

    pub(crate) fn read(url: &DatabaseUrl) -> Result<Self, DriverError> {
        let file = url
            .file()
            .map_err(|error| refused(error.to_string()).with_source(error))?;
        let mut settings = Self {
            place: if file == Path::new(":memory:") {
                Place::Memory
            } else {
                Place::File(file)
            },
            ..Self::memory()
        };
        for (name, value) in url.parameters() {
            settings.set(name, value)?;
        }
        Ok(settings)
    }

    /// The same for a private database in memory.
    pub(crate) fn in_memory(self) -> Self {
        Self {
            place: Place::Memory,
            ..self
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), DriverError> {
        match name {
            "mode" => {
                self.mode = match value {
                    "ro" => Mode::ReadOnly,
                    "rw" => Mode::Existing,
                    "rwc" => Mode::Create,
                    _ => return Err(DriverError::bad_parameter(ENGINE, name, value, "ro, rw or rwc")),
                }
            }
            "busy_timeout" => {
                let milliseconds = value.parse().map_err(|_| {
                    DriverError::bad_parameter(ENGINE, name, value, "a number of milliseconds")
                })?;
                self.busy_timeout = Duration::from_millis(milliseconds);
            }
            "double_quoted_strings" => {
                self.double_quoted_strings = match value {
                    "on" => true,
                    "off" => false,
                    _ => return Err(DriverError::bad_parameter(ENGINE, name, value, "on or off")),
                }
            }
            _ => {
                return Err(DriverError::unknown_parameter(ENGINE, name, PARAMETERS));
            }
        }
        Ok(())
    }
}

fn refused(message: impl Into<String>) -> DriverError {
    DriverError::new(DriverErrorKind::Url, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Settings, String> {
        Settings::read(&url.parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn parameters_are_read() {
        let settings =
            read("sqlite:////srv/a%20b.db?mode=rw&busy_timeout=250&double_quoted_strings=on").unwrap();
        assert_eq!(settings.place, Place::File(PathBuf::from("/srv/a b.db")));
        assert_eq!(settings.mode, Mode::Existing);
        assert_eq!(settings.busy_timeout, Duration::from_millis(250));
        assert!(settings.double_quoted_strings);
        assert_eq!(read("sqlite::memory:").unwrap(), Settings::memory());
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (url, word) in [
            ("sqlite:a.db?cache=shared", "\"cache\""),
            ("sqlite:a.db?mode=memory", "ro, rw or rwc"),
            ("sqlite:a.db?busy_timeout=5s", "milliseconds"),
            ("sqlite:a.db?double_quoted_strings=1", "on or off"),
            ("sqlite:", "names no file"),
        ] {
            let message = read(url).unwrap_err();
            assert!(message.contains(word), "{url}: {message}");
        }
    }
}
