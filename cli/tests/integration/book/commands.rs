//! Commands in the middle of a sentence exist, with their flags.

use std::collections::HashMap;

use pulldown_cmark::Event;
use pulldown_cmark::Options;
use pulldown_cmark::Parser;

use super::pages_on_disk;
use super::text_of;
use crate::project::Project;
use crate::reference::commands;

/// The help of commands, asked for once.
struct Helps {
    project: Project,
    known: HashMap<String, String>,
}

impl Helps {
    fn new() -> Self {
        Self {
            project: Project::empty(),
            known: HashMap::new(),
        }
    }

    fn of(&mut self, command: &str) -> String {
        let ask = || self.project.good(&format!("{command} --help"));
        self.known.entry(command.to_owned()).or_insert_with(ask).clone()
    }

    /// What is wrong with a command as a text shows it.
    fn fault(&mut self, shown: &str) -> Option<String> {
        let mut words = shown.split_whitespace().skip(1).peekable();
        let mut command = String::new();
        loop {
            let help = self.of(&command);
            let known = commands(&help);
            if known.is_empty() {
                break;
            }
            match words.peek() {
                Some(word) if known.contains(word) => {
                    command = format!("{command} {word}").trim_start().to_owned();
                    words.next();
                }
                // A flag before the command, or the beginning of one: `limbeck -c path status`, `limbeck db …`.
                Some(word) if word.starts_with(['-', '…']) => break,
                Some(word) => return Some(format!("`{shown}`: there is no `{word}`")),
                None => break,
            }
        }
        let help = self.of(&command);
        let flags = words.filter(|word| word.starts_with("--") && word.len() > 2);
        for flag in flags {
            let flag = flag.split('=').next().unwrap_or(flag);
            let listed = help
                .split(|character: char| !(character.is_alphanumeric() || character == '-'))
                .any(|word| word == flag);
            if !listed {
                return Some(format!("`{shown}`: `limbeck {command}` has no {flag}"));
            }
        }
        None
    }
}

#[test]
fn every_command_in_a_sentence_exists() {
    let mut helps = Helps::new();
    let mut faults = Vec::new();
    let mut count = 0;
    for page in pages_on_disk() {
        let text = text_of(&page);
        for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
            if let Event::Code(code) = event {
                // The words before are variables: `LIMBECK_ENV=test limbeck upgrade`.
                if let Some(shown) = code.find("limbeck ").map(|start| &code[start..]) {
                    count += 1;
                    faults.extend(helps.fault(shown).map(|fault| format!("{page}: {fault}")));
                }
            }
        }
    }
    assert!(count > 100, "{count}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_command_that_does_not_exist_is_found() {
    let mut helps = Helps::new();
    for right in [
        "limbeck upgrade",
        "limbeck upgrade a1 --sql",
        "limbeck db init --empty",
        "limbeck db …",
        "limbeck -c a/limbeck.toml status",
        "limbeck upgrade --url=sqlite://a.db",
    ] {
        assert_eq!(helps.fault(right), None);
    }
    for wrong in [
        "limbeck upgrad",
        "limbeck db make",
        "limbeck upgrade --sqll",
        "limbeck status --sql",
    ] {
        assert!(helps.fault(wrong).is_some(), "{wrong}");
    }
}
