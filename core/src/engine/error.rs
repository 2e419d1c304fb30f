//! Why a run did not do what it was asked for.

use std::fmt;
use std::time::Duration;

use super::Signal;
use crate::dialect::RenderError;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::graph::Direction;
use crate::graph::GraphError;
use crate::graph::RevisionId;
use crate::history::Doubt;
use crate::history::Progress;
use crate::history::UnknownWord;
use crate::operation::NotInvertible;
use crate::operation::PortableError;
use crate::script::ScriptError;
use crate::sql::Place;

/// The closed list of error kinds: what machine output calls `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A revision expression, or what it asks of the graph.
    Graph,
    /// A script, or portable SQL in it.
    Script,
    /// The database could not be reached or opened.
    Connect,
    /// A statement failed.
    Statement,
    /// An assertion of a script did not hold.
    Assertion,
    /// Applied scripts were edited.
    Changed,
    /// The lock was not had in time.
    Locked,
    /// The lock, or the rows of the version table, changed under the run.
    Concurrent,
    /// A statement in doubt must be decided by a person.
    Doubt,
    /// Something is refused as it is asked.
    Refused,
    /// A signal stopped the run.
    Stopped,
    /// The database answered something that should not be.
    Database,
}

impl ErrorKind {
    /// The word in machine output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Script => "script",
            Self::Connect => "connect",
            Self::Statement => "statement",
            Self::Assertion => "assertion",
            Self::Changed => "changed",
            Self::Locked => "locked",
            Self::Concurrent => "concurrent",
            Self::Doubt => "doubt",
            Self::Refused => "refused",
            Self::Stopped => "stopped",
            Self::Database => "database",
        }
    }
}

/// Why a run did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The target cannot be reached, or names nothing.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// A script cannot be read.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// A portable statement is not understood.
    #[error("{place}: {error}")]
    Portable {
        /// The place of the mistake.
        place: Place,
        /// What is wrong.
        error: PortableError,
    },
    /// The operations of a revision written in Rust are not understood.
    #[error("the Rust code of revision {revision}: {error}")]
    Code {
        /// The revision.
        revision: RevisionId,
        /// What is wrong.
        error: PortableError,
    },
    /// The database's dialect cannot express an operation.
    #[error("{}{error}", At(place.as_ref(), revision))]
    Render {
        /// The revision.
        revision: RevisionId,
        /// The statement, where it stands in a file.
        place: Option<Place>,
        /// What the dialect cannot do.
        error: RenderError,
    },
    /// A script controls the transaction that it runs in.
    #[error("{place}: a script can't begin or end transactions: a step is one")]
    TransactionControl {
        /// The statement.
        place: Place,
    },
    /// The database could not be reached or opened.
    #[error("{0}")]
    Connect(#[source] DriverError),
    /// A statement of Limbeck's own failed.
    #[error("{doing}: {error}")]
    Database {
        /// What it was for.
        doing: &'static str,
        /// What the server said.
        #[source]
        error: DriverError,
    },
    /// The database's dialect cannot express the history tables.
    #[error("the history tables: {0}")]
    HistoryTables(#[source] RenderError),
    /// A word in the journal that this release does not know.
    #[error(transparent)]
    Journal(#[from] UnknownWord),
    /// A statement of a step failed.
    #[error("{direction} of {revision} failed{}: {error}", Of(*statement, *statements))]
    Statement {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Its position in the step, from 1.
        statement: usize,
        /// How many statements the step has.
        statements: usize,
        /// Where it stands; for an error at a known byte, that byte.
        place: Option<Place>,
        /// The statement as it was sent.
        sql: String,
        /// What the server said.
        #[source]
        error: DriverError,
        /// Whether statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// An assertion found rows.
    #[error("{direction} of {revision} failed: the assertion found {rows} row(s), the first is {first}")]
    Assertion {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Where it stands.
        place: Option<Place>,
        /// How many rows it found.
        rows: usize,
        /// The first row, for people.
        first: String,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// What a statement would lose silently is there.
    #[error("{direction} of {revision} failed: {refusal} {}", found.join(", "))]
    Guard {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Where the statement stands.
        place: Option<Place>,
        /// Why it is not sent.
        refusal: String,
        /// What was found.
        found: Vec<String>,
    },
    /// Applied scripts were edited.
    #[error("{}", Changed(.0))]
    Changed(Vec<ChangedScript>),
    /// The lock was not had in time.
    #[error("another run holds the migration lock{}; waited {} s", Held(holder.as_ref()), waited.as_secs())]
    Locked {
        /// Who holds it, where that is known.
        holder: Option<Holder>,
        /// How long this run waited.
        waited: Duration,
    },
    /// The session does not hold the lock any more.
    #[error("the migration lock was lost before {before}, so the run was stopped there")]
    LockLost {
        /// What was not begun or not recorded.
        before: String,
    },
    /// Somebody else changed the version table.
    #[error("the version table changed under the run: expected {expected}, found {found}")]
    RowsMoved {
        /// What it should have held.
        expected: String,
        /// What it held.
        found: String,
    },
    /// A statement in doubt must be decided by a person.
    #[error(
        "nobody knows whether statement {} of {} in the {} of {} has taken effect: the process died while it ran",
        .0.statement, .0.statements, .0.direction, .0.revision
    )]
    Doubt(Doubt),
    /// There is no statement in doubt.
    #[error("no statement of {revision} is in doubt")]
    NothingInDoubt {
        /// The revision that was named.
        revision: String,
    },
    /// A step that has run in part must be finished first.
    #[error(
        "the {} of {} has run in part ({} of {} statements), and this {asked} does not finish it",
        progress.direction, progress.revision, progress.done, progress.of
    )]
    Unfinished {
        /// What has run.
        progress: Progress,
        /// What was asked for.
        asked: &'static str,
    },
    /// The file of a step that has run in part was edited.
    #[error("{} has run in part, and its statements were edited since", .0.revision)]
    UnfinishedChanged(Progress),
    /// No script has this revision.
    #[error("no script has revision {revision}")]
    NoScript {
        /// The revision.
        revision: RevisionId,
    },
    /// A revision is written in Rust, and this program does not hold its code.
    #[error("revision {revision} is written in Rust, and this program doesn't contain its code")]
    MissingCode {
        /// The revision.
        revision: RevisionId,
    },
    /// A revision says that it has no way back.
    #[error("revision {revision} is irreversible: {why}")]
    Irreversible {
        /// The revision.
        revision: RevisionId,
        /// What its author says.
        why: String,
    },
    /// A revision has no downgrade, and none can be derived.
    #[error("revision {revision} has no downgrade section, and none can be derived: {why}")]
    NoDowngrade {
        /// The revision.
        revision: RevisionId,
        /// Why none can be derived.
        why: String,
        /// The operation that has no inverse.
        error: Option<NotInvertible>,
    },
    /// A derived downgrade would re-create empty what the upgrade dropped.
    #[error("the derived downgrade of {revision} re-creates empty what the upgrade dropped: {}", losses.join(", "))]
    DataLoss {
        /// The revision.
        revision: RevisionId,
        /// What would be empty.
        losses: Vec<String>,
    },
    /// A signal stopped the run.
    #[error("stopped{}", After(applied))]
    Stopped {
        /// The signal.
        signal: Signal,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// A wait ran out.
    #[error("{what} did not happen within {} s", waited.as_secs())]
    WaitedInVain {
        /// What was waited for.
        what: String,
        /// How long.
        waited: Duration,
    },
}

/// An applied script whose statements are not those that ran.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangedScript {
    /// The revision.
    pub revision: RevisionId,
    /// Its file.
    pub file: String,
    /// The checksum of what ran.
    pub recorded: String,
    /// The checksum of the file now.
    pub present: String,
}

impl EngineError {
    /// The kind, for machine output and exit codes.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Graph(_) => ErrorKind::Graph,
            Self::Script(_)
            | Self::Portable { .. }
            | Self::Code { .. }
            | Self::Render { .. }
            | Self::TransactionControl { .. } => ErrorKind::Script,
            Self::Connect(_) => ErrorKind::Connect,
            Self::Database { .. } | Self::Journal(_) | Self::HistoryTables(_) => ErrorKind::Database,
            Self::Statement { .. } | Self::Guard { .. } => ErrorKind::Statement,
            Self::Assertion { .. } => ErrorKind::Assertion,
            Self::Changed(_) | Self::UnfinishedChanged(_) => ErrorKind::Changed,
            Self::Locked { .. } | Self::WaitedInVain { .. } => ErrorKind::Locked,
            Self::LockLost { .. } | Self::RowsMoved { .. } => ErrorKind::Concurrent,
            Self::Doubt(_) => ErrorKind::Doubt,
            Self::Unfinished { .. }
            | Self::NothingInDoubt { .. }
            | Self::NoScript { .. }
            | Self::MissingCode { .. }
            | Self::Irreversible { .. }
            | Self::NoDowngrade { .. }
            | Self::DataLoss { .. } => ErrorKind::Refused,
            Self::Stopped { .. } => ErrorKind::Stopped,
        }
    }

    /// The same error, told what the run had recorded before it.
    pub(crate) fn after(mut self, recorded: Vec<RevisionId>) -> Self {
        if let Self::Statement { applied, .. }
        | Self::Assertion { applied, .. }
        | Self::Stopped { applied, .. } = &mut self
        {
            *applied = recorded;
        }
        self
    }

    /// The place in a file that a person should look at.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Script(error) => error.place(),
            Self::Portable { place, .. } | Self::TransactionControl { place } => Some(place),
            Self::Render { place, .. }
            | Self::Statement { place, .. }
            | Self::Guard { place, .. }
            | Self::Assertion { place, .. } => place.as_ref(),
            _ => None,
        }
    }

    /// What to do next, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Graph(error) => error.hint().into_iter().collect(),
            Self::Script(error) => error.hint().into_iter().collect(),
            Self::Portable { error, .. } | Self::Code { error, .. } => error.hint.iter().cloned().collect(),
            Self::Render { error, .. } | Self::HistoryTables(error) => {
                error.hint().map(str::to_owned).into_iter().collect()
            }
            Self::TransactionControl { .. } => {
                vec![
                    "remove the statement, or mark one that must run alone with `-- limbeck:no_transaction`"
                        .into(),
                ]
            }
            Self::Connect(error) | Self::Database { error, .. } => driver_hints(error),
            Self::Statement {
                error,
                kept,
                revision,
                statement,
                applied,
                ..
            } => {
                let mut hints = driver_hints(error);
                hints.push(if *kept == 0 {
                    format!("nothing of {revision} was kept{}", before(applied))
                } else {
                    format!(
                        "the first {kept} statement(s) of {revision} were kept; the next run goes on with statement {statement}"
                    )
                });
                hints
            }
            Self::Assertion {
                revision, applied, ..
            } => {
                vec![format!("nothing of {revision} was kept{}", before(applied))]
            }
            Self::Guard { revision, .. } => vec![format!("nothing of {revision} was kept")],
            Self::Changed(scripts) => vec![
                "an applied revision stays as it ran: put the change into a new one".into(),
                format!(
                    "if the change means nothing to the database, accept it with `limbeck repair{}`",
                    scripts
                        .iter()
                        .map(|script| format!(" {}", script.revision))
                        .collect::<String>()
                ),
            ],
            Self::UnfinishedChanged(progress) => vec![format!(
                "put back the statements of {} that have run, or take their effects back by hand and run \
                 `limbeck resolve {} --not-run`",
                progress.revision, progress.revision
            )],
            Self::Locked { .. } => vec![
                "run the same command again, or give it more time with `--lock-timeout`".into(),
                "`limbeck status` shows who holds the lock".into(),
            ],
            Self::LockLost { .. } | Self::RowsMoved { .. } => {
                vec!["run `limbeck status`, then the same command again".into()]
            }
            Self::Doubt(doubt) => vec![
                format!(
                    "look at the database; if the statement has taken effect: `limbeck resolve {} --done`",
                    doubt.revision
                ),
                format!(
                    "if it has not: `limbeck resolve {} --not-run`; then run the same command again",
                    doubt.revision
                ),
            ],
            Self::NothingInDoubt { .. } => vec!["`limbeck status` shows what is in doubt".into()],
            Self::Unfinished { progress, .. } => vec![format!(
                "finish it first: `limbeck {} {}`",
                progress.direction,
                if progress.direction == crate::history::JournalDirection::Upgrade {
                    progress.revision.clone()
                } else {
                    format!("{}-1", progress.revision)
                }
            )],
            Self::MissingCode { revision } => vec![format!(
                "run the program that the project builds, which registers a `Migration` for {revision}"
            )],
            Self::Irreversible { .. } => {
                vec!["restore a backup, or write a new revision that goes on from here".into()]
            }
            Self::NoDowngrade { .. } => {
                vec!["write a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`".into()]
            }
            Self::DataLoss { .. } => vec!["agree to it with `--allow-data-loss`".into()],
            Self::Stopped { .. } => vec!["the lock is free; run the same command again to go on".into()],
            Self::Journal(_) => vec!["a newer release of Limbeck has written it: use that one".into()],
            Self::WaitedInVain { .. } | Self::NoScript { .. } => Vec::new(),
        }
    }
}

fn driver_hints(error: &DriverError) -> Vec<String> {
    let known = match error.kind {
        DriverErrorKind::Permission => {
            Some("give the role or the file the right to write, or use another one")
        }
        DriverErrorKind::DiskFull => Some("free some space, then run the same command again"),
        DriverErrorKind::Busy => Some("another program is writing: run the same command again"),
        DriverErrorKind::Connect => Some("`limbeck wait` waits until a database answers"),
        _ => None,
    };
    let own = error.detail.iter().chain(error.hint.iter()).cloned();
    own.chain(known.filter(|_| error.hint.is_none()).map(str::to_owned))
        .collect()
}

fn before(applied: &[RevisionId]) -> String {
    match applied {
        [] => "; nothing else was applied".to_owned(),
        [.., last] => format!(
            "; this run had applied {} step(s) before it, up to {last}",
            applied.len()
        ),
    }
}

struct At<'a>(Option<&'a Place>, &'a RevisionId);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(place) => write!(f, "{place}: "),
            None => write!(f, "revision {}: ", self.1),
        }
    }
}

struct Of(usize, usize);

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            0 => write!(f, " while it was recorded"),
            of => write!(f, " at statement {} of {of}", self.0),
        }
    }
}

struct Held<'a>(Option<&'a Holder>);

impl fmt::Display for Held<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(holder) => write!(f, " ({holder})"),
            None => Ok(()),
        }
    }
}

struct After<'a>(&'a [RevisionId]);

impl fmt::Display for After<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => write!(f, " before anything was applied"),
            [.., last] => write!(f, " after {} step(s), the last of them {last}", self.0.len()),
        }
    }
}

struct Changed<'a>(&'a [ChangedScript]);

impl fmt::Display for Changed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} applied revision(s) were edited since they ran:",
            self.0.len()
        )?;
        for script in self.0 {
            write!(
                f,
                "\n  {} ({}): ran as {}, is now {}",
                script.revision, script.file, script.recorded, script.present
            )?;
        }
        Ok(())
    }
}
