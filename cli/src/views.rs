//! Revisions as people and programs see them.

use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use serde::Serialize;

use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;

/// A revision in the answer of a command.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RevisionView {
    pub(crate) revision: String,
    pub(crate) revises: Vec<String>,
    pub(crate) depends_on: Vec<String>,
    pub(crate) labels: Vec<String>,
    pub(crate) message: String,
    pub(crate) created: Option<String>,
    /// None where no database was asked.
    pub(crate) applied: Option<bool>,
    #[serde(skip)]
    pub(crate) file: String,
    #[serde(skip)]
    pub(crate) children: Vec<String>,
    #[serde(skip)]
    pub(crate) marks: Vec<Mark>,
}

/// What is special about a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Nothing comes after it.
    Head,
    /// Nothing revises it, but something depends on it.
    EffectiveHead,
    /// The version table holds it.
    Current,
    /// It is not applied yet.
    Pending,
    /// Several revisions revise it.
    BranchPoint,
    /// It revises several.
    MergePoint,
}

impl Mark {
    fn text(self) -> String {
        match self {
            Self::Head => paint(Paint::Good, "(head)"),
            Self::EffectiveHead => paint(Paint::Good, "(effective head)"),
            Self::Current => paint(Paint::Good, "(current)"),
            Self::Pending => paint(Paint::Pending, "(pending)"),
            Self::BranchPoint => paint(Paint::Faint, "(branchpoint)"),
            Self::MergePoint => paint(Paint::Faint, "(mergepoint)"),
        }
    }
}

impl RevisionView {
    /// A revision of the graph, with the marks that the graph alone gives.
    pub(crate) fn new(graph: &RevisionGraph, revision: &Revision) -> Self {
        let children: Vec<String> = graph
            .children(&revision.id)
            .map(|child| child.id.to_string())
            .collect();
        let mut marks = Vec::new();
        if graph.needed_by(&revision.id).next().is_none() {
            marks.push(Mark::Head);
        } else if children.is_empty() {
            marks.push(Mark::EffectiveHead);
        }
        if children.len() > 1 {
            marks.push(Mark::BranchPoint);
        }
        if revision.revises.len() > 1 {
            marks.push(Mark::MergePoint);
        }
        Self {
            revision: revision.id.to_string(),
            revises: revision.revises.iter().map(ToString::to_string).collect(),
            depends_on: revision.depends_on.clone(),
            labels: revision.labels.iter().map(ToString::to_string).collect(),
            message: revision.message.clone(),
            created: revision.created.clone(),
            applied: None,
            file: revision.origin.clone(),
            children,
            marks,
        }
    }

    /// Id, labels, marks and message on one line.
    pub(crate) fn line(&self) -> String {
        self.words(None)
    }

    /// The same with what it revises.
    pub(crate) fn line_with_parents(&self) -> String {
        let parents = if self.revises.is_empty() {
            "base".to_owned()
        } else {
            self.revises.join(", ")
        };
        self.words(Some(paint(Paint::Faint, format!("<- {parents}"))))
    }

    fn words(&self, parents: Option<String>) -> String {
        let mut words = vec![paint(Paint::Revision, &self.revision)];
        words.extend(parents);
        if !self.labels.is_empty() {
            words.push(paint(Paint::Label, format!("[{}]", self.labels.join(", "))));
        }
        words.extend(self.marks.iter().map(|mark| mark.text()));
        if !self.message.is_empty() {
            words.push(plain(&self.message));
        }
        words.join(" ")
    }

    /// Everything, over several lines, the last one empty.
    pub(crate) fn details(&self) -> String {
        let mut text = paint(Paint::Revision, &self.revision);
        for mark in &self.marks {
            text.push_str(&format!(" {}", mark.text()));
        }
        text.push('\n');
        let lists = [
            ("revises", self.revises.join(", ")),
            ("depends on", self.depends_on.join(", ")),
            ("revised by", self.children.join(", ")),
            ("labels", self.labels.join(", ")),
            ("created", self.created.clone().unwrap_or_default()),
            ("file", self.file.clone()),
        ];
        for (title, value) in lists {
            if !value.is_empty() {
                text.push_str(&format!("{title:<11} {}\n", plain(&value)));
            }
        }
        text.push_str(&format!("\n    {}\n\n", plain(&self.message)));
        text
    }
}
