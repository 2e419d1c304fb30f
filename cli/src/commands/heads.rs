//! `limbeck heads`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::views::RevisionView;

/// Show the revisions after which nothing comes
#[derive(Debug, clap::Args)]
pub(crate) struct HeadsArgs {}

#[derive(Serialize)]
struct HeadsAnswer {
    heads: Vec<HeadView>,
}

#[derive(Serialize)]
struct HeadView {
    revision: String,
    labels: Vec<String>,
    message: String,
    #[serde(skip)]
    view: RevisionView,
}

impl Answer for HeadsAnswer {
    fn text(&self, layout: Layout) -> String {
        let entry = |head: &HeadView| match layout.verbose {
            true => head.view.details(),
            false => format!("{}\n", head.view.line()),
        };
        self.heads.iter().map(entry).collect()
    }
}

pub(crate) fn run(_args: &HeadsArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    let heads = graph
        .heads()
        .map(|revision| {
            let view = RevisionView::new(graph, revision);
            HeadView {
                revision: view.revision.clone(),
                labels: view.labels.clone(),
                message: view.message.clone(),
                view,
            }
        })
        .collect();
    context.output.answer(&HeadsAnswer { heads })?;
    Ok(Exit::Success)
}
