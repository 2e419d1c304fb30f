//! `limbeck config`.

use limbeck_core::config::Config;
use limbeck_core::config::DatabaseChoice;
use limbeck_core::config::DatabaseSettings;
use limbeck_core::config::Explained;
use limbeck_core::config::Layer;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::Table;
use crate::output::paint;
use crate::output::plain;

/// Show the configuration
#[derive(Debug, clap::Args)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    task: ConfigTask,
}

#[derive(Debug, clap::Subcommand)]
enum ConfigTask {
    /// Show every setting, and the file, variable or flag that it comes from
    ///
    /// Passwords are hidden. The files of variables are shown from the least to the most specific, whether they are there
    /// or not.
    Show,
}

#[derive(Serialize)]
struct ConfigAnswer {
    environment: Option<String>,
    environment_variable: String,
    file: Option<String>,
    env_files: Vec<FileView>,
    databases: Vec<DatabaseView>,
    settings: Vec<SettingView>,
    #[serde(skip)]
    environment_source: Option<Source>,
}

#[derive(Serialize)]
struct FileView {
    path: String,
    is_there: bool,
}

/// A database, or why nothing is known of it.
#[derive(Serialize)]
struct DatabaseView {
    name: Option<String>,
    url: Option<String>,
    source: Option<Source>,
    /// The variables that give or replace parts of the URL.
    parts: Vec<Source>,
    error: Option<String>,
}

#[derive(Serialize)]
struct SettingView {
    key: String,
    value: Option<String>,
    source: Source,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Source {
    layer: &'static str,
    file: Option<String>,
    name: Option<String>,
}

impl Source {
    fn of(layer: &Layer, name: &str) -> Self {
        let (word, file) = match layer {
            Layer::File(path) => ("configuration", Some(path)),
            Layer::EnvironmentFile(path) => ("env_file", Some(path)),
            Layer::Environment => ("environment", None),
            Layer::Flag => ("flag", None),
            _ => ("default", None),
        };
        Self {
            layer: word,
            file: file.map(|path| path.display().to_string()),
            name: (!name.is_empty()).then(|| name.to_owned()),
        }
    }

    fn in_words(&self) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        match (self.layer, &self.file) {
            ("configuration", Some(file)) => file.clone(),
            (_, Some(file)) => format!("{name} in {file}"),
            ("environment", _) => format!("{name} of the environment"),
            ("flag", _) => format!("the flag {name}"),
            _ => "default".to_owned(),
        }
    }
}

impl DatabaseView {
    fn of(name: Option<&str>, found: Result<DatabaseSettings, CommandError>) -> Self {
        let name = name.map(str::to_owned);
        match found {
            Ok(found) => Self {
                name,
                url: Some(found.url.value.to_string()),
                source: Some(Source::of(&found.url.layer, &found.url.name)),
                parts: found
                    .parts
                    .iter()
                    .map(|part| Source::of(&part.layer, &part.name))
                    .collect(),
                error: None,
            },
            Err(error) => Self {
                name,
                url: None,
                source: None,
                parts: Vec::new(),
                error: Some(error.to_string()),
            },
        }
    }

    fn rows(&self, table: &mut Table) {
        let key = match &self.name {
            Some(name) => format!("databases.{name}.url"),
            None => "url".to_owned(),
        };
        let value = self.url.clone().or_else(|| self.error.as_deref().map(plain));
        let source = self.source.as_ref().map(Source::in_words).unwrap_or_default();
        table.row([key, value.unwrap_or_default(), faint(source)]);
        for part in &self.parts {
            table.row([String::new(), "  a part of it".to_owned(), faint(part.in_words())]);
        }
    }
}

impl From<Explained> for SettingView {
    fn from(setting: Explained) -> Self {
        Self {
            source: Source::of(&setting.layer, setting.variable.as_deref().unwrap_or_default()),
            key: setting.key,
            value: setting.value,
        }
    }
}

fn faint(text: String) -> String {
    match text.is_empty() {
        true => text,
        false => paint(Paint::Faint, text),
    }
}

impl Answer for ConfigAnswer {
    fn text(&self, _layout: Layout) -> String {
        let mut table = Table::default();
        let mode = self.environment.as_deref().unwrap_or("not set");
        let source = self.environment_source.as_ref();
        let source = source.map_or_else(|| self.environment_variable.clone(), Source::in_words);
        table.row(["environment".to_owned(), mode.to_owned(), faint(source)]);
        let file = self.file.as_deref().unwrap_or("none");
        table.row(["file".to_owned(), plain(file), String::new()]);
        for file in &self.env_files {
            let is_there = if file.is_there { "" } else { "not there" };
            table.row([
                "env file".to_owned(),
                plain(&file.path),
                faint(is_there.to_owned()),
            ]);
        }
        for database in &self.databases {
            database.rows(&mut table);
        }
        for setting in &self.settings {
            let value = setting.value.as_deref().unwrap_or("not set");
            table.row([
                setting.key.clone(),
                plain(value),
                faint(setting.source.in_words()),
            ]);
        }
        table.text()
    }
}

pub(crate) fn run(args: &ConfigArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let ConfigTask::Show = args.task;
    let config = context.config()?;
    let answer = ConfigAnswer {
        environment: config.mode().map(str::to_owned),
        environment_variable: config.environment_variable().to_owned(),
        environment_source: config
            .mode_source()
            .map(|mode| Source::of(&mode.layer, &mode.name)),
        file: config.file().map(|file| file.display().to_string()),
        env_files: config
            .env_files()
            .into_iter()
            .map(|file| FileView {
                path: file.path.display().to_string(),
                is_there: file.is_there,
            })
            .collect(),
        databases: databases(config, context),
        settings: config.settings().into_iter().map(SettingView::from).collect(),
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}

/// The database of the flags; without them, all that are configured.
fn databases(config: &Config, context: &Context<'_>) -> Vec<DatabaseView> {
    let named = context
        .globals
        .database
        .as_deref()
        .filter(|name| !Config::means_all(name));
    if named.is_some() || context.globals.url.is_some() {
        return vec![DatabaseView::of(named, context.database())];
    }
    let variables = context.url_variables();
    let fallback = context.choice().fallback;
    let find = |name: Option<&str>| {
        let choice = DatabaseChoice::new(None, name, fallback);
        let found = config.database(&choice, &variables).map_err(CommandError::from);
        DatabaseView::of(name, found)
    };
    let choice = DatabaseChoice::new(None, None, fallback);
    match config.all_databases(&choice, &variables) {
        Ok(names) => names.iter().map(|name| find(name.as_deref())).collect(),
        Err(_) => vec![find(None)],
    }
}
