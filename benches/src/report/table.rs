//! Results as a table, for a terminal and for a page.

use std::fmt::Write;

use crate::outcome::Outcome;
use crate::outcome::Results;
use crate::outcome::Role;
use crate::outcome::Standing;
use crate::outcome::Target;

const HEAD: [&str; 7] = ["work", "engine", "size", "Limbeck", "floor", "target", ""];

/// A table with aligned columns, what failed, and how many targets are met.
pub fn plain(results: &Results) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(results.outcomes.iter().map(line));
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
        })
        .map(Option::unwrap_or_default)
        .collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, &width)| format!("{cell:<width$}"));
        let cells: Vec<String> = cells.collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    for failure in &results.failures {
        let _ = writeln!(
            text,
            "FAILED: {}, {}: {}",
            failure.row, failure.case, failure.reason
        );
    }
    for outcome in &results.outcomes {
        for standing in &outcome.standings {
            if let Some(failure) = &standing.failure {
                let _ = writeln!(
                    text,
                    "{} on {}, {}: {failure}",
                    standing.name, outcome.row, outcome.case
                );
            }
        }
    }
    if !results.missing.is_empty() {
        let _ = writeln!(text, "not installed: {}", results.missing.join(", "));
    }
    let met = results.outcomes.iter().filter(|outcome| outcome.is_met()).count();
    let _ = writeln!(text, "{met} of {} targets met", results.outcomes.len());
    text
}

/// The same as a table of Markdown, with ratios only, as times say nothing of another machine.
pub fn markdown(outcomes: &[&Outcome]) -> String {
    let mut text =
        String::from("| engine | size | Limbeck | target | | others |\n|---|---|---|---|---|---|\n");
    for outcome in outcomes {
        let engine = outcome
            .case
            .engine
            .map(|engine| engine.to_string())
            .unwrap_or_default();
        let figure = outcome.target.show(outcome.figure);
        let figure = if outcome.is_met() {
            figure
        } else {
            format!("**{figure}**")
        };
        let _ = writeln!(
            text,
            "| {engine} | {} | {figure} | {} | {} | {} |",
            outcome.case.label(),
            outcome.target,
            verdict(outcome),
            others(outcome)
        );
    }
    text
}

fn line(outcome: &Outcome) -> [String; HEAD.len()] {
    let engine = outcome.case.engine.map(|engine| engine.word().to_owned());
    let figure = outcome.target.show(outcome.figure);
    let limbeck = match (outcome.target, outcome.of(Role::Limbeck)) {
        (Target::Ratio(_), Some(standing)) => format!("{figure} ({})", times(standing)),
        _ => figure,
    };
    let floor = outcome.of(Role::Floor);
    let floor = floor.map(|standing| format!("{} ({})", standing.name, times(standing)));
    [
        outcome.row.clone(),
        engine.unwrap_or_default(),
        outcome.case.label(),
        limbeck,
        floor.unwrap_or_default(),
        outcome.target.to_string(),
        format!("{}  {}", verdict(outcome), others(outcome)),
    ]
}

fn verdict(outcome: &Outcome) -> &'static str {
    match outcome.is_met() {
        true => "met",
        false => "missed",
    }
}

/// A standing's median, and how it compares in processor time.
fn times(standing: &Standing) -> String {
    let median = standing
        .wall
        .map(|wall| format!("{:.1} ms", wall.median))
        .unwrap_or_default();
    match standing.cpu_ratio {
        Some(ratio) if standing.role != Role::Floor => format!("{median}, cpu {ratio:.2}"),
        _ => median,
    }
}

/// The others with their ratios.
fn others(outcome: &Outcome) -> String {
    let shown = outcome.others().map(|standing| match standing.ratio {
        Some(ratio) => format!("{} {ratio:.2}", standing.name),
        None => format!("{} failed", standing.name),
    });
    shown.collect::<Vec<_>>().join(", ")
}
