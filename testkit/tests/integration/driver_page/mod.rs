//! What `docs/testing.md` tells is done here: its examples are the files beside this one.

#[rustfmt::skip]
mod database;
#[rustfmt::skip]
mod private;

use std::fs;
use std::path::Path;

use limbeck_testkit::Engine;
use limbeck_testkit::ServerKind;

/// None in the crate as it is published, which comes without the pages.
fn page() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/testing.md");
    fs::read_to_string(path).ok()
}

#[test]
fn the_examples_of_the_page_are_those_that_run() {
    let Some(page) = page() else {
        return;
    };
    let blocks = page.split("```rust\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|block| block.split("```").next()).collect();
    assert_eq!(blocks, [include_str!("database.rs"), include_str!("private.rs")]);
}

#[test]
fn the_page_has_every_variable_and_every_kind_of_server() {
    let Some(page) = page() else {
        return;
    };
    for engine in Engine::ALL {
        assert!(
            page.contains(&format!("| `{}` | {engine} |", engine.variable())),
            "{engine}"
        );
    }
    for kind in ServerKind::all() {
        assert!(page.contains(&format!("`{kind}`")), "{kind}");
    }
}
