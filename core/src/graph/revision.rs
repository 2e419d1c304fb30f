//! One revision, as its file declares it.

use super::Label;
use super::RevisionId;

/// A node of the graph: what the header of a revision's file says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revision {
    /// Its name.
    pub id: RevisionId,
    /// Its parents, in the order in which they are written; none for a base.
    pub revises: Vec<RevisionId>,
    /// Ids or labels of revisions that must be applied before this one without being its parents.
    pub depends_on: Vec<String>,
    /// The branches that begin here.
    pub labels: Vec<Label>,
    /// One line that says what it is for; may be empty.
    pub message: String,
    /// When it was written, as the file says it.
    pub created: Option<String>,
    /// Where it was read: the path of its file.
    pub origin: String,
}

impl Revision {
    /// A base without labels and message, read from `origin`.
    pub fn new(id: RevisionId, origin: impl Into<String>) -> Self {
        Self {
            id,
            revises: Vec::new(),
            depends_on: Vec::new(),
            labels: Vec::new(),
            message: String::new(),
            created: None,
            origin: origin.into(),
        }
    }

    /// Its id, then its labels.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let labels = self.labels.iter().map(Label::as_str);
        std::iter::once(self.id.as_str()).chain(labels)
    }
}
