//! What is wrong with a set of revisions.

use std::fmt;

use super::Label;
use super::RevisionId;

/// Everything that is wrong with a set of revisions, in load order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphFaults(Vec<GraphFault>);

/// One thing that keeps a set of revisions from being a graph.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphFault {
    /// Several files declare the same revision.
    #[error("revision `{id}` is declared more than once: in {}", origins.join(" and "))]
    DuplicateId {
        /// The revision.
        id: RevisionId,
        /// All files that declare it.
        origins: Vec<String>,
    },
    /// A parent that no file declares.
    #[error("{child} revises `{parent}`, which no file declares")]
    MissingParent {
        /// The revision that names the parent.
        child: Declared,
        /// What it names.
        parent: RevisionId,
        /// Names that were perhaps meant.
        near: Vec<String>,
    },
    /// A dependency that is neither a revision nor a label.
    #[error("{child} depends on `{dependency}`, which is neither a revision nor a label")]
    MissingDependency {
        /// The revision that names the dependency.
        child: Declared,
        /// What it names.
        dependency: String,
        /// Names that were perhaps meant.
        near: Vec<String>,
    },
    /// A label that several revisions declare.
    #[error("label `{label}` is declared more than once: by {}", list(revisions, " and "))]
    DuplicateLabel {
        /// The label.
        label: Label,
        /// All revisions that declare it.
        revisions: Vec<Declared>,
    },
    /// A label that is also a revision's id.
    #[error("label `{label}` of {labelled} is also the id of {named}")]
    LabelIsId {
        /// The label.
        label: Label,
        /// The revision that declares the label.
        labelled: Declared,
        /// The revision of that id.
        named: Declared,
    },
    /// Revisions that come before themselves.
    #[error("{}", cycle(*kind, path))]
    Cycle {
        /// Over which edges.
        kind: CycleKind,
        /// Each revises or depends on the next, the last one the first.
        path: Vec<Declared>,
    },
}

/// Over which edges a cycle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CycleKind {
    /// Over `revises` alone.
    Revises,
    /// Over at least one `depends_on`.
    Dependency,
}

/// A revision and the file that declares it; prints as `id (file)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The revision.
    pub id: RevisionId,
    /// Its file.
    pub origin: String,
}

impl GraphFaults {
    /// `None` when there is no fault.
    pub(crate) fn of(faults: Vec<GraphFault>) -> Option<Self> {
        (!faults.is_empty()).then_some(Self(faults))
    }

    /// The faults, in load order.
    pub fn iter(&self) -> std::slice::Iter<'_, GraphFault> {
        self.0.iter()
    }
}

impl IntoIterator for GraphFaults {
    type Item = GraphFault;
    type IntoIter = std::vec::IntoIter<GraphFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a GraphFaults {
    type Item = &'a GraphFault;
    type IntoIter = std::slice::Iter<'a, GraphFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for GraphFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl std::error::Error for GraphFaults {}

impl GraphFault {
    /// The kind in one word, for machines.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DuplicateId { .. } => "duplicate_id",
            Self::MissingParent { .. } => "missing_parent",
            Self::MissingDependency { .. } => "missing_dependency",
            Self::DuplicateLabel { .. } => "duplicate_label",
            Self::LabelIsId { .. } => "label_is_id",
            Self::Cycle { .. } => "cycle",
        }
    }

    /// The files to look at, the first one first.
    pub fn origins(&self) -> Vec<&str> {
        match self {
            Self::DuplicateId { origins, .. } => origins.iter().map(String::as_str).collect(),
            Self::MissingParent { child, .. } | Self::MissingDependency { child, .. } => vec![&child.origin],
            Self::DuplicateLabel { revisions, .. } => origins_of(revisions),
            Self::LabelIsId { labelled, named, .. } => vec![&labelled.origin, &named.origin],
            Self::Cycle { path, .. } => origins_of(path),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::DuplicateId { .. } => {
                "delete the copy, or give one of them another id in its `-- limbeck:revision` line".to_owned()
            }
            Self::MissingParent { near, .. } => did_you_mean(
                near,
                "get the missing file (was it committed?), or correct the `-- limbeck:revises` line",
            ),
            Self::MissingDependency { near, .. } => did_you_mean(
                near,
                "get the missing file (was it committed?), or correct the `-- limbeck:depends_on` line",
            ),
            Self::DuplicateLabel { .. } | Self::LabelIsId { .. } => {
                "ids and labels share one name space; rename the label in its `-- limbeck:labels` line"
                    .to_owned()
            }
            Self::Cycle { kind, .. } => match kind {
                CycleKind::Revises => "correct one of the `-- limbeck:revises` lines".to_owned(),
                CycleKind::Dependency => "take out one of the `-- limbeck:depends_on` lines".to_owned(),
            },
        };
        Some(hint)
    }
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ({})", self.id, self.origin)
    }
}

fn origins_of(revisions: &[Declared]) -> Vec<&str> {
    revisions
        .iter()
        .map(|revision| revision.origin.as_str())
        .collect()
}

fn did_you_mean(near: &[String], otherwise: &str) -> String {
    if near.is_empty() {
        otherwise.to_owned()
    } else {
        format!("did you mean {}? Else {otherwise}", quoted(near, " or "))
    }
}

/// The names between back quotes.
pub(crate) fn quoted<T: fmt::Display>(names: &[T], separator: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(separator)
}

fn list(revisions: &[Declared], separator: &str) -> String {
    let revisions: Vec<String> = revisions.iter().map(Declared::to_string).collect();
    revisions.join(separator)
}

fn cycle(kind: CycleKind, path: &[Declared]) -> String {
    let edge = match kind {
        CycleKind::Revises => "revises",
        CycleKind::Dependency => "needs",
    };
    match path {
        [alone] => format!("{alone} {edge} itself"),
        [first, ..] => {
            let path = list(path, &format!(", which {edge} "));
            format!("{path}, which {edge} `{}` again", first.id).replacen(
                &format!(", which {edge}"),
                &format!(" {edge}"),
                1,
            )
        }
        [] => String::new(),
    }
}
