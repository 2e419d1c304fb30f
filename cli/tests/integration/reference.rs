//! `docs/cli-reference.md` is what `--help` says.

use std::fs;
use std::path::Path;

use crate::project::Project;

const START: &str = "# The command line\n\n\
    What `limbeck --help` and the help of every command say. Written by `cargo test -p limbeck-cli`: with \
    `UPDATE_REFERENCE=1` the test writes this page, without it the test compares.\n";

/// The commands, from the list in `limbeck --help`.
pub(crate) fn commands(help: &str) -> Vec<&str> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let list = list.take_while(|line| !line.is_empty());
    list.filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

fn help_of(project: &Project, command: &str) -> String {
    let text = project.good(&format!("{command} --help"));
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

#[test]
fn the_reference_is_what_help_says() {
    let project = Project::empty();
    let help = project.good("--help");
    let mut page = format!("{START}\n## limbeck\n\n```text\n{help}```\n");
    // The help of `help` is that of `limbeck`.
    for command in commands(&help).into_iter().filter(|command| *command != "help") {
        let text = help_of(&project, command);
        page.push_str(&format!("\n## limbeck {command}\n\n```text\n{text}```\n"));
        for task in commands(&text).into_iter().filter(|task| *task != "help") {
            let text = help_of(&project, &format!("{command} {task}"));
            page.push_str(&format!("\n### limbeck {command} {task}\n\n```text\n{text}```\n"));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/cli-reference.md");
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/cli-reference.md is old: run this test with UPDATE_REFERENCE=1"
    );
}

#[test]
fn every_command_is_listed() {
    let project = Project::empty();
    let help = project.good("--help");
    assert_eq!(
        commands(&help),
        [
            "init",
            "revision",
            "merge",
            "rebase",
            "edit",
            "upgrade",
            "downgrade",
            "stamp",
            "plan",
            "status",
            "current",
            "history",
            "heads",
            "branches",
            "show",
            "log",
            "check",
            "diff",
            "dump",
            "drift",
            "verify",
            "test",
            "repair",
            "resolve",
            "seed",
            "wait",
            "db",
            "config",
            "ensure-version",
            "list-templates",
            "completions",
            "man",
            "help",
        ]
    );
}

#[test]
fn the_page_about_json_lists_all_kinds_of_errors() {
    let page = include_str!("../../../docs/json.md");
    let listed: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    for kind in limbeck_cli::ErrorKind::ALL {
        let row = format!("| `{}` | {} | ", kind.word(), kind.meaning());
        assert!(
            listed.iter().any(|line| line.starts_with(&row)),
            "docs/json.md lacks: {row}"
        );
    }
}
