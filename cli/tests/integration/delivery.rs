//! What a package of the command has beside it: completions, manual pages, and a version that says what it is.

use std::path::Path;
use std::process::Command;

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;
use crate::project::is;

#[test]
fn completions_are_scripts() {
    let project = Project::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            project.good(&format!("completions {shell}")).contains("limbeck"),
            "{shell}"
        );
    }
}

#[test]
fn the_version_names_the_drivers_and_the_commit() {
    let version = Project::empty().good("--version");
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let commit = match repository.join(".git").exists() {
        true => {
            let git = ["rev-parse", "--short=12", "HEAD"];
            let output = Command::new("git")
                .arg("-C")
                .arg(&repository)
                .args(git)
                .output()
                .unwrap();
            format!("; commit {}", String::from_utf8(output.stdout).unwrap().trim())
        }
        false => String::new(),
    };
    assert_eq!(
        version,
        format!(
            "limbeck {} (drivers: mysql, postgres, sqlite{commit})\n",
            env!("CARGO_PKG_VERSION")
        )
    );
}

/// The commands of a help text.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let list = list.take_while(|line| !line.is_empty());
    let names = list.filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_manual_page() {
    let project = Project::empty();
    let mut expected = vec!["limbeck.1".to_owned()];
    for command in commands(&project.good("--help")) {
        expected.push(format!("limbeck-{command}.1"));
        for task in commands(&project.good(&format!("{command} --help"))) {
            expected.push(format!("limbeck-{command}-{task}.1"));
        }
    }
    expected.sort();
    let said = project.good("man share/man1");
    assert_eq!(
        said,
        format!("{} pages written into share/man1\n", expected.len())
    );
    assert_eq!(
        project.json("man share/man1"),
        (0, json!({"directory": "share/man1", "pages": expected}))
    );
    for page in &expected {
        let text = project.read(&format!("share/man1/{page}"));
        let title = page.trim_end_matches(".1");
        assert!(text.contains(&format!(".TH {title} 1")), "{page}: {text}");
        assert!(!text.contains("drivers:"), "a page is the same for every build");
    }
    assert_eq!(project.good("man"), project.read("share/man1/limbeck.1"));
    let page = project.read("share/man1/limbeck-rebase.1");
    for part in [".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", "\\-\\-dry\\-run"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_told() {
    let project = Project::empty();
    project.write("file", "");
    assert_snapshot!(project.limbeck("man file/man1").whole(), @"
    exit 2
    -- stderr
    error: pages cannot be written into file/man1: Not a directory (os error 20)
    ");
    is(&project, "man file/man1", 2, "io");
}
