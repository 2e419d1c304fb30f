//! The tables of `docs/graph.md` are what the commands do.

use std::iter::Peekable;

use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;
use pulldown_cmark::Tag;
use pulldown_cmark::TagEnd;

use super::text_of;
use crate::pages::history;
use crate::pages::taken_back;
use crate::project::Project;

/// A row: the code in its first cell, the code with which the second one begins, and the text of the second one.
#[derive(Debug, Default)]
struct Row {
    shown: String,
    revisions: Vec<String>,
    meaning: String,
}

/// The rows of the tables whose first row says this.
fn tables(head: [&str; 2]) -> Vec<Vec<Row>> {
    let page = text_of("docs/graph.md");
    let mut events = Parser::new_ext(&page, Options::ENABLE_TABLES).peekable();
    let mut tables = Vec::new();
    while let Some(event) = events.next() {
        if !matches!(event, Event::Start(Tag::Table(_))) {
            continue;
        }
        let mut rows = vec![];
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(row(&mut events)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let first = rows.remove(0);
        if [first.shown.as_str(), first.meaning.as_str()] == head {
            tables.push(rows);
        }
    }
    tables
}

/// The cells of a row.
fn row<'a>(events: &mut Peekable<impl Iterator<Item = Event<'a>>>) -> Row {
    let mut row = Row::default();
    let mut cell = 0;
    for event in events {
        match event {
            Event::Start(Tag::TableCell) => cell += 1,
            Event::Code(text) | Event::Text(text) if cell == 1 => row.shown.push_str(&text),
            Event::Code(code) if row.meaning.trim().is_empty() => {
                row.revisions.push(code.into_string());
            }
            Event::Text(text) => row.meaning.push_str(&text),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => break,
            _ => {}
        }
    }
    row
}

fn first_history() -> Project {
    history(&[
        ("a1", ""),
        ("a2", "revises a1"),
        ("a3", "revises a2"),
        ("b1", "labels billing"),
        ("b2", "revises b1; depends_on a2"),
        ("c3", "revises a3, b2"),
    ])
}

/// The target of a command.
fn target<'a>(row: &'a Row, command: &str) -> &'a str {
    let target = row.shown.strip_prefix("limbeck ").unwrap();
    target.strip_prefix(command).unwrap().trim()
}

#[test]
fn what_an_upgrade_applies() {
    let project = first_history();
    let tables = tables(["command", "applies"]);
    let [rows] = tables.as_slice() else {
        panic!("{tables:?}")
    };
    for row in rows {
        let target = target(row, "upgrade");
        let (code, plan) = project.json(&format!("plan upgrade {target} --url sqlite://empty.db"));
        if row.meaning.starts_with("an error") {
            assert_eq!(code, 2, "{row:?}");
            continue;
        }
        let steps = plan["steps"].as_array().unwrap().iter();
        let steps: Vec<_> = steps.map(|step| step["revision"].as_str().unwrap()).collect();
        assert_eq!(steps, row.revisions, "{row:?}");
    }
}

#[test]
fn what_a_downgrade_takes_back() {
    let shipping = history(&[
        ("a1", ""),
        ("a2", "revises a1"),
        ("a3", "revises a2"),
        ("s1", "revises a2; labels shipping"),
        ("s2", "revises s1"),
    ]);
    let tables = tables(["command", "takes back"]);
    assert_eq!(tables.len(), 2);
    for (project, rows) in [first_history(), shipping].iter().zip(&tables) {
        let everything = taken_back(project, "base").len();
        for row in rows {
            let target = target(row, "downgrade");
            let steps = taken_back(project, target);
            match row.revisions.as_slice() {
                // In words: all of them, or the last N.
                [] if row.meaning.starts_with("everything") => assert_eq!(steps.len(), everything, "{row:?}"),
                [] => assert_eq!(steps.len().to_string(), target.trim_start_matches('-'), "{row:?}"),
                revisions => assert_eq!(steps, revisions, "{row:?}"),
            }
        }
    }
}

#[test]
fn what_a_range_means() {
    let project = first_history();
    let tables = tables(["range", "means"]);
    let [rows] = tables.as_slice() else {
        panic!("{tables:?}")
    };
    for row in rows {
        let (_, answer) = project.json(&format!("history --rev-range={}", row.shown));
        let revisions = answer["revisions"].as_array().unwrap().iter();
        let revisions: Vec<_> = revisions
            .map(|revision| revision["revision"].as_str().unwrap())
            .collect();
        assert_eq!(revisions, row.revisions, "{row:?}");
    }
}
