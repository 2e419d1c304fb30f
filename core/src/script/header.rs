//! The header: message, description and the directives in front of the first section.

use super::DirectiveWord;
use super::Touches;
use super::directive::Directive;
use crate::graph::IdError;
use crate::graph::Label;
use crate::graph::RevisionId;
use crate::sql::Span;

/// The version of the portable mapping that this program knows.
pub(super) const PORTABLE_VERSION: u32 = 1;

/// What a header says, as far as it could be read.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) id: Option<RevisionId>,
    pub(super) revises: Vec<RevisionId>,
    pub(super) depends_on: Vec<String>,
    pub(super) labels: Vec<Label>,
    pub(super) created: Option<String>,
    pub(super) irreversible: Option<String>,
    pub(super) portable: Option<u32>,
    pub(super) rust: bool,
    pub(super) touches: Option<Touches>,
    pub(super) nolint: Vec<String>,
    /// The directives' lines, for errors.
    pub(super) lines: Vec<(DirectiveWord, Span)>,
    comments: Vec<String>,
}

impl Header {
    /// Takes in a line that is no directive; whether it is a comment or blank.
    pub(super) fn comment(&mut self, line: &str) -> bool {
        let line = line.trim();
        let Some(text) = line.strip_prefix("--") else {
            if line.is_empty() && self.lines.is_empty() {
                self.comments.push(String::new());
            }
            return line.is_empty();
        };
        if self.lines.is_empty() {
            self.comments.push(text.trim().to_owned());
        }
        true
    }

    /// The first comment.
    pub(super) fn message(&self) -> String {
        let mut lines = self.comments.iter().filter(|line| !line.is_empty());
        lines.next().cloned().unwrap_or_default()
    }

    /// The comments after the first.
    pub(super) fn description(&self) -> String {
        let mut lines = self.comments.iter().skip_while(|line| line.is_empty());
        lines.next();
        let text: Vec<&str> = lines.map(String::as_str).collect();
        text.join("\n").trim_matches('\n').to_owned()
    }

    /// Whether the directive stands in the header already.
    pub(super) fn has(&self, word: DirectiveWord) -> bool {
        self.lines.iter().any(|(known, _)| *known == word)
    }

    /// Takes in a directive; the error goes on after its word.
    pub(super) fn directive(&mut self, directive: &Directive<'_>) -> Result<(), String> {
        self.lines.push((directive.word, directive.line));
        let arguments = directive.arguments;
        match directive.word {
            DirectiveWord::Revision => {
                self.id = Some(RevisionId::new(one("id", arguments)?).map_err(problem)?);
            }
            DirectiveWord::Revises => {
                for id in some("revision", arguments)? {
                    self.revises.push(RevisionId::new(id).map_err(problem)?);
                }
            }
            DirectiveWord::DependsOn => {
                for name in some("revision or label", arguments)? {
                    Label::new(name).map_err(problem)?;
                    self.depends_on.push(name.to_owned());
                }
            }
            DirectiveWord::Labels => {
                for label in some("label", arguments)? {
                    self.labels.push(Label::new(label).map_err(problem)?);
                }
            }
            DirectiveWord::Created => {
                let time: Result<jiff::Timestamp, _> = arguments.parse();
                time.map_err(|_| format!("is not a time with its zone: `{arguments}`"))?;
                self.created = Some(arguments.to_owned());
            }
            DirectiveWord::Irreversible if arguments.is_empty() => return Err("does not say why".to_owned()),
            DirectiveWord::Irreversible => self.irreversible = Some(arguments.to_owned()),
            DirectiveWord::Rust => {
                nothing(arguments)?;
                self.rust = true;
            }
            DirectiveWord::Portable => self.portable = Some(portable_version(arguments)?),
            DirectiveWord::Touches => self.touches = Some(touches(arguments)?),
            DirectiveWord::Nolint => {
                self.nolint = some("rule", arguments)?.into_iter().map(str::to_owned).collect();
            }
            _ => {}
        }
        Ok(())
    }
}

fn problem(error: IdError) -> String {
    format!("is wrong: {error}")
}

fn portable_version(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(PORTABLE_VERSION) => Ok(PORTABLE_VERSION),
        Ok(version) => Err(format!(
            "is version {version}, and this version of limbeck knows {PORTABLE_VERSION}"
        )),
        Err(_) => Err("needs the number of a version".to_owned()),
    }
}

/// The words of a list that commas, blanks or both separate.
pub(super) fn list(arguments: &str) -> impl Iterator<Item = &str> {
    arguments
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|word| !word.is_empty())
}

pub(super) fn some<'a>(what: &str, arguments: &'a str) -> Result<Vec<&'a str>, String> {
    let words: Vec<&str> = list(arguments).collect();
    if words.is_empty() {
        return Err(format!("names no {what}"));
    }
    Ok(words)
}

pub(super) fn one<'a>(what: &str, arguments: &'a str) -> Result<&'a str, String> {
    match *some(what, arguments)?.as_slice() {
        [word] => Ok(word),
        _ => Err(format!("takes one {what}")),
    }
}

pub(super) fn nothing(arguments: &str) -> Result<(), String> {
    if arguments.is_empty() {
        Ok(())
    } else {
        Err("takes nothing after it".to_owned())
    }
}

pub(super) fn touches(arguments: &str) -> Result<Touches, String> {
    if arguments == "-" {
        return Ok(Touches::default());
    }
    Ok(Touches(
        some("object", arguments)?
            .into_iter()
            .map(str::to_owned)
            .collect(),
    ))
}
