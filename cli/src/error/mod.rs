//! What a command reports when it cannot do what it was asked for.

mod from;
mod kind;
mod render;

use std::fmt;
use std::io;

use limbeck_core::sql::Place;

pub(crate) use from::kind as kind_of;
pub use kind::ErrorKind;

use crate::exit::Exit;

/// An error of a command: what, where, why, and what to do next.
#[derive(Debug)]
pub struct CommandError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    exit: Exit,
    fault: Fault,
    others: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The sentence.
    pub(crate) message: String,
    /// Where.
    pub(crate) place: Option<Place>,
    /// The file, where the fault is in one but in no place of it.
    pub(crate) file: Option<String>,
    /// The line, from 1, where that is known and cannot be shown.
    pub(crate) line: Option<usize>,
    /// What to do about it.
    pub(crate) hints: Vec<String>,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            place: None,
            file: None,
            line: None,
            hints: Vec::new(),
        }
    }

    fn file(&self) -> Option<&str> {
        let place = self.place.as_ref().map(|place| place.file().name());
        place.or(self.file.as_deref())
    }

    fn line(&self) -> Option<usize> {
        let place = self.place.as_ref().map(|place| place.line_column().line);
        place.or(self.line)
    }

    pub(crate) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    pub(crate) fn hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hints.extend(hint.map(Into::into));
        self
    }
}

impl CommandError {
    /// An error of this kind with a sentence that begins in lower case and has no full stop.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self::of(kind, Fault::new(message))
    }

    /// An error that is this fault.
    pub(crate) fn of(kind: ErrorKind, fault: Fault) -> Self {
        Self(Box::new(Inner {
            kind,
            exit: kind.exit(),
            fault,
            others: Vec::new(),
        }))
    }

    /// Several faults at once; the error is the only one, or a count of them.
    pub(crate) fn all(kind: ErrorKind, what: &str, mut faults: Vec<Fault>) -> Self {
        if faults.len() == 1
            && let Some(only) = faults.pop()
        {
            return Self::of(kind, only);
        }
        let mut error = Self::new(kind, format!("{} faults in {what}", faults.len()));
        error.0.others = faults;
        error
    }

    /// The same with a next step.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.fault.hints.push(hint.into());
        self
    }

    /// The same with another exit code than the kind's own.
    pub(crate) fn with_exit(mut self, exit: Exit) -> Self {
        self.0.exit = exit;
        self
    }

    /// The same with commands in hints written as people call them here.
    pub(crate) fn called(mut self, called: &str) -> Self {
        let call = |text: &mut String| *text = text.replace("`limbeck ", &format!("`{called} "));
        let Inner { fault, others, .. } = &mut *self.0;
        fault.hints.iter_mut().for_each(call);
        others
            .iter_mut()
            .flat_map(|fault| &mut fault.hints)
            .for_each(call);
        self
    }

    /// Which kind of error it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The exit code that goes with it.
    pub fn exit(&self) -> Exit {
        self.0.exit
    }

    /// What to do next.
    pub fn hints(&self) -> impl Iterator<Item = &str> {
        let others = self.0.others.iter().flat_map(|fault| &fault.hints);
        self.0.fault.hints.iter().chain(others).map(String::as_str)
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.fault.message)?;
        for fault in &self.0.others {
            write!(f, "\n{}", fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for CommandError {}

/// An error of the operating system, sorted by what can be done about it.
pub(crate) fn io(what: &str, error: &io::Error) -> CommandError {
    let kind = match error.kind() {
        io::ErrorKind::AlreadyExists => ErrorKind::Exists,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => ErrorKind::Permission,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorKind::DiskFull,
        _ => ErrorKind::Io,
    };
    CommandError::new(kind, format!("{what}: {error}"))
}
