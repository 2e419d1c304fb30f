//! `docs/writing-a-driver.md` shows the files of a driver that passes the suite, and lists all checks.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use limbeck_testkit::Conformance;

/// The files of the driver, in the order of the page.
const FILES: [(&str, &str); 9] = [
    ("Cargo.toml", "toml"),
    ("src/lib.rs", "rust"),
    ("src/dialect.rs", "rust"),
    ("src/driver.rs", "rust"),
    ("src/error.rs", "rust"),
    ("src/connection.rs", "rust"),
    ("src/lock.rs", "rust"),
    ("tests/conformance.rs", "rust"),
    ("src/main.rs", "rust"),
];

/// What stands before the list of checks.
const MARK: &str = "<!-- checks -->\n";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn list() -> String {
    let mut list = String::new();
    let mut topic = String::new();
    for check in Conformance::checks() {
        let (of, name) = check.name.split_once("::").unwrap();
        if of == "introspection" {
            continue;
        }
        if of != topic {
            list.push_str(&format!("\n### {of}\n\n| check | what must hold |\n|---|---|\n"));
            of.clone_into(&mut topic);
        }
        list.push_str(&format!("| `{name}` | {} |\n", check.about));
    }
    list
}

/// With `UPDATE_REFERENCE=1` the files and the list are written into the page.
#[test]
fn the_page_shows_the_driver_and_lists_the_checks() {
    let page_path = path("../docs/writing-a-driver.md");
    let mut page = fs::read_to_string(&page_path).unwrap();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        page = written(&page);
        fs::write(&page_path, &page).unwrap();
    }
    assert!(
        page == written(&page),
        "the page is old: run this test with UPDATE_REFERENCE=1"
    );
}

/// The page with the files and the list as they are now.
fn written(page: &str) -> String {
    let mut rest = page;
    let mut text = String::new();
    for (name, language) in FILES {
        let start = format!("`{name}`:\n\n```{language}\n");
        let (before, after) = rest
            .split_once(&start)
            .unwrap_or_else(|| panic!("{name} is missing"));
        let (_, after) = after.split_once("```\n").unwrap();
        let file = fs::read_to_string(path("third-party").join(name)).unwrap();
        text.push_str(&format!("{before}{start}{file}```\n"));
        rest = after;
    }
    let (before, _) = rest.split_once(MARK).unwrap();
    format!("{text}{before}{MARK}{}", list())
}
