//! Why a run did not do what it was asked for.

mod about;
mod changed;
mod display;
mod fate;
mod hints;
mod rows;

use std::time::Duration;

pub use self::changed::ChangedScript;
pub use self::fate::Fate;
pub use self::rows::DataRows;

use self::display::After;
use self::display::At;
use self::display::Blocking;
use self::display::Changed;
use self::display::Held;
use self::display::Kept;
use self::display::Lost;
use self::display::Of;
use self::display::Where;
use self::display::counted;
use self::display::to_usize;
use crate::data_file::DataError;
use crate::dialect::RenderError;
use crate::driver::Blocker;
use crate::driver::DriverError;
use crate::driver::Holder;
use crate::engine::HookError;
use crate::engine::Signal;
use crate::engine::StepLoss;
use crate::graph::Direction;
use crate::graph::GraphError;
use crate::graph::RevisionId;
use crate::history::Doubt;
use crate::history::HistoryError;
use crate::history::Progress;
use crate::models::ModelsError;
use crate::operation::ApplyError;
use crate::operation::BuildError;
use crate::operation::NotInvertible;
use crate::operation::PortableError;
use crate::script::ScriptError;
use crate::seed::SeedError;
use crate::sql::Place;

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
        error: BuildError,
    },
    /// Something is wrong with a seed.
    #[error(transparent)]
    Seed(#[from] Box<SeedError>),
    /// Models in Rust make no schema.
    #[error("the models in Rust: {0}")]
    Models(#[from] ModelsError),
    /// The rows of a file cannot be inserted.
    #[error("{}{error}", At(place.as_ref(), revision))]
    DataFile {
        /// The revision.
        revision: RevisionId,
        /// The line that loads the file, where it stands in a script.
        place: Option<Place>,
        /// What is wrong with the file.
        error: DataError,
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
    /// A file of models writes or reads rows.
    #[error("{place}: models say which schema is wanted, and this statement is about rows")]
    RowsInModels {
        /// The statement.
        place: Place,
    },
    /// A statement of models in an engine's own SQL fails in a scratch database.
    #[error("{place}: {error}")]
    NativeModels {
        /// The statement.
        place: Place,
        /// What the server says.
        error: DriverError,
    },
    /// The files do not tell what the schema of a history is.
    #[error(
        "what the schema is after revision {revision}, which has native SQL or code, cannot be told from the files"
    )]
    OpaqueHistory {
        /// The object, where it is only one.
        object: Option<String>,
        /// The revision since which it is not known.
        revision: String,
    },
    /// Somebody else has changed the database since the last run.
    #[error("somebody else has changed the database since the last run, and nothing was applied")]
    Drift,
    /// A script controls the transaction that it runs in.
    #[error("{place}: a script cannot begin or end transactions: a step is one")]
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
    /// The database's dialect cannot express a schema.
    #[error("the schema cannot be made: {0}")]
    Inexpressible(#[source] RenderError),
    /// A schema does not fit together.
    #[error("the schema cannot be made: {why}")]
    Incoherent {
        /// What does not fit.
        why: String,
    },
    /// A statement of models that makes no table says that it had another name.
    #[error("{place}: only a table says its former name")]
    FormerName {
        /// The statement.
        place: Place,
    },
    /// The history tables hold something that this release does not read.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// The version table is gone, and the journal tells of applied revisions.
    #[error("the version table is gone, and the journal says that {} is applied", rows.join(", "))]
    VersionTableLost {
        /// The rows that it had.
        rows: Vec<String>,
    },
    /// The version table, which another tool has made, has no room for an id.
    #[error(
        "the id {revision} has no room in the version table {table}, whose column holds {width} characters"
    )]
    IdTooLong {
        /// The revision.
        revision: RevisionId,
        /// The version table.
        table: String,
        /// How many characters its column holds.
        width: u32,
    },
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
        /// What has become of it.
        fate: Fate,
        /// How many statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// The server refused rows of a file.
    #[error("{direction} of {revision} failed at {rows}: {error}")]
    Rows {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// The line that loads the file.
        place: Option<Place>,
        /// The rows that were sent together.
        rows: Box<DataRows>,
        /// What the server said.
        #[source]
        error: DriverError,
        /// Whether statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// An assertion found rows.
    #[error("{direction} of {revision} failed: the assertion found {}, the first is {first}", counted(*rows, "row"))]
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
        /// How many statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// A statement ran longer than its script allows.
    #[error(
        "{direction} of {revision} failed: the statement ran longer than its `-- limbeck:timeout` of {limit:?}"
    )]
    TimedOut {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Where the statement stands.
        place: Option<Place>,
        /// How long it may run.
        limit: Duration,
        /// How many statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// Other sessions held locks that a step needs, for longer than it waits, as often as it was tried.
    #[error("{direction} of {revision} failed: other sessions hold locks that it needs, {} in vain{}: {error}", counted(to_usize(*attempts), "attempt"), Blocking(blockers))]
    Blocked {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Where the statement stands.
        place: Option<Place>,
        /// How often it was tried.
        attempts: u32,
        /// Who was in the way, as far as that is known.
        blockers: Vec<Blocker>,
        /// What the server said.
        #[source]
        error: DriverError,
        /// How many statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// A portable statement does not fit the schema that the revisions before it make.
    #[error("{place}: {error}")]
    Misfit {
        /// The statement.
        place: Place,
        /// What is wrong.
        error: ApplyError,
    },
    /// There are rows that do not let a statement take effect: it would lose something silently, or the engine refuses it.
    #[error("{direction} of {revision} failed: {refusal} {}", found.join(", "))]
    Guard {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Where the statement stands.
        place: Option<Place>,
        /// Why it does not take effect.
        refusal: String,
        /// What was found.
        found: Vec<String>,
        /// What to do about it.
        hint: Option<String>,
        /// How many statements of the step before it have taken effect.
        kept: usize,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
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
    /// The statement of another run has not come to its end.
    #[error(
        "session {} still runs statement {} of {} in the {} of {}",
        .0.session.as_deref().unwrap_or("?"), .0.statement, .0.statements, .0.direction, .0.revision
    )]
    StillRunning(Doubt),
    /// A statement that stands alone has taken effect, and its outcome could not be recorded.
    #[error(
        "statement {statement} of {statements} in the {direction} of {revision} has taken effect, and that could not be recorded: {error}"
    )]
    Unrecorded {
        /// The revision.
        revision: RevisionId,
        /// The direction.
        direction: Direction,
        /// Its position in the step, from 1.
        statement: usize,
        /// How many statements the step has.
        statements: usize,
        /// Why it could not be recorded.
        #[source]
        error: DriverError,
    },
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
        /// The target that finishes it.
        finish: String,
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
    /// Without a database, nobody knows what is current.
    #[error("`{expression}` asks a database what is applied, and a file must say it")]
    CurrentOffline {
        /// What was written.
        expression: String,
    },
    /// Without a database, a part of a revision cannot be written.
    #[error("{}revision {revision} can't be written as SQL: {why}", Where(place.as_ref()))]
    NotOffline {
        /// The revision.
        revision: RevisionId,
        /// The part, where it stands in a file.
        place: Option<Place>,
        /// What the part needs.
        why: &'static str,
    },
    /// Without the definition of a table a statement cannot be written, and nobody knows it any more.
    #[error(
        "{}this changes {object}, whose definition must be known to write it, and since revision {since} it is not",
        At(place.as_ref(), revision)
    )]
    UnknownSchema {
        /// The revision.
        revision: RevisionId,
        /// The statement, where it stands in a file.
        place: Option<Place>,
        /// The table, index or view.
        object: String,
        /// The revision that has changed it in a way which cannot be replayed.
        since: String,
    },
    /// What a transaction does not take was not sent before it began.
    #[error(
        "{}this needs `{sql}` before the transaction of its revision begins, and what stands before it hid that",
        At(place.as_ref(), revision)
    )]
    Unprepared {
        /// The revision.
        revision: RevisionId,
        /// The statement, where it stands in a file.
        place: Option<Place>,
        /// What had to be sent.
        sql: String,
    },
    /// The database does not take schema changes back with their transaction, so a run cannot be one.
    #[error("a run cannot be one transaction on {dialect}: schema changes there are not taken back with it")]
    NoRunTransaction {
        /// The dialect.
        dialect: &'static str,
    },
    /// A step was to run in a transaction with others, and what they have done makes it one that cannot.
    #[error(
        "revision {revision} can't run in a transaction with those before it, which was not to be seen before they ran"
    )]
    NotTogether {
        /// The revision.
        revision: RevisionId,
    },
    /// A part of a step must share its transaction, and another one must not.
    #[error(
        "{}this can't run outside of the transaction of its revision, which needs `{sql}` before it begins",
        At(place.as_ref(), revision)
    )]
    NotAlone {
        /// The revision.
        revision: RevisionId,
        /// The statement that runs by itself, where it stands in a file.
        place: Option<Place>,
        /// What is sent before the transaction.
        sql: String,
    },
    /// A revision is written in Rust, and this program does not hold its code.
    #[error("revision {revision} is written in Rust, and this program does not contain its code")]
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
    #[error("{}the downgrade of revision {revision} is not written, and none can be derived: {why}", Where(place.as_ref()))]
    NoDowngrade {
        /// The revision.
        revision: RevisionId,
        /// What is in the way, where that stands in a file.
        place: Option<Place>,
        /// Why none can be derived.
        why: String,
        /// The operation that has no inverse.
        error: Option<NotInvertible>,
    },
    /// Downgrades cannot bring back data, or say that they lose some, and nobody has agreed to it.
    #[error("{}", Lost(losses))]
    DataLoss {
        /// All of it, in the order of the steps.
        losses: Vec<StepLoss>,
    },
    /// A hook failed before something, which was not begun.
    #[error("{hook} failed {when}: {error}")]
    Hook {
        /// The hook.
        hook: String,
        /// When: the end of a sentence.
        when: String,
        /// The direction of the run.
        direction: Direction,
        /// Why.
        #[source]
        error: HookError,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// A signal stopped the run.
    #[error("stopped{}{}", After(applied), Kept(kept.as_ref()))]
    Stopped {
        /// The signal.
        signal: Signal,
        /// What was kept of a step that runs in parts: the revision and the number of its statements.
        kept: Option<(RevisionId, usize)>,
        /// The steps of this run that are recorded.
        applied: Vec<RevisionId>,
    },
    /// A wait ran out, and the database has not answered.
    #[error("the database has not answered within {} s: {error}", waited.as_secs())]
    NoAnswer {
        /// How long.
        waited: Duration,
        /// What was last heard of it.
        #[source]
        error: DriverError,
    },
    /// A wait ran out.
    #[error("{what} did not happen within {} s: {} pending", waited.as_secs(), counted(*pending, "revision"))]
    WaitedInVain {
        /// What was waited for.
        what: String,
        /// How long.
        waited: Duration,
        /// How many revisions were pending when it ended.
        pending: usize,
    },
}
