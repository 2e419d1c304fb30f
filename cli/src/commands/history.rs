//! `limbeck history`.

use limbeck_core::graph::Rows;
use limbeck_core::graph::lanes::Row;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::graph_view;
use crate::graph_view::Beside;
use crate::output::Answer;
use crate::output::Layout;
use crate::views::Mark;
use crate::views::RevisionView;

/// Show all revisions, newest first
#[derive(Debug, clap::Args)]
pub(crate) struct HistoryArgs {
    /// Only the revisions from one to another: a1b2:, :head, base:a1b2, -3:current
    #[arg(short, long, value_name = "FROM:TO", allow_hyphen_values = true)]
    rev_range: Option<String>,

    /// Ask the database what is applied, and mark it
    #[arg(short, long)]
    indicate_current: bool,
}

#[derive(Serialize)]
struct HistoryAnswer {
    revisions: Vec<RevisionView>,
    #[serde(skip)]
    lanes: Vec<Row>,
}

impl Answer for HistoryAnswer {
    fn text(&self, layout: Layout) -> String {
        if layout.terminal {
            let beside = if layout.verbose {
                Beside::Details
            } else {
                Beside::Line
            };
            return graph_view::draw(&self.revisions, &self.lanes, beside);
        }
        let entry = |view: &RevisionView| match layout.verbose {
            true => view.details(),
            false => format!("{}\n", view.line_with_parents()),
        };
        self.revisions.iter().map(entry).collect()
    }
}

pub(crate) async fn run(args: &HistoryArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    let needs_rows = args.indicate_current
        || args
            .rev_range
            .as_deref()
            .is_some_and(|range| range.contains("current"));
    let rows = if needs_rows {
        Some(context.rows().await?)
    } else {
        context.rows_for_programs().await
    };
    let empty = Rows::default();
    let chosen = match &args.rev_range {
        Some(range) => graph.range(range, rows.as_ref().unwrap_or(&empty))?,
        None => graph.newest_first(),
    };
    let applied = rows.as_ref().map(|rows| graph.applied(rows));
    let lanes = graph.lanes(&chosen).collect();
    let mut revisions = Vec::with_capacity(chosen.len());
    for revision in chosen {
        let mut view = RevisionView::new(graph, revision);
        view.applied = applied.as_ref().map(|applied| applied.contains(&revision.id));
        let current = rows
            .iter()
            .any(|rows| rows.iter().any(|row| row == revision.id.as_str()));
        if current {
            view.marks.push(Mark::Current);
        } else if view.applied == Some(false) {
            view.marks.push(Mark::Pending);
        }
        revisions.push(view);
    }
    context.output.answer(&HistoryAnswer { revisions, lanes })?;
    Ok(Exit::Success)
}
