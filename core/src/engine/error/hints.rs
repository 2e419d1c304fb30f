//! What to do next.

use super::EngineError;
use super::Fate;
use super::display::counted;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::engine::ChangedScript;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::operation::NotInvertible;
use crate::operation::Obstacle;

impl EngineError {
    /// What to do next, one sentence each.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Graph(error) => error.hint().into_iter().collect(),
            Self::Script(error) => error.hint().into_iter().collect(),
            Self::Seed(error) => {
                let mut hints = error.driver_error().map(driver_hints).unwrap_or_default();
                hints.extend(error.hints());
                hints
            }
            Self::Portable { error, .. } => error.hint.iter().cloned().collect(),
            Self::Code { error, .. } => error.hints(),
            Self::Models(error) => error.hints(),
            Self::Render { error, .. } if error.is_unknown() => vec![
                "check how the name is spelt; what no revision makes must be in the database, or in a section \
                 `-- limbeck:upgrade model`"
                    .into(),
            ],
            Self::DataFile { error, .. } => error.hint().into_iter().collect(),
            Self::Render { error, .. } | Self::HistoryTables(error) | Self::Inexpressible(error) => {
                error.hint().map(str::to_owned).into_iter().collect()
            }
            Self::TransactionControl { .. } => {
                vec![
                    "remove the statement, or mark one that must run alone with `-- limbeck:no_transaction`"
                        .into(),
                ]
            }
            // Statements of Limbeck's own have no mistake, so the tables are not those that they were written for.
            Self::Database { error, .. } if error.kind == DriverErrorKind::Syntax => vec![
                "the history tables are not as Limbeck made them: put back what is named above, or restore them from a \
                 backup"
                    .into(),
            ],
            Self::Connect(error) | Self::Database { error, .. } => driver_hints(error),
            Self::Statement {
                error,
                kept,
                revision,
                applied,
                statement,
                fate,
                ..
            } => {
                let mut hints = driver_hints(error);
                hints.push(match fate {
                    Fate::TakenBack => kept_of(revision, *kept, applied),
                    Fate::MayStay => format!(
                        "statement {statement} of {revision} stood alone: what it did before it failed may have stayed, and \
                         the next run sends it again"
                    ),
                    Fate::InDoubt => format!(
                        "statement {statement} of {revision} stood alone, and whether it has taken effect is not known yet: \
                         the next run looks"
                    ),
                });
                hints
            }
            Self::Rows {
                error,
                kept,
                revision,
                applied,
                ..
            } => {
                let mut hints = driver_hints(error);
                hints.push(kept_of(revision, *kept, applied));
                hints
            }
            Self::Assertion {
                revision,
                kept,
                applied,
                ..
            }
            | Self::TimedOut {
                revision,
                kept,
                applied,
                ..
            } => vec![kept_of(revision, *kept, applied)],
            Self::Blocked {
                revision,
                kept,
                applied,
                ..
            } => vec![
                "end those transactions, or run the same command when they have ended; [timeouts] of limbeck.toml says how \
                 long and how often it waits"
                    .into(),
                kept_of(revision, *kept, applied),
            ],
            Self::Guard {
                revision,
                hint,
                kept,
                applied,
                ..
            } => {
                let hint = hint.iter().cloned();
                hint.chain([kept_of(revision, *kept, applied)]).collect()
            }
            Self::Misfit { error, .. } => error.hint().into_iter().collect(),
            Self::RowsInModels { .. } => vec!["write rows in a revision: `INSERT`, or `-- limbeck:load`".to_owned()],
            Self::FormerName { .. } => {
                vec!["take `-- limbeck:renamed_from` away: it stands above a CREATE TABLE, for the table and its columns".to_owned()]
            }
            Self::NativeModels { error, .. } => driver_hints(error),
            Self::Drift => vec!["`limbeck drift` shows what is different; without `--check-drift` nobody looks".into()],
            Self::OpaqueHistory { .. } => vec![
                "say in that revision what its native SQL or its code changes: `-- limbeck:touches a, b`, or `-- limbeck:touches -`, \
                 or a section `-- limbeck:upgrade model`"
                    .to_owned(),
            ],
            Self::Changed(scripts) => changed_hints(scripts),
            Self::UnfinishedChanged(progress) => vec![format!(
                "put back the statements of {} that have run, or take their effects back by hand, and say so: \
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
            Self::Unfinished { progress, finish, .. } => vec![
                format!("finish it first: `limbeck {} {finish}`", progress.direction),
                format!(
                    "or take its effects back by hand, and say so: `limbeck resolve {} --not-run`",
                    progress.revision
                ),
            ],
            Self::MissingCode { revision } => vec![format!(
                "run the program that the project builds, which registers a `Migration` for {revision}"
            )],
            Self::CurrentOffline { .. } => vec!["`limbeck current` shows what is applied; name it".into()],
            Self::NotOffline { .. } => vec![
                "run this revision on the database, and write what comes before and after it apart: `--from` says \
                 where a file begins"
                    .into(),
            ],
            Self::UnknownSchema { since, .. } => vec![
                "run it on the database, where the definition is read".into(),
                format!(
                    "or say in revision {since} what its native SQL changes, with `-- limbeck:touches a, b` or \
                     `-- limbeck:touches -`"
                ),
            ],
            Self::NoRunTransaction { .. } => vec![
                "use `step`, the default, where `run` was asked for: `--transaction`, the variable LIMBECK_TRANSACTION, or \
                 `transaction` in the configuration; each statement is then recorded by itself, and the next run goes on \
                 from there"
                    .into(),
            ],
            Self::NotTogether { revision } => vec![
                "nothing of the run was kept".into(),
                format!(
                    "run what stands before {revision} first, then the rest; or do without `--transaction run`"
                ),
            ],
            Self::NotAlone { .. } => vec![
                "leave `-- limbeck:no_transaction` out, or give the statement a revision of its own".into(),
            ],
            Self::Unprepared { .. } => {
                vec!["put it into a revision of its own, after this one".into()]
            }
            Self::Irreversible { .. } => {
                vec!["restore a backup, or write a new revision that goes on from here".into()]
            }
            Self::NoDowngrade {
                error:
                    Some(NotInvertible {
                        obstacle: Obstacle::Apply(error),
                        ..
                    }),
                ..
            } => error.hint().into_iter().collect(),
            Self::NoDowngrade { .. } => {
                vec!["write it into a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`".into()]
            }
            Self::DataLoss { .. } => vec!["agree to it with `--allow-data-loss`".into()],
            Self::Hook {
                direction,
                error,
                applied,
                ..
            } => {
                let mut hints: Vec<String> = error.hint.iter().cloned().collect();
                hints.push(done_before(*direction, applied));
                hints
            }
            Self::Stopped { .. } => vec!["run the same command again to go on".into()],
            Self::History(error) => vec![error.hint().into()],
            Self::VersionTableLost { rows } => vec![format!(
                "`limbeck stamp {}` writes it again, if the database is as the journal says",
                rows.join(" ")
            )],
            Self::IdTooLong { table, .. } => vec![format!(
                "give the revision a shorter id, or widen the column version_num of {table} to 255 characters first"
            )],
            Self::StillRunning(doubt) => vec![format!(
                "wait until it ends, or end its process; `limbeck status` shows whether {} still runs",
                doubt.revision
            )],
            Self::Unrecorded { revision, .. } => vec![format!(
                "record it with `limbeck resolve {revision} --done`, then run the same command again"
            )],
            Self::NoAnswer { .. } => {
                vec!["see whether the server runs, and whether the database URL is right".into()]
            }
            Self::WaitedInVain { .. } => vec![
                "`limbeck status` shows which database it is and what is pending; `limbeck upgrade` applies it".into(),
            ],
            Self::NoScript { .. } | Self::Incoherent { .. } => Vec::new(),
        }
    }
}

fn driver_hints(error: &DriverError) -> Vec<String> {
    let known = match error.kind {
        DriverErrorKind::Permission => {
            Some("give the role or the file the right to write, or use another one")
        }
        DriverErrorKind::DiskFull => Some("free some space, then run the same command again"),
        DriverErrorKind::ConnectionLost => Some(
            "see whether the server runs, then run the same command again: it goes on from what the database has",
        ),
        DriverErrorKind::Busy => Some("another program is writing: run the same command again"),
        _ => None,
    };
    let own = error.detail.iter().chain(error.hint.iter()).cloned();
    own.chain(known.filter(|_| error.hint.is_none()).map(str::to_owned))
        .collect()
}

/// What has taken effect of a step that failed.
fn kept_of(revision: &RevisionId, kept: usize, applied: &[RevisionId]) -> String {
    if kept == 0 {
        format!("nothing of {revision} was kept{}", before(applied))
    } else {
        format!(
            "the first {} of {revision} took effect; the next run goes on with statement {}",
            counted(kept, "statement"),
            kept + 1
        )
    }
}

fn before(applied: &[RevisionId]) -> String {
    match applied {
        [] => "; nothing else was applied".to_owned(),
        [.., last] => format!(
            "; this run had applied {} before it, up to {last}",
            counted(applied.len(), "step")
        ),
    }
}

/// What a run has done that stopped between two steps.
fn done_before(direction: Direction, recorded: &[RevisionId]) -> String {
    let done = match direction {
        Direction::Upgrade => "applied",
        Direction::Downgrade => "taken back",
    };
    match recorded {
        [] => format!("no revision was {done}; run the same command again when that is put right"),
        [.., last] => format!(
            "this run had {done} {}, up to {last}; the same command goes on from there",
            counted(recorded.len(), "revision")
        ),
    }
}

fn changed_hints(scripts: &[ChangedScript]) -> Vec<String> {
    let (empty, edited): (Vec<_>, Vec<_>) = scripts.iter().partition(|script| script.forget.is_some());
    let mut hints: Vec<String> = empty
        .iter()
        .filter_map(|script| script.forget.as_ref().map(|target| (script, target)))
        .map(|(script, target)| {
            format!(
                "{} was applied while its upgrade section was empty: `limbeck stamp {target}` forgets that, and \
                 `limbeck upgrade` runs it",
                script.revision
            )
        })
        .collect();
    if !edited.is_empty() {
        let ids: String = edited
            .iter()
            .map(|script| format!(" {}", script.revision))
            .collect();
        hints.extend([
            "an applied revision stays as it ran: put the change into a new one".into(),
            "to run it again, put the old text back, downgrade below it, edit it, and upgrade".into(),
            format!("if the change means nothing to the database, accept it with `limbeck repair{ids}`"),
        ]);
    }
    hints
}
