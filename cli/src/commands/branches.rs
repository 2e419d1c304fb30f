//! `limbeck branches`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::views::RevisionView;

/// Show the revisions that several others revise
#[derive(Debug, clap::Args)]
pub(crate) struct BranchesArgs {}

#[derive(Serialize)]
struct BranchesAnswer {
    branches: Vec<Branch>,
}

#[derive(Serialize)]
struct Branch {
    revision: String,
    labels: Vec<String>,
    message: String,
    branches_into: Vec<String>,
    #[serde(skip)]
    view: RevisionView,
    #[serde(skip)]
    children: Vec<RevisionView>,
}

impl Answer for BranchesAnswer {
    fn text(&self, layout: Layout) -> String {
        let mut text = String::new();
        for branch in &self.branches {
            if layout.verbose {
                text.push_str(&branch.view.details());
            } else {
                text.push_str(&format!("{}\n", branch.view.line()));
            }
            for child in &branch.children {
                text.push_str(&format!("  -> {}\n", child.line()));
            }
        }
        text
    }
}

pub(crate) fn run(_args: &BranchesArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    let branches = graph
        .branch_points()
        .map(|revision| {
            let view = RevisionView::new(graph, revision);
            let children = graph.children(&revision.id);
            Branch {
                revision: view.revision.clone(),
                labels: view.labels.clone(),
                message: view.message.clone(),
                branches_into: view.children.clone(),
                children: children.map(|child| RevisionView::new(graph, child)).collect(),
                view,
            }
        })
        .collect();
    context.output.answer(&BranchesAnswer { branches })?;
    Ok(Exit::Success)
}
