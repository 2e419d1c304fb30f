//! Results in the documentation.

use std::fs;
use std::path::Path;

use super::json;
use super::svg;
use super::table;
use crate::error::BenchError;
use crate::outcome::Outcome;
use crate::outcome::Results;
use crate::outcome::Target;
use crate::rows;

/// The page, its plots and its JSON, in the folder of the documentation.
const PAGE: &str = "performance.md";
const FOLDER: &str = "performance";

/// What stands around the part that is written.
const BEGIN: &str = "<!-- results -->\n";
const END: &str = "<!-- end of results -->\n";

/// Writes table, plots and JSON.
///
/// # Errors
/// A file cannot be read or written, or the page has no place for the results.
pub fn update(docs: &Path, results: &Results) -> Result<(), BenchError> {
    let page = docs.join(PAGE);
    let text = fs::read_to_string(&page).map_err(BenchError::file(&page))?;
    let text = with_results(&text, results)
        .ok_or_else(|| BenchError::unreadable(page.display().to_string(), "it has no place for results"))?;
    let folder = docs.join(FOLDER);
    fs::create_dir_all(&folder).map_err(BenchError::file(&folder))?;
    let write = |path: &Path, text: &str| fs::write(path, text).map_err(BenchError::file(path));
    write(&page, &text)?;
    write(&folder.join("results.json"), &json::text(results)?)?;
    for row in rows::ALL {
        let outcomes = of_row(results, row.name());
        if has_ratios(&outcomes) {
            write(&folder.join(plot(row.name())), &svg::plot(row.name(), &outcomes))?;
        }
    }
    Ok(())
}

/// The page with these results in the place of those that it has.
fn with_results(page: &str, results: &Results) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}{END}{after}", body(results)))
}

fn body(results: &Results) -> String {
    let mut text = String::new();
    for row in rows::ALL {
        let outcomes = of_row(results, row.name());
        if outcomes.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "### {}\n\n{}. Measured against {}.\n\n{}\n",
            row.name(),
            capitalised(row.work()),
            row.floor(),
            table::markdown(&outcomes)
        ));
        if has_ratios(&outcomes) {
            text.push_str(&format!("![{}]({FOLDER}/{})\n\n", row.name(), plot(row.name())));
        }
    }
    let versions: Vec<String> = results
        .versions
        .iter()
        .map(|version| match version.version.contains(&version.program) {
            true => version.version.clone(),
            false => format!("{} {}", version.program, version.version),
        })
        .collect();
    text.push_str(&format!("Measured with: {}.\n", versions.join("; ")));
    text
}

/// Whether there is something to plot.
fn has_ratios(outcomes: &[&Outcome]) -> bool {
    outcomes
        .iter()
        .any(|outcome| matches!(outcome.target, Target::Ratio(_)))
}

fn of_row<'a>(results: &'a Results, name: &str) -> Vec<&'a Outcome> {
    results
        .outcomes
        .iter()
        .filter(|outcome| outcome.row == name)
        .collect()
}

fn plot(row: &str) -> String {
    format!("{row}.svg")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
