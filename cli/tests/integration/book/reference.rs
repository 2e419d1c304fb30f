//! What the pages of the reference take from the source: the keys of the configuration, and the exit codes.

use std::fs;

use limbeck_cli::Exit;

use super::root;
use super::text_of;

const REFERENCE: &str = include_str!("../../../../core/src/config/reference.toml");

#[test]
fn the_page_has_every_key() {
    let path = root().join("docs/configuration.md");
    let page = text_of("docs/configuration.md");
    let (before, rest) = page
        .split_once("<!-- every key -->\n```toml\n")
        .expect("the place of the keys");
    let (keys, after) = rest.split_once("```\n").expect("the end of the keys");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let page = format!("{before}<!-- every key -->\n```toml\n{REFERENCE}```\n{after}");
        fs::write(&path, page).unwrap();
        return;
    }
    assert!(keys == REFERENCE, "run this test with UPDATE_DOCS=1");
}

#[test]
fn every_exit_code_stands_in_its_page() {
    let page = text_of("docs/exit-codes.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.split(" |").next());
    let codes: Vec<u8> = cells
        .flat_map(|cell| cell.split(", "))
        .filter_map(|code| code.parse().ok())
        .collect();
    let exits = [
        Exit::Success,
        Exit::Found,
        Exit::Failure,
        Exit::LockNotHad,
        Exit::Drift,
        Exit::NeedsResolve,
        Exit::Interrupted,
        Exit::Terminated,
    ];
    assert_eq!(codes, exits.map(Exit::code));
}
