//! Finding and reading the configuration.

use std::fmt;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::ConfigError;
use super::Environment;
use super::Layer;
use super::ModelsOrigin;
use super::ModelsSource;
use super::env_file::Variables;
use super::keys;
use super::settings::Settings;
use crate::diff::Ignored;
use crate::operation::NamingConvention;
use crate::operation::NamingError;
use crate::script::DirectorySource;
use crate::script::FileNaming;
use crate::seed::SeedFolder;

/// The name of the configuration's file.
const FILE: &str = "limbeck.toml";

/// The files of variables that are read in every environment.
const FILES_OF_ALL: [&str; 2] = [".env", ".env.local"];

/// Where the configuration is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Project {
    /// The folder in which, and then above which, `limbeck.toml` is looked for; empty for the working directory.
    pub directory: PathBuf,
    /// The file, when it was named.
    pub file: Option<PathBuf>,
    /// The program carries its own scripts, so that there may be neither a file nor a folder `migrations`.
    pub embedded: bool,
}

impl Project {
    /// The project of a folder.
    pub fn of(directory: impl Into<PathBuf>) -> Self {
        Self {
            directory: directory.into(),
            ..Self::default()
        }
    }

    /// The same with a file that was named, relative to the folder.
    pub fn file(mut self, file: Option<PathBuf>) -> Self {
        self.file = file;
        self
    }

    /// The same for a program that carries its own scripts.
    pub fn embedded(mut self, embedded: bool) -> Self {
        self.embedded = embedded;
        self
    }
}

/// The configuration of a project: `limbeck.toml` and the variables of all layers.
///
/// ```no_run
/// use limbeck_core::config::{Config, Environment, Project};
///
/// let config = Config::load(&Project::of("shop"), &Environment::from_process())?;
/// let scripts = limbeck_core::script::ScriptSet::load(&config.scripts());
/// # Ok::<(), limbeck_core::config::ConfigError>(())
/// ```
pub struct Config {
    pub(super) settings: Settings,
    pub(super) variables: Variables,
    pub(super) file: Option<PathBuf>,
    pub(super) text: String,
    root: PathBuf,
    mode: Option<String>,
}

impl Config {
    /// Finds and reads `limbeck.toml` and the `.env` files beside it.
    ///
    /// # Errors
    /// There is no project, a file cannot be read, or something in it is wrong. No message shows a value.
    pub fn load(project: &Project, environment: &Environment) -> Result<Self, ConfigError> {
        let (root, file) = find(project)?;
        let (settings, text) = match &file {
            Some(path) => {
                let text = fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
                    path: path.clone(),
                    source,
                })?;
                let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
                (keys::read(path, &text)?, text)
            }
            None => (Settings::default(), String::new()),
        };
        let mut config = Self {
            settings,
            variables: Variables::default(),
            file,
            text,
            root,
            mode: None,
        };
        config.check()?;
        config.read_variables(environment)?;
        Ok(config)
    }

    /// The folder of `limbeck.toml`: what paths in it are relative to. Empty for the working directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `limbeck.toml`, when there is one.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The name of the variable that says which environment it is: `LIMBECK_ENV`, or what the configuration says instead.
    pub fn environment_variable(&self) -> &str {
        &self.settings.environment_variable
    }

    /// The value of `LIMBECK_ENV`, or of the variable that the configuration names instead.
    pub fn mode(&self) -> Option<&str> {
        self.mode.as_deref()
    }

    /// Whether the environment is production: its name begins with `prod`, in any case of letters.
    pub fn is_production(&self) -> bool {
        self.mode()
            .is_some_and(|mode| mode.to_lowercase().starts_with("prod"))
    }

    /// The folders of revision files, in order.
    pub fn version_locations(&self) -> Vec<PathBuf> {
        let locations = self.settings.version_locations.iter();
        locations.map(|location| self.root.join(location)).collect()
    }

    /// The revision files.
    pub fn scripts(&self) -> DirectorySource {
        DirectorySource::new(self.version_locations()).recursive(self.settings.recursive_version_locations)
    }

    /// The folder of seeds.
    pub fn seeds(&self) -> SeedFolder {
        SeedFolder::at(self.root.join(&self.settings.seeds.location))
    }

    /// How new files are named.
    pub fn file_naming(&self) -> FileNaming {
        FileNaming {
            template: self.settings.file_template.clone(),
            slug_length: self.settings.truncate_slug_length,
        }
    }

    /// How constraints and indexes without a name are called.
    pub fn naming(&self) -> &NamingConvention {
        &self.settings.naming
    }

    /// Where the models are, when they are anywhere.
    ///
    /// # Errors
    /// Both a file and a command are named.
    pub fn models(&self) -> Result<Option<ModelsSource>, ConfigError> {
        let keys = &self.settings.models;
        let origin = match (&keys.file, &keys.command) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => return Err(ConfigError::TwoModels),
            (Some(file), None) => ModelsOrigin::File(self.root().join(file)),
            (None, Some(command)) => ModelsOrigin::Command(command.clone()),
        };
        Ok(Some(ModelsSource {
            origin,
            sql: keys.sql,
        }))
    }

    /// The commands for the shell that run after the file of a revision is written.
    pub fn post_write(&self) -> &[String] {
        &self.settings.post_write
    }

    /// What comparisons leave out.
    ///
    /// # Errors
    /// A pattern is none.
    pub fn ignored(&self) -> Result<Ignored, ConfigError> {
        let patterns = self.settings.models.ignore.iter().map(String::as_str);
        Ignored::new(patterns).map_err(ConfigError::Pattern)
    }

    /// The dialects that the revisions must be good for, beside that of the database at hand.
    pub fn dialects(&self) -> &[String] {
        &self.settings.dialects
    }

    /// The project's name: that of the configuration, else that of the folder.
    pub fn name(&self) -> String {
        let folder = || {
            let root = if self.root.as_os_str().is_empty() {
                Path::new(".")
            } else {
                &self.root
            };
            let root = root.canonicalize().ok()?;
            Some(root.file_name()?.to_string_lossy().into_owned())
        };
        self.settings.name.clone().or_else(folder).unwrap_or_default()
    }

    /// What no type says: the meaning of texts, and the relations between keys.
    fn check(&self) -> Result<(), ConfigError> {
        let settings = &self.settings;
        if settings.version_locations.is_empty() {
            return Err(self.wrong("version_locations", "names no folder"));
        }
        if settings.file_template.contains('/') && !settings.recursive_version_locations {
            return Err(self.wrong(
                "file_template",
                "makes subfolders, which are only read with `recursive_version_locations = true`",
            ));
        }
        if settings.seeds.location.is_empty() {
            return Err(self.wrong("seeds.location", "names no folder"));
        }
        if settings.environment_variable.is_empty() {
            return Err(self.wrong("environment_variable", "is empty"));
        }
        if let Err(error) = settings.naming.check_patterns() {
            let problem = match &error {
                NamingError::Missing { placeholder, .. } => {
                    format!("has no `{placeholder}`, so that names would clash")
                }
                NamingError::Unknown { placeholder, .. } => {
                    format!("has `{placeholder}`, which means nothing there")
                }
            };
            return Err(self.wrong(&format!("naming.{}", error.key()), &problem));
        }
        let tables = settings.databases.iter().map(|(name, database)| {
            let key = format!("databases.{name}.version_table");
            (key, database.version_table.as_ref())
        });
        let top = ("version_table".to_owned(), Some(&settings.version_table));
        for (key, table) in [top].into_iter().chain(tables) {
            if table.is_some_and(|table| table.contains('.')) {
                let problem = "holds a dot, and a schema is no part of it: the database URL says in which one the session works";
                return Err(self.wrong(&key, problem));
            }
        }
        self.timeouts()?;
        self.hooks()?;
        self.backup()?;
        self.check_metrics()?;
        self.models()?;
        self.ignored()?;
        let top = [&settings.transaction, &settings.ahead, &settings.lock_timeout];
        self.check_database("", top.map(Some))?;
        for (name, database) in &settings.databases {
            let own = [&database.transaction, &database.ahead, &database.lock_timeout];
            self.check_database(&format!("databases.{name}."), own.map(Option::as_ref))?;
        }
        Ok(())
    }

    pub(super) fn wrong(&self, key: &str, problem: &str) -> ConfigError {
        ConfigError::Value {
            path: self.file.clone().unwrap_or_default(),
            line: keys::line_of_key(&self.text, key),
            key: key.to_owned(),
            problem: problem.to_owned(),
        }
    }

    /// The names of the files of variables, from the least to the most specific.
    pub(super) fn env_file_names(&self) -> Vec<String> {
        let mut names: Vec<String> = FILES_OF_ALL.map(str::to_owned).to_vec();
        if let Some(mode) = &self.mode {
            names.push(format!(".env.{mode}"));
            names.push(format!(".env.{mode}.local"));
        }
        // `.env.local` is a layer of its own and not that of a mode called "local".
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    /// Reads the `.env` files, then lays the variables of the process over them.
    fn read_variables(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        for file in FILES_OF_ALL {
            self.variables.read(&self.root.join(file))?;
        }
        let name = &self.settings.environment_variable;
        let said = environment
            .get(name)
            .or_else(|| self.variables.get(name).map(|found| found.value.as_str()));
        if let Some(mode) = said {
            if mode.contains(['/', '\\']) {
                return Err(ConfigError::Variable {
                    name: name.clone(),
                    layer: self
                        .variables
                        .get(name)
                        .map_or(Layer::Environment, |found| found.layer.clone())
                        .to_string(),
                    problem: "names the files `.env.{ENV}`, so it cannot be a path".to_owned(),
                });
            }
            let mode = mode.trim().to_owned();
            self.mode = Some(mode);
            for file in self.env_file_names().into_iter().skip(FILES_OF_ALL.len()) {
                self.variables.read(&self.root.join(file))?;
            }
        }
        for (name, value) in environment.iter() {
            self.variables.set(name, value, Layer::Environment);
        }
        Ok(())
    }
}

impl fmt::Debug for Config {
    /// Without the values, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("file", &self.file)
            .field("mode", &self.mode)
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}

/// Whether anything has that name; what it is, reading it tells.
fn is_there(file: &Path) -> bool {
    file.symlink_metadata().is_ok()
}

/// The project's folder and file.
fn find(project: &Project) -> Result<(PathBuf, Option<PathBuf>), ConfigError> {
    let directory = &project.directory;
    if let Some(file) = &project.file {
        let path = directory.join(file);
        let root = path.parent().unwrap_or(directory).to_owned();
        return Ok((root, Some(path)));
    }
    let here = directory.join(FILE);
    if is_there(&here) {
        return Ok((directory.clone(), Some(here)));
    }
    let start = if directory.as_os_str().is_empty() {
        Path::new(".")
    } else {
        directory
    };
    let above = start.canonicalize().ok();
    for folder in above.iter().flat_map(|path| path.ancestors().skip(1)) {
        let file = folder.join(FILE);
        if is_there(&file) {
            return Ok((folder.to_owned(), Some(file)));
        }
    }
    let usual = Settings::default().version_locations;
    if project.embedded || usual.iter().any(|location| directory.join(location).is_dir()) {
        return Ok((directory.clone(), None));
    }
    Err(ConfigError::NoProject {
        directory: start.to_owned(),
    })
}
