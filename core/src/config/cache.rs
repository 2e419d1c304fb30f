//! The key `cache`.

use std::path::PathBuf;

use super::Config;
use super::ConfigError;
use super::Environment;
use super::database::unusable;

/// The variable that says whether the cache is used.
pub(super) const VARIABLE: &str = "LIMBECK_CACHE";

impl Config {
    /// Whether a run may remember in the user's cache that it has found nothing to do.
    ///
    /// # Errors
    /// The variable has a value that means nothing.
    pub fn cache(&self) -> Result<bool, ConfigError> {
        match self.variables.get(VARIABLE) {
            None => Ok(self.settings.cache),
            Some(said) => match said.value.as_str() {
                "on" => Ok(true),
                "off" => Ok(false),
                _ => Err(unusable(said, "is neither `on` nor `off`")),
            },
        }
    }
}

impl Environment {
    /// The folder for what can be had again: `limbeck` in `XDG_CACHE_HOME` or `~/.cache`, on Windows in `LOCALAPPDATA`. None
    /// where the user has no folder of his own.
    ///
    /// ```
    /// use limbeck_core::config::Environment;
    ///
    /// let environment: Environment = [("XDG_CACHE_HOME", "/var/cache/ann")].into_iter().collect();
    /// # #[cfg(unix)]
    /// assert_eq!(environment.cache_folder(), Some("/var/cache/ann/limbeck".into()));
    /// assert_eq!(Environment::default().cache_folder(), None);
    /// ```
    pub fn cache_folder(&self) -> Option<PathBuf> {
        let absolute = |name: &str| {
            self.get(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let folder = match cfg!(windows) {
            true => absolute("LOCALAPPDATA"),
            false => absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache"))),
        };
        Some(folder?.join("limbeck"))
    }
}
