//! Why an expression or a plan cannot be had.

use super::Direction;
use super::RevisionId;
use super::SyntaxError;
use super::faults::quoted;

/// How many names a message lists.
const LISTED: usize = 12;

/// Why a revision expression means nothing here, or why no plan leads to its target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The text is no revision expression.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// No revision and no label has this name, or begins with it.
    #[error("no revision or label is called `{name}`, and none begins with it")]
    UnknownName {
        /// What was written.
        name: String,
        /// Names that were perhaps meant, nearest first.
        near: Vec<String>,
    },
    /// Several revisions begin with this.
    #[error("`{prefix}` is ambiguous: it begins {}", some(candidates))]
    AmbiguousPrefix {
        /// What was written.
        prefix: String,
        /// All ids and labels that begin with it, in load order.
        candidates: Vec<String>,
    },
    /// The revision exists, but neither above nor below the branch's revision.
    #[error("`{name}` is not part of branch `{branch}`")]
    NotInBranch {
        /// The revision, as it was written.
        name: String,
        /// The branch, as it was written.
        branch: String,
    },
    /// One head is needed and there are several.
    #[error("`{expression}` means several heads: {}", some(heads))]
    MultipleHeads {
        /// What was written.
        expression: String,
        /// The heads, in load order.
        heads: Vec<RevisionId>,
    },
    /// One current revision is needed and there are several.
    #[error("`{expression}` is ambiguous: several revisions are current: {}", some(rows))]
    MultipleRows {
        /// What was written.
        expression: String,
        /// The current revisions.
        rows: Vec<RevisionId>,
    },
    /// A relative expression meets a fork, or going down a merge.
    #[error("`{expression}` is ambiguous: {} leads to {}", at.as_ref().map_or("base".to_owned(), |at| format!("`{at}`")), some(choices))]
    AmbiguousWalk {
        /// What was written.
        expression: String,
        /// Where the way parts; `None` below all bases.
        at: Option<RevisionId>,
        /// Where it could go on.
        choices: Vec<RevisionId>,
    },
    /// A relative expression leads beyond the last revision.
    #[error("{}", too_far(expression, *asked, *possible, *direction))]
    Overshoot {
        /// What was written.
        expression: String,
        /// How many steps it asks for.
        asked: u32,
        /// How many there are.
        possible: u32,
        /// Which way they lead.
        direction: Direction,
    },
    /// `-N` as an upgrade or `+N` as a downgrade.
    #[error("`{expression}` cannot be the target of {}", match direction { Direction::Upgrade => "an upgrade: it leads down", Direction::Downgrade => "a downgrade: it leads up" })]
    WrongDirection {
        /// What was written.
        expression: String,
        /// What was asked for.
        direction: Direction,
    },
    /// `A:B` where a revision is needed.
    #[error("`{expression}` is a range, and a revision is needed")]
    RangeNotAllowed {
        /// What was written.
        expression: String,
    },
    /// A revision where `A:B` is needed.
    #[error("`{expression}` is no range")]
    RangeNeeded {
        /// What was written.
        expression: String,
    },
    /// The range's start comes after its end.
    #[error("the range `{expression}` is empty: its start is not below its end")]
    EmptyRange {
        /// What was written.
        expression: String,
    },
    /// Nothing that is applied lies above the target of a downgrade.
    #[error("`{target}` is not a downgrade target: {}", if *applied { "nothing that is applied lies above it" } else { "it is not applied" })]
    NotADowngradeTarget {
        /// The target.
        target: RevisionId,
        /// Whether it is applied, as something that another revision depends on.
        applied: bool,
    },
    /// `B@X` where nothing above X leads to B.
    #[error("no revision directly above {} leads to `{branch}`", target.as_ref().map_or("base".to_owned(), |target| format!("`{target}`")))]
    NoWayToBranch {
        /// The branch, as it was written.
        branch: String,
        /// X; `None` for base.
        target: Option<RevisionId>,
    },
    /// `B@-N` where nothing of B is applied.
    #[error("nothing of branch `{branch}` is applied")]
    BranchNotApplied {
        /// The branch, as it was written.
        branch: String,
    },
    /// `-N` where the graph does not say what came last, and the journal not enough.
    #[error(
        "what the last {asked} steps were is not known: the current revisions {} are no single chain, and the journal has {known} steps that are still applied",
        some(rows)
    )]
    LastStepsUnknown {
        /// How many steps are to be undone.
        asked: u32,
        /// How many the journal knows.
        known: u32,
        /// The current revisions.
        rows: Vec<RevisionId>,
    },
    /// What the journal says came last is needed by something that came before it.
    #[error("`{revision}` cannot be undone before `{needed_by}`, which needs it")]
    StillNeeded {
        /// The revision to undo.
        revision: RevisionId,
        /// An applied revision above it.
        needed_by: RevisionId,
    },
    /// The version table names revisions that no file declares.
    #[error("the database is ahead of the files: its version table holds {}", some(rows))]
    UnknownRows {
        /// The rows, as they were read.
        rows: Vec<String>,
        /// Which way the run was to lead; none for a stamp.
        direction: Option<Direction>,
    },
}

impl GraphError {
    /// The kind in one word, for machines.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Syntax(_) => "expression_syntax",
            Self::UnknownName { .. } => "unknown_revision",
            Self::AmbiguousPrefix { .. } => "ambiguous_prefix",
            Self::NotInBranch { .. } => "not_in_branch",
            Self::MultipleHeads { .. } => "multiple_heads",
            Self::MultipleRows { .. } => "multiple_current",
            Self::AmbiguousWalk { .. } => "ambiguous_walk",
            Self::Overshoot { .. } => "too_far",
            Self::WrongDirection { .. } => "wrong_direction",
            Self::RangeNotAllowed { .. } => "range_not_allowed",
            Self::RangeNeeded { .. } => "range_needed",
            Self::EmptyRange { .. } => "empty_range",
            Self::NotADowngradeTarget { .. } => "not_a_downgrade_target",
            Self::NoWayToBranch { .. } => "no_way_to_branch",
            Self::BranchNotApplied { .. } => "branch_not_applied",
            Self::LastStepsUnknown { .. } => "last_steps_unknown",
            Self::StillNeeded { .. } => "still_needed",
            Self::UnknownRows { .. } => "unknown_rows",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Syntax(error) => return error.hint(),
            Self::UnknownName { near, .. } if near.is_empty() => {
                "`limbeck history` lists all revisions".to_owned()
            }
            Self::UnknownName { near, .. } => format!("did you mean {}?", quoted(near, " or ")),
            Self::AmbiguousPrefix { .. } => "write more of its characters".to_owned(),
            Self::NotInBranch { name, .. } => format!("write `{name}` without the branch"),
            Self::MultipleHeads { .. } => {
                "write `heads` for all of them, `<label>@head` or an id for one, or join them with `limbeck merge`"
                    .to_owned()
            }
            Self::MultipleRows { .. } => "write `<label>@` before it, or name a revision".to_owned(),
            Self::AmbiguousWalk { .. } => "name the revision, or write `<label>@` before it".to_owned(),
            Self::Overshoot { possible: 0, .. } => {
                "`limbeck history -i` shows where the database is and what lies above and below".to_owned()
            }
            Self::Overshoot { .. } => {
                "write a smaller number; `heads` and `base` mean all the way".to_owned()
            }
            Self::WrongDirection { direction, .. } => match direction {
                Direction::Upgrade => "`limbeck downgrade` goes down".to_owned(),
                Direction::Downgrade => "`limbeck upgrade` goes up".to_owned(),
            },
            Self::RangeNotAllowed { .. } => "only `limbeck history -r` and `--sql` take a range".to_owned(),
            Self::RangeNeeded { .. } => {
                "write `<older>:<newer>`; without one of them it reaches to the bases, or to the heads".to_owned()
            }
            Self::EmptyRange { .. } => "write the older revision first".to_owned(),
            Self::NotADowngradeTarget { .. } => {
                "`limbeck current` shows what is applied; choose a revision below it".to_owned()
            }
            Self::NoWayToBranch { target: Some(target), .. } => {
                format!("write `{target}` without the branch to undo everything above it")
            }
            Self::NoWayToBranch { target: None, .. } => "`limbeck branches` shows the branches".to_owned(),
            Self::BranchNotApplied { .. } => "`limbeck current` shows what is applied".to_owned(),
            Self::LastStepsUnknown { .. } => {
                "write `<label>@-1` for one branch, or name the revision to go down to".to_owned()
            }
            Self::StillNeeded { .. } => "name the revision to go down to".to_owned(),
            Self::UnknownRows { direction, .. } => {
                let otherwise = match direction {
                    Some(Direction::Upgrade) => " or set `ahead = \"warn\"` to apply what is safe without them;",
                    Some(Direction::Downgrade) => " a downgrade never goes past what it does not know;",
                    None => "",
                };
                format!(
                    "get the newer files, or write the id back if a `-- limbeck:revision` line was edited;{otherwise} \
                     if those revisions are gone for good, `limbeck stamp --purge <revision>`"
                )
            }
        };
        Some(hint)
    }
}

fn too_far(expression: &str, asked: u32, possible: u32, direction: Direction) -> String {
    let side = match direction {
        Direction::Upgrade => "above",
        Direction::Downgrade => "below",
    };
    match possible {
        0 => format!("`{expression}` leads nowhere: there is no revision {side} where it starts"),
        _ => format!("`{expression}` goes too far: only {possible} of {asked} steps are possible"),
    }
}

/// The first names between back quotes, and how many more there are.
fn some<T: std::fmt::Display>(names: &[T]) -> String {
    match names.len().checked_sub(LISTED) {
        None | Some(0) => quoted(names, ", "),
        Some(more) => {
            let listed: Vec<&T> = names.iter().take(LISTED).collect();
            format!("{} and {more} more", quoted(&listed, ", "))
        }
    }
}
