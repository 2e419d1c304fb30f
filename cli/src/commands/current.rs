//! `limbeck current`.

use limbeck_core::script::ScriptSet;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;
use crate::views::Mark;
use crate::views::RevisionView;

/// Show at which revisions the database is
#[derive(Debug, clap::Args)]
pub(crate) struct CurrentArgs {
    /// Exit with 1 unless the database is at all heads
    #[arg(long)]
    check_heads: bool,
}

#[derive(Serialize)]
struct CurrentAnswer {
    revisions: Vec<String>,
    #[serde(skip)]
    views: Vec<Row>,
}

/// A row of the version table.
enum Row {
    Known(Box<RevisionView>),
    Unknown(String),
}

impl Row {
    fn new(scripts: &ScriptSet, id: &str) -> Self {
        let graph = scripts.graph();
        match graph.get(id) {
            Some(revision) => {
                let mut view = RevisionView::new(graph, revision);
                view.marks
                    .retain(|mark| matches!(mark, Mark::Head | Mark::EffectiveHead));
                Self::Known(Box::new(view))
            }
            None => Self::Unknown(id.to_owned()),
        }
    }
}

impl Answer for CurrentAnswer {
    fn text(&self, layout: Layout) -> String {
        let entry = |row: &Row| match row {
            Row::Known(view) if layout.verbose => view.details(),
            Row::Known(view) => format!("{}\n", view.line()),
            Row::Unknown(id) => format!(
                "{} {}\n",
                paint(Paint::Revision, id),
                paint(Paint::Bad, "(unknown: no file has it)")
            ),
        };
        self.views.iter().map(entry).collect()
    }
}

pub(crate) async fn run(args: &CurrentArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.reader()?;
    let revisions = migrator.current().await?;
    let scripts = migrator.scripts();
    let views = revisions.iter().map(|id| Row::new(scripts, id)).collect();
    let mut heads: Vec<String> = scripts.graph().heads().map(|head| head.id.to_string()).collect();
    let mut rows = revisions.clone();
    heads.sort_unstable();
    rows.sort_unstable();
    context.output.answer(&CurrentAnswer { revisions, views })?;
    if args.check_heads && heads != rows {
        context.output.notes().line("the database is not at all heads");
        return Ok(Exit::Found);
    }
    Ok(Exit::Success)
}
