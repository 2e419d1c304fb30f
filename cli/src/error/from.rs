//! Errors of the core as errors of the command.

use std::path::Path;

use limbeck_core::config::ConfigError;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::UrlError;
use limbeck_core::engine::DeriveError;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Finding;
use limbeck_core::engine::Signal;
use limbeck_core::graph::GraphError;
use limbeck_core::graph::GraphFault;
use limbeck_core::graph::GraphFaults;
use limbeck_core::graph::IdError;
use limbeck_core::script::EditError;
use limbeck_core::script::LoadError;
use limbeck_core::script::LoadErrors;
use limbeck_core::script::WriteError;
use limbeck_core::seed::SeedError;
use limbeck_core::sql::Place;
use limbeck_core::sql::SourceFile;
use limbeck_core::sql::Span;

use super::CommandError;
use super::ErrorKind;
use super::Fault;
use crate::exit::Exit;

impl From<EngineError> for CommandError {
    fn from(error: EngineError) -> Self {
        let message = without_place(&error.to_string(), error.place());
        let mut fault = Fault::new(message).at(error.place().cloned());
        fault.hints = error.hints();
        let exit = stopped_by(&error);
        let error = Self::of(kind(&error), fault);
        match exit {
            Some(exit) => error.with_exit(exit),
            None => error,
        }
    }
}

/// The message; the place is shown apart.
fn without_place(message: &str, place: Option<&Place>) -> String {
    let place = place.map(|place| format!("{place}: ")).unwrap_or_default();
    message.strip_prefix(&place).unwrap_or(message).to_owned()
}

fn stopped_by(error: &EngineError) -> Option<Exit> {
    match error {
        EngineError::Stopped {
            signal: Signal::Interrupt,
            ..
        } => Some(Exit::Interrupted),
        EngineError::Stopped {
            signal: Signal::Terminate,
            ..
        } => Some(Exit::Terminated),
        _ => None,
    }
}

/// The kind of an error of the engine.
pub(crate) fn kind(error: &EngineError) -> ErrorKind {
    match error {
        EngineError::Seed(error) => seed_kind(error),
        EngineError::Graph(error) => graph_kind(error),
        EngineError::Script(_)
        | EngineError::Portable { .. }
        | EngineError::Code { .. }
        | EngineError::Misfit { .. }
        | EngineError::Models(_)
        | EngineError::RowsInModels { .. }
        | EngineError::Incoherent { .. }
        | EngineError::FormerName { .. }
        | EngineError::NativeModels { .. }
        | EngineError::DataFile { .. }
        | EngineError::TransactionControl { .. } => ErrorKind::Script,
        EngineError::Render { .. }
        | EngineError::HistoryTables(_)
        | EngineError::UnknownSchema { .. }
        | EngineError::OpaqueHistory { .. }
        | EngineError::Inexpressible(_)
        | EngineError::Unprepared { .. }
        | EngineError::NotAlone { .. }
        | EngineError::NoRunTransaction { .. }
        | EngineError::NotTogether { .. }
        | EngineError::NotOffline { .. } => ErrorKind::Unsupported,
        EngineError::CurrentOffline { .. } => ErrorKind::Target,
        EngineError::Connect(error) => driver_kind(error).unwrap_or(ErrorKind::Connect),
        EngineError::Database { error, .. } => driver_kind(error).unwrap_or(ErrorKind::Database),
        EngineError::Statement { error, .. } | EngineError::Rows { error, .. } => {
            driver_kind(error).unwrap_or(ErrorKind::Statement)
        }
        EngineError::TimedOut { .. } => ErrorKind::Statement,
        EngineError::Blocked { .. } => ErrorKind::Blocked,
        EngineError::History(_) => ErrorKind::Database,
        EngineError::VersionTableLost { .. } => ErrorKind::Database,
        EngineError::StillRunning(_) => ErrorKind::Locked,
        EngineError::Drift => ErrorKind::Drift,
        EngineError::Assertion { .. } => ErrorKind::Assertion,
        EngineError::Guard { .. } => ErrorKind::Guard,
        EngineError::Changed(_) | EngineError::UnfinishedChanged(_) => ErrorKind::Changed,
        EngineError::Locked { .. } => ErrorKind::Locked,
        EngineError::LockLost { .. } | EngineError::RowsMoved { .. } => ErrorKind::Concurrent,
        EngineError::Doubt(_) | EngineError::Unrecorded { .. } => ErrorKind::Doubt,
        EngineError::NothingInDoubt { .. } | EngineError::Unfinished { .. } => ErrorKind::Unfinished,
        EngineError::IdTooLong { .. } => ErrorKind::Target,
        EngineError::NoScript { .. } => ErrorKind::UnknownRevision,
        EngineError::MissingCode { .. } => ErrorKind::NoCode,
        EngineError::Irreversible { .. } | EngineError::NoDowngrade { .. } => ErrorKind::Irreversible,
        EngineError::DataLoss { .. } => ErrorKind::DataLoss,
        EngineError::Hook { .. } => ErrorKind::Hook,
        EngineError::Stopped { .. } => ErrorKind::Stopped,
        EngineError::WaitedInVain { .. } | EngineError::NoAnswer { .. } => ErrorKind::Timeout,
        _ => ErrorKind::Internal,
    }
}

fn seed_kind(error: &SeedError) -> ErrorKind {
    match error {
        SeedError::Folder { .. } => ErrorKind::Io,
        SeedError::Unknown { .. } | SeedError::Elsewhere { .. } => ErrorKind::Usage,
        SeedError::NotUpgraded { .. } => ErrorKind::NotUpgraded,
        SeedError::Assertion { .. } => ErrorKind::Assertion,
        SeedError::Render { .. } => ErrorKind::Unsupported,
        SeedError::Rows { error, .. } | SeedError::Statement { error, .. } => {
            driver_kind(error).unwrap_or(ErrorKind::Statement)
        }
        _ => ErrorKind::Seed,
    }
}

/// What a person can do something about, whatever was going on.
fn driver_kind(error: &DriverError) -> Option<ErrorKind> {
    match error.kind {
        DriverErrorKind::Permission => Some(ErrorKind::Permission),
        DriverErrorKind::Busy | DriverErrorKind::LockTimeout => Some(ErrorKind::Busy),
        DriverErrorKind::Tls | DriverErrorKind::ConnectionLost => Some(ErrorKind::Connect),
        DriverErrorKind::Authentication => Some(ErrorKind::Authentication),
        DriverErrorKind::NoDatabase => Some(ErrorKind::NoDatabase),
        DriverErrorKind::DiskFull => Some(ErrorKind::DiskFull),
        DriverErrorKind::Unsupported => Some(ErrorKind::Unsupported),
        DriverErrorKind::Url => Some(ErrorKind::Url),
        _ => None,
    }
}

fn graph_kind(error: &GraphError) -> ErrorKind {
    match error {
        GraphError::UnknownRows { .. } => ErrorKind::UnknownRevision,
        _ => ErrorKind::Target,
    }
}

impl From<DeriveError> for CommandError {
    fn from(error: DeriveError) -> Self {
        let kind = match error {
            DeriveError::Engine(error) => return (*error).into(),
            DeriveError::Written { .. } => ErrorKind::Exists,
            _ => ErrorKind::Irreversible,
        };
        let message = without_place(&error.to_string(), error.place());
        let mut fault = Fault::new(message).at(error.place().cloned());
        fault.hints = error.hints();
        Self::of(kind, fault)
    }
}

impl From<EditError> for CommandError {
    fn from(error: EditError) -> Self {
        match &error {
            EditError::Io { source, .. } => super::io(&error.to_string(), source),
            _ => Self::new(ErrorKind::Io, error.to_string()).with_hint("run the same command again"),
        }
    }
}

impl From<GraphError> for CommandError {
    fn from(error: GraphError) -> Self {
        Self::of(
            graph_kind(&error),
            Fault::new(error.to_string()).hint(error.hint()),
        )
    }
}

impl From<GraphFaults> for CommandError {
    fn from(faults: GraphFaults) -> Self {
        let faults = faults.iter().map(Fault::from).collect();
        Self::all(ErrorKind::Graph, "the graph of revisions", faults)
    }
}

impl From<&GraphFault> for Fault {
    fn from(fault: &GraphFault) -> Self {
        Self::new(fault.to_string()).hint(fault.hint())
    }
}

impl From<IdError> for CommandError {
    fn from(error: IdError) -> Self {
        Self::of(ErrorKind::Usage, Fault::new(error.to_string()).hint(error.hint()))
    }
}

impl From<LoadErrors> for CommandError {
    fn from(errors: LoadErrors) -> Self {
        let graph = [
            "duplicate_id",
            "missing_parent",
            "missing_dependency",
            "duplicate_label",
            "label_is_id",
            "cycle",
        ];
        let kind = match errors.iter().all(|error| graph.contains(&error.kind)) {
            true => ErrorKind::Graph,
            false => ErrorKind::Script,
        };
        Self::all(
            kind,
            "the revision files",
            errors.iter().map(Fault::from).collect(),
        )
    }
}

impl From<&LoadError> for Fault {
    fn from(error: &LoadError) -> Self {
        // Without a place to show, the file's name must stand in the sentence.
        let message = match error.place {
            Some(_) => error.message.clone(),
            None => error.to_string(),
        };
        Self {
            file: Some(error.file.clone()),
            line: error.line,
            ..Self::new(message)
                .at(error.place.clone())
                .hint(error.hint.clone())
        }
    }
}

impl From<&Finding> for CommandError {
    fn from(finding: &Finding) -> Self {
        let message = match (&finding.place, &finding.file) {
            (None, Some(file)) => format!("{file}: {}", finding.message),
            _ => finding.message.clone(),
        };
        let mut fault = Fault::new(message).at(finding.place.clone());
        fault.hints.clone_from(&finding.hints);
        Self::of(ErrorKind::Script, fault)
    }
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        let kind = match &error {
            ConfigError::NoProject { .. } => ErrorKind::NoProject,
            ConfigError::NoDatabase | ConfigError::NoUrl { .. } | ConfigError::Url { .. } => ErrorKind::Url,
            _ => ErrorKind::Config,
        };
        let (message, place) = match line_of(&error) {
            Some((path, line)) => at_line(&error.to_string(), path, line, offset_of(&error)),
            None => (error.to_string(), None),
        };
        let message = match std::error::Error::source(&error) {
            Some(source) => format!("{message}: {source}"),
            None => message,
        };
        Self::of(kind, Fault::new(message).at(place).hint(error.hint()))
    }
}

fn line_of(error: &ConfigError) -> Option<(&Path, usize)> {
    match error {
        ConfigError::Syntax { path, line, .. }
        | ConfigError::UnknownKey { path, line, .. }
        | ConfigError::Value { path, line, .. } => Some((path, *line)),
        // The line may hold a secret, so that it is named and not shown.
        _ => None,
    }
}

/// The byte that is wrong, where the line is not a key and its value.
fn offset_of(error: &ConfigError) -> Option<usize> {
    match error {
        ConfigError::Syntax { offset, .. } => Some(*offset),
        _ => None,
    }
}

/// The message without its place, and the line as a place, without its value: that may be a secret. A file that is
/// gone by now is only named.
fn at_line(message: &str, path: &Path, line: usize, offset: Option<usize>) -> (String, Option<Place>) {
    let Ok(text) = std::fs::read_to_string(path) else {
        return (message.to_owned(), None);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let (before, rest) = text.split_at(start);
    let whole = rest.lines().next().unwrap_or_default();
    let shown = key_of(whole);
    let name = path.display().to_string();
    let message = message
        .strip_prefix(&format!("{name}:{line}: "))
        .unwrap_or(message)
        .to_owned();
    let cut = if shown.len() < whole.trim_end().len() {
        " …"
    } else {
        ""
    };
    let file = SourceFile::new(name, format!("{before}{shown}{cut}"));
    let key = shown.trim_end_matches('=').trim_end().len();
    let span = match offset.map(|offset| offset.saturating_sub(start)) {
        None => Span::new(start, start + key),
        // What is wrong is in the value, of which only the sign for it is shown.
        Some(column) if column >= shown.len() => Span::new(
            start + shown.len() + cut.len().min(1),
            start + shown.len() + cut.len(),
        ),
        Some(column) => Span::new(start + column, start + key.max(column)),
    };
    (message, Some(Place::new(file, span)))
}

/// The line up to its `=`, or to a quote that stands where one belongs.
fn key_of(line: &str) -> &str {
    let quoted = line.starts_with(['"', '\'']);
    let equals = line.find('=').map(|at| at + 1);
    let quote = line.find(['"', '\'']).filter(|_| !quoted);
    let end = equals.into_iter().chain(quote).min().unwrap_or(line.len());
    line.get(..end).unwrap_or(line).trim_end()
}

impl From<UrlError> for CommandError {
    fn from(error: UrlError) -> Self {
        Self::new(ErrorKind::Url, error.to_string())
            .with_hint("a URL looks like sqlite://app.db or postgres://user:password@host:5432/database")
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        let kind = match &error {
            WriteError::Template { .. } | WriteError::Outside { .. } => ErrorKind::Config,
            WriteError::Message => ErrorKind::Usage,
            WriteError::Exists { .. } => ErrorKind::Exists,
            WriteError::Io { source, .. } => return super::io(&error.to_string(), source),
            _ => ErrorKind::Io,
        };
        let hint = match &error {
            WriteError::Outside { .. } => Some(
                "give a message with `-m`, an id with a letter or a digit, or another `file_template` in limbeck.toml",
            ),
            _ => None,
        };
        Self::of(kind, Fault::new(error.to_string()).hint(hint))
    }
}
