//! `limbeck show`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::views::RevisionView;

/// Show what a revision says of itself; with -v its whole file
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// A revision, a label, heads, current …
    #[arg(
        value_name = "REVISION",
        default_value = "heads",
        allow_negative_numbers = true
    )]
    revision: String,
}

#[derive(Serialize)]
struct ShowAnswer {
    revisions: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    view: RevisionView,
    description: String,
    file: String,
    #[serde(skip)]
    source: String,
}

impl Answer for ShowAnswer {
    fn text(&self, layout: Layout) -> String {
        let mut text = String::new();
        for shown in &self.revisions {
            text.push_str(&shown.view.details());
            for line in shown.description.lines() {
                text.push_str(format!("    {}", plain(line)).trim_end());
                text.push('\n');
            }
            if !shown.description.is_empty() {
                text.push('\n');
            }
            if layout.verbose {
                text.push_str(&format!("{}\n", plain(shown.source.trim_end())));
            }
        }
        text
    }
}

pub(crate) async fn run(args: &ShowArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    let rows = context.rows_for_programs().await;
    let applied = rows.map(|rows| graph.applied(&rows));
    let mut revisions = Vec::new();
    for id in context.revisions(graph, &args.revision).await? {
        let (Some(revision), Some(script)) = (graph.get(&id), scripts.script(&id)) else {
            continue;
        };
        let mut view = RevisionView::new(graph, revision);
        view.applied = applied.as_ref().map(|applied| applied.contains(&id));
        revisions.push(Shown {
            file: view.file.clone(),
            view,
            description: script.description().to_owned(),
            source: script.file().text().to_owned(),
        });
    }
    context.output.answer(&ShowAnswer { revisions })?;
    Ok(Exit::Success)
}
