//! `limbeck test`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use limbeck_core::engine::EngineError;
use limbeck_core::graph::RevisionId;
use limbeck_core::stairway::Check;
use limbeck_core::stairway::Finding;
use limbeck_core::stairway::FindingKind;
use limbeck_core::stairway::HistoryReport;
use limbeck_core::stairway::Report;
use limbeck_core::stairway::RevisionReport;
use limbeck_core::stairway::Stairway;
use serde::Serialize;

use crate::comparison::Comparison;
use crate::context::Context;
use crate::differences::DifferencesAnswer;
use crate::error;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::junit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::Verbosity;
use crate::output::paint;
use crate::output::plain;
use crate::schema_source;
use crate::schema_source::ScratchArgs;

/// Test every revision in a scratch database: up, down and up again, with rows in the tables
///
/// At each revision rows are made up for the tables that it touches, and schema and rows are compared. The database itself
/// is not touched: its server gives an empty one for a moment. Exits with 1 when there is something.
#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// The revisions, or a range of them as A:B; all unless said, and then the history as a whole too
    #[arg(value_name = "REVISIONS")]
    revisions: Vec<String>,

    /// What is not looked at: heads, models, upgrade, downgrade, trace, again, rows, offline
    #[arg(long, value_name = "CHECK", value_delimiter = ',')]
    skip: Vec<Check>,

    /// What alone is looked at
    #[arg(long, value_name = "CHECK", value_delimiter = ',', conflicts_with = "skip")]
    only: Vec<Check>,

    /// Make up no rows
    #[arg(long)]
    no_rows: bool,

    /// Write the result as JUnit XML too
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

/// The checks of the history as a whole.
const OF_HISTORY: [Check; 3] = [Check::Heads, Check::Models, Check::Offline];

pub(crate) async fn run(args: &TestArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let checks = checks(args, context)?;
    let migrator = context.reader()?;
    let mut stairway = Stairway::new(&migrator).with_checks(checks.iter().copied());
    if args.no_rows {
        stairway = stairway.without_rows();
    }
    if !args.revisions.is_empty() {
        stairway = stairway.with_revisions(revisions(&args.revisions, context).await?);
    } else if !checks.iter().any(|check| !OF_HISTORY.contains(check)) {
        stairway = stairway.with_revisions([]);
    }
    context.listen()?;
    let (notes, is_verbose) = (
        context.output.notes(),
        context.output.verbosity() == Verbosity::Verbose,
    );
    let mut told = |report: &RevisionReport| {
        if is_verbose {
            notes.line(&plain(&report.to_string()));
        }
    };
    let mut report = stairway.run(&mut told).await.map_err(in_scratch)?;
    if checks.contains(&Check::Models) {
        report.history.push(models(context).await?);
    }
    if let Some(file) = &args.junit {
        let path = context.path(file);
        let written = fs::write(&path, junit::text(&report));
        written.map_err(|error| error::io(&format!("{} cannot be written", path.display()), &error))?;
    }
    let exit = match report.is_clean() {
        true => Exit::Success,
        false => Exit::Found,
    };
    context.output.answer(&TestAnswer(report))?;
    Ok(exit)
}

#[derive(Serialize)]
#[serde(transparent)]
struct TestAnswer(Report);

impl Answer for TestAnswer {
    fn text(&self, layout: Layout) -> String {
        if layout.quiet && self.0.is_clean() {
            return String::new();
        }
        let text = plain(&self.0.to_string());
        let lines = text.lines().map(|line| {
            let word = [
                ("ok ", Paint::Good),
                ("FAIL ", Paint::Bad),
                ("skip ", Paint::Pending),
            ]
            .into_iter()
            .find_map(|(word, colour)| Some((word, line.strip_prefix(word)?, colour)));
            match word {
                Some((word, rest, colour)) => format!("{}{rest}\n", paint(colour, word)),
                None => format!("{line}\n"),
            }
        });
        lines.collect()
    }
}

/// What is looked at: all unless said. Without models there is nothing to compare with, and for some revisions the history
/// as a whole does not count.
fn checks(args: &TestArgs, context: &Context<'_>) -> Result<BTreeSet<Check>, CommandError> {
    if !args.only.is_empty() {
        return Ok(args.only.iter().copied().collect());
    }
    let has_models = context.own_models().is_some() || context.config()?.models()?.is_some();
    let is_asked = |check: &Check| match check {
        Check::Models if !has_models => false,
        check if !args.revisions.is_empty() => !OF_HISTORY.contains(check),
        _ => true,
    };
    let all = Check::ALL.iter().copied().filter(is_asked);
    Ok(all.filter(|check| !args.skip.contains(check)).collect())
}

async fn revisions(expressions: &[String], context: &Context<'_>) -> Result<Vec<RevisionId>, CommandError> {
    let scripts = context.scripts()?;
    let mut found = Vec::new();
    for expression in expressions {
        if expression.contains(':') {
            let rows = context.rows_for(expression).await?;
            let range = scripts.graph().range(expression, &rows)?;
            found.extend(range.into_iter().map(|revision| revision.id.clone()));
        } else {
            found.extend(context.revisions(scripts.graph(), expression).await?);
        }
    }
    Ok(found)
}

/// Whether the models are what the history makes, as `limbeck check` says it.
async fn models(context: &mut Context<'_>) -> Result<HistoryReport, CommandError> {
    let mut report = HistoryReport::new(Check::Models);
    let scratch = ScratchArgs::always();
    let (heads, models) = schema_source::both("heads", "models", &scratch, context).await?;
    let found = Comparison::between(&heads, &models, &[])?
        .rewritten(&heads, context)
        .told_whole(&heads, &models, context)
        .await?;
    let answer = DifferencesAnswer::new(&heads, &models, &found);
    if !answer.is_empty() {
        let mut finding = Finding::new(
            FindingKind::ModelsDiffer,
            "the models are not what the history makes",
        );
        let text = answer.text(Layout {
            terminal: false,
            quiet: true,
            verbose: false,
        });
        let text = anstream::adapter::strip_str(&text).to_string();
        finding.details = text.lines().map(str::to_owned).collect();
        finding
            .hints
            .push("`limbeck revision --autogenerate` writes the revision that is missing".to_owned());
        report.findings.push(finding);
    }
    Ok(report)
}

fn in_scratch(error: EngineError) -> CommandError {
    let is_refused = matches!(error, EngineError::Connect(_));
    CommandError::from(error).with_hint(match is_refused {
        true => {
            "the test needs an empty database for a moment, on the server of the configured one: see whether its user may \
             create one"
        }
        false => "this was in a scratch database, which is gone: the project's own is as it was",
    })
}
