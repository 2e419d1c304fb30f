//! Texts in `docs/troubleshooting.md` that no command of the page can print: what a server says stands in the snapshot of
//! another test.

use std::fs;
use std::path::Path;

use super::root;

/// The text of the files of a folder and of those below it.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn what_servers_say_is_what_other_tests_have_heard() {
    let page = fs::read_to_string(root().join("docs/troubleshooting.md")).unwrap();
    let mut heard = String::new();
    sources(&root().join("cli/tests/integration/servers"), &mut heard);
    let blocks = page.split("```text\n").skip(1);
    let said = blocks.flat_map(|block| block.lines().take_while(|line| *line != "```"));
    let said: Vec<&str> = said.map(|line| line.trim_start_matches("error: ")).collect();
    assert!(said.len() > 3);
    for line in said {
        assert!(heard.contains(line), "no test has heard: {line}");
    }
}
