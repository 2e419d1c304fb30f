//! A backup before the first statement of a run.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use async_trait::async_trait;
use jiff::Timestamp;
use limbeck_core::config::BackupSettings;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::Hook;
use limbeck_core::engine::HookError;
use limbeck_core::engine::HookMoment;
use limbeck_core::engine::HookRun;

use crate::program::Program;
use crate::shell;

/// The most revisions that stand in the name of a file.
const REVISIONS: usize = 3;

/// Makes a backup before a run.
pub(crate) struct Backup {
    driver: Arc<dyn Driver>,
    settings: BackupSettings,
    /// The folder of the configuration, in which the command runs.
    folder: PathBuf,
    /// The database's name.
    database: String,
    made: Made,
}

/// The file of a backup, once it is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made(Arc<OnceLock<PathBuf>>);

impl Made {
    pub(crate) fn file(&self) -> Option<&Path> {
        self.0.get().map(PathBuf::as_path)
    }
}

impl Backup {
    pub(crate) fn new(
        driver: Arc<dyn Driver>,
        settings: BackupSettings,
        folder: PathBuf,
        database: String,
        made: Made,
    ) -> Self {
        Self {
            driver,
            settings,
            folder,
            database,
            made,
        }
    }

    /// The file, with its absolute path: the command runs in another folder than this one.
    fn file(&self, run: &HookRun<'_>) -> io::Result<PathBuf> {
        // Milliseconds keep two runs of one second apart.
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%S.%3fZ").to_string();
        let name = self
            .settings
            .file
            .replace("{database}", &plain(&self.database))
            .replace("{time}", &time)
            .replace("{revision}", &plain(&in_name(run.revisions)));
        std::path::absolute(self.settings.folder.join(name))
    }

    async fn make(&self, run: &HookRun<'_>) -> Result<(), HookError> {
        let file = self
            .file(run)
            .map_err(|error| io_error("the name of its file", error))?;
        if let Some(folder) = file.parent() {
            make_folder(folder)
                .map_err(|error| io_error(&format!("the folder {}", folder.display()), error))?;
        }
        if file.symlink_metadata().is_ok() {
            return Err(HookError::new(format!("{} exists", file.display())));
        }
        // What has its name is whole, also after this process was killed.
        let mut partial = file.clone().into_os_string();
        partial.push(PARTIAL);
        let partial = PathBuf::from(partial);
        let mut unfinished = Unfinished(Some(&partial));
        let made = match &self.settings.command {
            Some(command) => self.by_command(command, run.database, &partial).await,
            None => self.by_driver(run.database, &partial).await,
        };
        match made.and_then(|()| finish(&partial, &file)) {
            Ok(is_there) => {
                unfinished.0 = None;
                if is_there {
                    let _ = self.made.0.set(file.clone());
                }
                Ok(())
            }
            Err(error) => match unfinished.remove() {
                Ok(()) => Err(error),
                Err(kept) => {
                    let message = format!(
                        "{error}; {} is not whole, and cannot be removed: {kept}",
                        partial.display()
                    );
                    Err(HookError::new(message).with_source(error))
                }
            },
        }
    }

    async fn by_command(&self, command: &str, url: &DatabaseUrl, file: &Path) -> Result<(), HookError> {
        let line = self.filled(command, url, file)?;
        let environment = self.driver.program_environment(url);
        let program = Program {
            line: &line,
            folder: &self.folder,
            environment: environment.map_err(of_driver)?,
            input: Vec::new(),
            timeout: self.settings.timeout,
        };
        let ran = program.run().await;
        ran.map_err(|error| HookError::new(format!("`{command}`: {error}")).with_source(error))?;
        // What writes no file of ours has its backup elsewhere.
        if !command.contains("{file}") {
            return Ok(());
        }
        match fs::metadata(file) {
            Ok(metadata) if metadata.len() > 0 => Ok(()),
            Ok(_) => Err(HookError::new(format!(
                "`{command}` has written nothing into {}",
                file.display()
            ))),
            Err(error) => Err(
                HookError::new(format!("`{command}` has not written {}", file.display())).with_source(error),
            ),
        }
    }

    /// The command with its placeholders filled. There is none for a password, which others could read.
    fn filled(&self, command: &str, url: &DatabaseUrl, file: &Path) -> Result<String, HookError> {
        let mut line = String::with_capacity(command.len());
        let mut rest = command;
        // What is put in is not looked at again: it may look like a placeholder itself.
        while let Some((before, word, after)) = next_placeholder(rest) {
            line.push_str(before);
            line.push_str(&match word {
                "{file}" => shell::quoted(file),
                word => shell::quoted(Path::new(&self.part(word, url)?)),
            });
            rest = after;
        }
        line.push_str(rest);
        Ok(line)
    }

    /// What the database's URL says, for a placeholder.
    fn part(&self, word: &str, url: &DatabaseUrl) -> Result<String, HookError> {
        let address = self.driver.server_address(url).map_err(of_driver)?;
        let usual = self.driver.url_variables().first();
        let part = match word {
            "{host}" => address.host.or(usual.map(|usual| usual.host.to_owned())),
            "{port}" => address
                .port
                .or(usual.and_then(|usual| usual.port))
                .map(|port| port.to_string()),
            "{user}" => address.user.or(usual.map(|usual| usual.user.to_owned())),
            _ => address.database,
        };
        part.filter(|part| !part.is_empty()).ok_or_else(|| {
            HookError::new(format!(
                "the command has `{word}`, and the database URL does not name it"
            ))
        })
    }

    async fn by_driver(&self, url: &DatabaseUrl, file: &Path) -> Result<(), HookError> {
        self.driver.backup(url, file).await.map_err(|error| {
            let unsupported = error.kind == DriverErrorKind::Unsupported;
            let error = of_driver(error);
            match unsupported {
                true => {
                    error.with_hint("name the command that makes one: `command` in [backup] of limbeck.toml")
                }
                false => error,
            }
        })
    }
}

/// What stands behind the name of a file that is not whole yet.
const PARTIAL: &str = ".partial";

/// What a command of the configuration may hold.
const PLACEHOLDERS: [&str; 5] = ["{file}", "{host}", "{port}", "{user}", "{database}"];

/// The first placeholder of a text, with what stands before and behind it.
fn next_placeholder(text: &str) -> Option<(&str, &'static str, &str)> {
    let found = PLACEHOLDERS
        .iter()
        .filter_map(|word| Some((text.find(word)?, *word)));
    let (at, word) = found.min()?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, word, rest.strip_prefix(word)?))
}

#[async_trait]
impl Hook for Backup {
    fn name(&self) -> &str {
        "the backup"
    }

    async fn call(&self, run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError> {
        match moment {
            HookMoment::BeforeRun => self.make(run).await,
            _ => Ok(()),
        }
    }
}

/// A file that is removed unless it becomes whole: also when nobody waits for it any more.
struct Unfinished<'a>(Option<&'a Path>);

impl Unfinished<'_> {
    fn remove(&mut self) -> io::Result<()> {
        let Some(file) = self.0.take() else { return Ok(()) };
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        // Nobody is left to tell.
        let _ = self.remove();
    }
}

/// Gives a file that is whole its name. False where the command has written elsewhere.
fn finish(partial: &Path, file: &Path) -> Result<bool, HookError> {
    match fs::rename(partial, file) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(io_error(&format!("the name {}", file.display()), error)),
    }
}

fn of_driver(error: DriverError) -> HookError {
    HookError::new(error.to_string()).with_source(error)
}

fn io_error(what: &str, error: io::Error) -> HookError {
    HookError::new(format!("{what}: {error}")).with_source(error)
}

/// Makes a folder for those alone who run this: a backup holds all data.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The rows of a version table in a few letters.
fn in_name(revisions: &[String]) -> String {
    if revisions.is_empty() {
        return "base".to_owned();
    }
    let shown = revisions.iter().take(REVISIONS).map(String::as_str);
    let mut text = shown.collect::<Vec<_>>().join("-");
    if revisions.len() > REVISIONS {
        text.push_str("-more");
    }
    text
}

/// A text as a part of a file's name, on every system.
fn plain(text: &str) -> String {
    let letter = |c: char| match c {
        c if c.is_ascii_alphanumeric() || "._-".contains(c) => c,
        _ => '_',
    };
    // Names of files end at 255 bytes, and there is more than this in one.
    text.chars().take(80).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_and_names_are_plain_and_short() {
        let ids = |number: usize| (0..number).map(|id| format!("r{id}")).collect::<Vec<_>>();
        assert_eq!(in_name(&[]), "base");
        assert_eq!(in_name(&ids(2)), "r0-r1");
        assert_eq!(in_name(&ids(9)), "r0-r1-r2-more");
        assert_eq!(plain("../my shop"), ".._my_shop");
        assert_eq!(plain(&"x".repeat(300)).len(), 80);
    }

    #[test]
    fn placeholders_are_found_in_their_order() {
        let mut rest = "dump {user} {no} {file}{database}";
        let mut found = Vec::new();
        while let Some((before, word, after)) = next_placeholder(rest) {
            found.push((before, word));
            rest = after;
        }
        assert_eq!(
            found,
            [("dump ", "{user}"), (" {no} ", "{file}"), ("", "{database}")]
        );
        assert_eq!(rest, "");
    }
}
