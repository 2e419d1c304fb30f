//! `limbeck log`.

use limbeck_core::history::JournalEntry;
use limbeck_core::history::JournalEvent;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::Table;
use crate::output::paint;
use crate::output::plain;

/// Show what ran on the database: the journal, newest first
#[derive(Debug, clap::Args)]
pub(crate) struct LogArgs {
    /// Show the newest N entries only
    #[arg(short = 'n', long, value_name = "N")]
    max_count: Option<usize>,
}

#[derive(Serialize)]
struct LogAnswer {
    entries: Vec<JournalEntry>,
}

impl Answer for LogAnswer {
    fn text(&self, layout: Layout) -> String {
        let mut table = Table::default();
        for entry in &self.entries {
            table.row(
                cells(entry, layout)
                    .into_iter()
                    .map(|cell| cell.replace('\n', "␊")),
            );
        }
        let mut text = String::new();
        for (line, entry) in table.text().lines().zip(&self.entries) {
            text.push_str(&format!("{line}\n"));
            if let Some(error) = &entry.error {
                text.push_str(&format!("    {}\n", paint(Paint::Bad, error)));
            }
        }
        text
    }
}

/// The revision; for a stamp, which has none, the rows that it left.
fn what(entry: &JournalEntry) -> String {
    let rows = entry
        .rows_after
        .as_ref()
        .filter(|_| entry.event == JournalEvent::Done);
    match (&entry.revision, rows) {
        (Some(revision), _) => paint(Paint::Revision, revision),
        (None, Some(rows)) if rows.is_empty() => "at base".to_owned(),
        (None, Some(rows)) => format!("at {}", paint(Paint::Revision, rows)),
        (None, None) => "-".to_owned(),
    }
}

fn cells(entry: &JournalEntry, layout: Layout) -> Vec<String> {
    let person = [entry.who.as_deref(), entry.host.as_deref()];
    let person: Vec<&str> = person.into_iter().flatten().collect();
    let statements = entry
        .range()
        .filter(|range| range.of > 0)
        .map(|range| match range.start + 1 {
            first if first >= range.end => format!("{}/{}", range.end, range.of),
            first => format!("{first}-{}/{}", range.end, range.of),
        });
    let mut cells = vec![
        paint(Paint::Faint, entry.seq),
        plain(&entry.recorded_at),
        entry.direction.to_string(),
        entry.event.to_string(),
        what(entry),
        statements.unwrap_or_default(),
        entry
            .milliseconds
            .map(|time| format!("{time} ms"))
            .unwrap_or_default(),
        plain(&person.join("@")),
    ];
    if layout.verbose {
        cells.push(plain(&entry.tool));
        cells.push(plain(entry.session.as_deref().unwrap_or_default()));
        cells.push(plain(&entry.run));
    }
    cells
}

pub(crate) async fn run(args: &LogArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let mut entries = context.reader()?.log().await?;
    entries.truncate(args.max_count.unwrap_or(usize::MAX));
    context.output.answer(&LogAnswer { entries })?;
    Ok(Exit::Success)
}
