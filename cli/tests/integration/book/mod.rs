//! The documentation is true: each page is a shell session that is run, and every link leads somewhere.
//!
//! A page begins in an empty folder with `limbeck` on its path. Blocks of the language `console` have commands behind `$` and
//! what these print; comments above blocks write files and say what is special: see [`directive`]. A command must succeed, unless
//! `<!-- exit: N -->` stands above its block or `$ echo $?` behind it. A page that needs a server,
//! `sqlite3` or `flock` is skipped where there is none.
//!
//! `UPDATE_DOCS=1` writes what the commands print into the pages, `LIMBECK_DOCS_PAGE=tutorial` runs that page alone.

mod commands;
mod compare;
mod directive;
mod graph;
mod links;
mod names;
mod page;
mod pages;
mod reference;
mod run;
mod said;
mod session;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The folder of this repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All pages, as paths from the folder of this repository.
fn pages_on_disk() -> Vec<String> {
    let mut pages = vec!["README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") && name != "SUMMARY.md" {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort();
    pages
}

fn text_of(page: &str) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

/// Runs a page and compares, or writes what was printed.
fn page_is_true(path: &str) {
    let name = path.trim_start_matches("docs/").trim_end_matches(".md");
    if std::env::var("LIMBECK_DOCS_PAGE").is_ok_and(|wanted| wanted != name) {
        return;
    }
    let text = text_of(path);
    let Some(found) = run::run(&text).unwrap_or_else(|error| panic!("{path}: {error}")) else {
        return;
    };
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(root().join(path), found.mended(&text)).unwrap();
    } else {
        assert!(
            found.outputs.is_empty(),
            "{path} is not what the commands print; UPDATE_DOCS=1 writes it\n\n{}",
            found.outputs.join("\n\n")
        );
    }
    assert!(
        found.codes.is_empty(),
        "{path} does not tell how commands end\n\n{}",
        found.codes.join("\n\n")
    );
}

/// What running a page that consists of this says.
fn faults(page: &str) -> Vec<String> {
    let found = run::run(page).unwrap().unwrap();
    [found.codes, found.outputs].concat()
}

#[test]
fn a_page_that_lies_is_found() {
    let page = |output: &str| format!("```console\n$ echo one\none\n\n$ echo two\n{output}```\n");
    assert_eq!(faults(&page("two\n")), [""; 0]);
    assert_eq!(faults(&page("")).len(), 1);
    let lie = page("three\n");
    let found = run::run(&lie).unwrap().unwrap();
    assert_eq!((found.codes.len(), found.outputs.len()), (0, 1));
    assert_eq!(found.mended(&lie), page("two\n"));
}

#[test]
fn a_command_that_fails_unseen_is_found() {
    assert_eq!(faults("```console\n$ false\n```\n").len(), 1);
    assert_eq!(faults("```console\n$ false\n$ true\n```\n").len(), 1);
    assert_eq!(
        faults("```console\n$ sh -c 'exit 3'\n$ echo $?\n3\n```\n"),
        [""; 0]
    );
    assert_eq!(
        faults("```console\n$ sh -c 'exit 3'\n$ echo $?\n2\n```\n").len(),
        1
    );
    assert_eq!(
        faults("<!-- exit: 1 -->\n```console\n$ true\n$ false\n```\n"),
        [""; 0]
    );
    assert_eq!(faults("<!-- exit: 2 -->\n```console\n$ false\n```\n").len(), 1);
}

#[test]
fn a_page_is_one_session() {
    let page = "<!-- setup: mkdir sub -->\n\
        ```console\n$ cd sub\n$ pwd\n/srv/shop/sub\n```\n\
        <!-- file: a/b.txt -->\n```text\none\n```\n\
        <!-- append: a/b.txt -->\n```text\ntwo\n```\n\
        <!-- not run: it would remove it -->\n```console\n$ rm -r /srv/shop\n```\n\
        ```console\n$ cat /srv/shop/sub/a/b.txt\none\ntwo\n```\n";
    assert_eq!(faults(page), [""; 0]);
}
