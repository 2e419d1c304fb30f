//! `docs/dialects.md` is what the dialects write.

mod engine;
mod examples;
mod servers;

use std::fs;
use std::path::Path;

use self::engine::Answers;
use self::engine::Engine;
use self::engine::REFUSED;
use self::engine::engines;
use self::examples::COLUMNS;
use self::examples::Example;
use self::examples::PARTS;
use self::examples::TYPES;

const START: &str = "# What portable SQL becomes\n\n\
    What each database gets for [portable SQL](portable-sql.md), as its dialect writes it. Written by `cargo test -p \
    limbeck-cli`: with `UPDATE_REFERENCE=1` the test writes this page, without it the test compares.\n\n";

const TYPES_START: &str = "\n## Types\n\n\
    The type of a column. A type between the parentheses of a database's name is that database's own.\n\n";

const COLUMNS_START: &str = "\n## Columns\n\n\
    What stands behind the name of a column in `CREATE TABLE`, in a table that has a column `name` too.\n\n";

/// The oldest servers, from the dialects.
fn floors(engines: &[Engine]) -> String {
    let floors = engines
        .iter()
        .map(|engine| format!("{} {}", engine.label, engine.floor()));
    format!(
        "It is what the oldest server gets that Limbeck works with: {}. Where newer ones get something else, the first \
         of them is named. What a server cannot do is refused before anything is sent, in the words that stand here.\n",
        floors.collect::<Vec<_>>().join(", ")
    )
}

/// A table with a line for each entry and a column for each engine.
fn table(engines: &[Engine], entries: &[&str], answers: impl Fn(&Engine, &str) -> Answers) -> String {
    let labels = engines.iter().map(|engine| engine.label);
    let mut text = format!("| portable | {} |\n", labels.collect::<Vec<_>>().join(" | "));
    text.push_str(&"|---".repeat(engines.len() + 1));
    text.push_str("|\n");
    for entry in entries {
        let cells = engines.iter().map(|engine| cell(&answers(engine, entry)));
        let cells: Vec<String> = cells.collect();
        text.push_str(&format!("| {} | {} |\n", code(entry), cells.join(" | ")));
    }
    text
}

fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

fn cell(answers: &Answers) -> String {
    let cells = answers.iter().enumerate().map(|(place, (version, answer))| {
        let from = match place {
            0 => String::new(),
            _ => format!("from {version}: "),
        };
        match answer.strip_prefix(REFUSED) {
            Some(why) => format!("{from}refused: {why}"),
            None => format!("{from}{}", code(answer)),
        }
    });
    cells.collect::<Vec<_>>().join("; ")
}

/// The statements, and below them what each engine gets; engines that get the same share it.
fn block(engines: &[Engine], example: &Example) -> String {
    let mut groups: Vec<(Vec<&str>, Answers)> = Vec::new();
    for engine in engines {
        let answers = engine.statements(example.before, example.statements);
        let same = |(_, group): &&mut (Vec<&str>, Answers)| {
            let texts = |answers: &Answers| answers.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
            texts(group) == texts(&answers) && answers.len() == 1
        };
        match groups.iter_mut().find(same) {
            Some((labels, _)) => labels.push(engine.label),
            None => groups.push((vec![engine.label], answers)),
        }
    }
    let statements = example.statements.replace("; ", ";\n");
    let mut text = format!("\n### {}\n\n```sql\n{statements}\n", example.title);
    for (labels, answers) in &groups {
        for (place, (version, answer)) in answers.iter().enumerate() {
            let from = match place {
                0 => String::new(),
                _ => format!(" from {version}"),
            };
            text.push_str(&format!("\n-- {}{from}\n{answer}\n", labels.join(", ")));
        }
    }
    text.push_str("```\n");
    text
}

fn page() -> String {
    let engines = engines();
    let mut page = START.to_owned() + &floors(&engines);
    page.push_str(TYPES_START);
    page.push_str(&table(&engines, &TYPES, |engine, entry| {
        engine.column(&format!("CREATE TABLE t (c {entry})"))
    }));
    page.push_str(COLUMNS_START);
    page.push_str(&table(&engines, &COLUMNS, |engine, entry| {
        engine.column(&format!("CREATE TABLE t (name VARCHAR(20), c {entry})"))
    }));
    for part in PARTS {
        page.push_str(&format!("\n## {}\n", part.title));
        for example in part.examples {
            page.push_str(&block(&engines, example));
        }
    }
    page
}

/// The lines of the page that are old, each before what it should be.
fn difference(written: &str, page: &str) -> String {
    let gone = written
        .lines()
        .filter(|line| !page.lines().any(|other| other == *line));
    let come = page
        .lines()
        .filter(|line| !written.lines().any(|other| other == *line));
    gone.map(|line| format!("- {line}\n"))
        .chain(come.map(|line| format!("+ {line}\n")))
        .collect()
}

#[test]
fn the_page_about_the_dialects_is_what_they_write() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/dialects.md");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/dialects.md is old: run this test with UPDATE_REFERENCE=1\n{}",
        difference(&written, &page)
    );
}
