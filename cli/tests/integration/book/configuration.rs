//! `docs/configuration.md` has the reference of all keys as it stands in the source.

use std::fs;

use super::root;

const REFERENCE: &str = include_str!("../../../../core/src/config/reference.toml");

#[test]
fn the_page_has_every_key() {
    let path = root().join("docs/configuration.md");
    let page = fs::read_to_string(&path).unwrap();
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
