//! What can be wrong with a script.

use super::DirectiveWord;
use crate::schema::UnknownDriver;
use crate::sql::Unclosed;

/// Where a text ends that is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextEnd {
    /// At the end of the file.
    File,
    /// Where another section begins, with this word.
    Section(DirectiveWord),
    /// With the line.
    Line,
}

/// What is wrong with a script, without the place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptFault {
    /// A folder of scripts cannot be listed.
    #[error("the folder of revisions cannot be read: {reason}")]
    Location {
        /// The system's words.
        reason: String,
    },
    /// A file cannot be read.
    #[error("the file cannot be read: {reason}")]
    Unreadable {
        /// The system's words.
        reason: String,
    },
    /// A file is not UTF-8.
    #[error("the file is not UTF-8: line {line} has a byte that is part of no character")]
    NotUtf8 {
        /// The line of the first wrong byte, from 1.
        line: usize,
    },
    /// A file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// A directive that does not exist.
    #[error("there is no directive `{word}`")]
    UnknownDirective {
        /// What stands in the file.
        word: String,
        /// What may have been meant.
        near: Option<&'static str>,
    },
    /// A line that was meant as a directive and would be passed over.
    #[error("this comment looks like the directive `{word}` but is none")]
    MalformedDirective {
        /// The directive's word.
        word: String,
    },
    /// A directive of the header in a section, or the other way round.
    #[error("`{word}` cannot stand here")]
    MisplacedDirective {
        /// The directive.
        word: DirectiveWord,
    },
    /// A directive of revisions in the file of a seed.
    #[error("`{word}` means nothing in the file of a seed")]
    NotInSeed {
        /// The directive.
        word: DirectiveWord,
    },
    /// The same directive twice for one thing.
    #[error("`{word}` stands there twice")]
    RepeatedDirective {
        /// The directive.
        word: DirectiveWord,
    },
    /// What stands after a directive's word is wrong.
    #[error("`{word}` {problem}")]
    Argument {
        /// The directive.
        word: DirectiveWord,
        /// A sentence that goes on after the word.
        problem: String,
    },
    /// Rows from a file in a native section.
    #[error("`load` cannot stand in a native section")]
    LoadInNative,
    /// A directive that cannot be about rows from a file.
    #[error("`{word}` cannot be about a `load`")]
    DirectiveOfLoad {
        /// The directive.
        word: DirectiveWord,
    },
    /// A file with rows that cannot be read.
    #[error("the file `{path}` cannot be read: {reason}")]
    DataFile {
        /// The path in the script.
        path: String,
        /// The system's words.
        reason: String,
    },
    /// No id.
    #[error("the file does not say which revision it is")]
    MissingRevision {
        /// The id that the file's name suggests.
        from_name: Option<String>,
    },
    /// SQL in front of the first section.
    #[error("this text stands in front of any section")]
    TextBeforeSection,
    /// No upgrade section.
    #[error("the file has no upgrade section")]
    MissingUpgrade,
    /// A header-only file with a section.
    #[error("the code of this revision is Rust, so the file has no sections")]
    SectionOfRust,
    /// A downgrade that cannot exist and does.
    #[error("the revision is declared irreversible and has a downgrade section")]
    IrreversibleDowngrade,
    /// What stands after `upgrade` or `downgrade` is wrong.
    #[error("the section's words are wrong: {problem}")]
    SectionWords {
        /// A sentence about them.
        problem: String,
    },
    /// A directive inside a statement.
    #[error("`{word}` stands in the middle of a statement")]
    DirectiveInStatement {
        /// The directive.
        word: DirectiveWord,
    },
    /// A directive behind the last statement.
    #[error("`{word}` has no statement after it")]
    DirectiveWithoutStatement {
        /// The directive.
        word: DirectiveWord,
    },
    /// A driver that nobody knows.
    #[error(transparent)]
    UnknownDriver(#[from] UnknownDriver),
    /// A directive in a comment between `/*` and `*/`.
    #[error("`{word}` stands in a comment")]
    DirectiveInComment {
        /// The directive.
        word: DirectiveWord,
    },
    /// A comment, string or quoted name without an end.
    #[error("{unclosed}")]
    Unclosed {
        /// What and where.
        unclosed: Unclosed,
        /// What cuts it off.
        end: TextEnd,
    },
}

impl ScriptFault {
    /// The fault's word, the same in every release.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Location { .. } => "location",
            Self::Unreadable { .. } => "unreadable",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::Empty => "empty_file",
            Self::UnknownDirective { .. } => "unknown_directive",
            Self::MalformedDirective { .. } => "malformed_directive",
            Self::MisplacedDirective { .. } => "misplaced_directive",
            Self::NotInSeed { .. } => "not_in_seed",
            Self::RepeatedDirective { .. } => "repeated_directive",
            Self::Argument { .. } => "directive_argument",
            Self::LoadInNative => "load_in_native",
            Self::DirectiveOfLoad { .. } => "directive_of_load",
            Self::DataFile { .. } => "data_file",
            Self::MissingRevision { .. } => "missing_revision",
            Self::TextBeforeSection => "text_before_section",
            Self::MissingUpgrade => "missing_upgrade",
            Self::SectionOfRust => "section_of_rust",
            Self::IrreversibleDowngrade => "irreversible_downgrade",
            Self::SectionWords { .. } => "section_words",
            Self::DirectiveInStatement { .. } => "directive_in_statement",
            Self::DirectiveWithoutStatement { .. } => "directive_without_statement",
            Self::UnknownDriver(_) => "unknown_driver",
            Self::DirectiveInComment { .. } => "directive_in_comment",
            Self::Unclosed { .. } => "unclosed",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Location { .. } => {
                "`limbeck init` makes a project; `version_locations` in limbeck.toml names the folders".to_owned()
            }
            Self::Unreadable { .. } => {
                "put a plain file there that you may read, a link to one, or nothing".to_owned()
            }
            Self::NotUtf8 { .. } => "save the file as UTF-8".to_owned(),
            Self::Empty => "delete it, or write one with `limbeck revision -m \"…\"`".to_owned(),
            Self::UnknownDirective { word, near } => match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if word.is_empty() => "the word follows the colon without a blank".to_owned(),
                None => format!("the directives are: {}", all_words()),
            },
            Self::MalformedDirective { word } => {
                format!("write it exactly so, from the first column: `-- limbeck:{word}`")
            }
            Self::MisplacedDirective { word } => misplaced(*word),
            Self::NotInSeed { .. } => {
                "a seed knows `-- limbeck:seed` and `-- limbeck:assert`; what changes the schema is a revision".to_owned()
            }
            Self::RepeatedDirective { .. } => "keep one of the two lines".to_owned(),
            Self::Argument { word, .. } => example(*word)?,
            Self::LoadInNative => {
                "put it into a portable section, `-- limbeck:upgrade` or `-- limbeck:downgrade`: a file may have several \
                 sections"
                    .to_owned()
            }
            Self::DirectiveOfLoad { .. } => {
                "put it below the line with `load`, above the statement that it is about".to_owned()
            }
            Self::DataFile { .. } => "the path begins in the folder of the script; a file whose rows were applied stays beside it, as the script does".to_owned(),
            Self::MissingRevision { from_name } => format!(
                "add the line `-- limbeck:revision {}`",
                from_name.as_deref().unwrap_or("<id>")
            ),
            Self::TextBeforeSection => {
                "write `-- limbeck:upgrade` on the line above it; comments there begin with `--`".to_owned()
            }
            Self::MissingUpgrade => {
                "add the line `-- limbeck:upgrade`, and below it the SQL, or nothing for a merge".to_owned()
            }
            Self::SectionOfRust => "remove either the section or `-- limbeck:rust`".to_owned(),
            Self::IrreversibleDowngrade => {
                "remove either the section or `-- limbeck:irreversible`".to_owned()
            }
            Self::SectionWords { .. } => {
                "a section is portable SQL, or names its drivers: `-- limbeck:upgrade <driver> [except <dialect>]`, \
                 `-- limbeck:upgrade except <driver>`, `-- limbeck:upgrade model`"
                    .to_owned()
            }
            Self::DirectiveInStatement { .. } => {
                "does the statement above end with `;`? A line like this inside of a literal must be indented".to_owned()
            }
            Self::DirectiveWithoutStatement { .. } => {
                "a directive stands on the line above the statement that it is about".to_owned()
            }
            Self::UnknownDriver(unknown) => unknown.hint(),
            Self::DirectiveInComment { .. } => "indent it to make it a part of the comment".to_owned(),
            Self::Unclosed { unclosed, end } => unclosed_hint(unclosed, *end),
        })
    }
}

fn unclosed_hint(unclosed: &Unclosed, end: TextEnd) -> String {
    let hint = unclosed.hint();
    match end {
        TextEnd::File => hint,
        TextEnd::Section(word) => {
            format!(
                "{hint}. A line that begins with `-- limbeck:{word}` ends the section wherever it stands, unless it is indented"
            )
        }
        TextEnd::Line => format!("{hint}, on the same line"),
    }
}

fn all_words() -> String {
    let words: Vec<&str> = DirectiveWord::ALL.iter().map(|word| word.as_str()).collect();
    words.join(", ")
}

fn misplaced(word: DirectiveWord) -> String {
    if word.standing().in_header() {
        "it belongs into the header, in front of the first section".to_owned()
    } else if matches!(word, DirectiveWord::Assert | DirectiveWord::Load) {
        "it belongs into a section".to_owned()
    } else {
        "it belongs into a section, on the line above the statement that it is about".to_owned()
    }
}

fn example(word: DirectiveWord) -> Option<String> {
    let example = match word {
        DirectiveWord::Revision => "1975ea83b712",
        DirectiveWord::Revises => "a1b2c3d4e5f6, 9f8e7d6c5b4a",
        DirectiveWord::DependsOn => "billing, a1b2c3d4e5f6",
        DirectiveWord::Labels => "accounts",
        DirectiveWord::Created => "2026-11-21T07:00:00Z",
        DirectiveWord::Irreversible => "the old values are gone",
        DirectiveWord::Portable => "1",
        DirectiveWord::Touches => "account, team`, or for nothing `-- limbeck:touches -",
        DirectiveWord::Probe => "SELECT 1 FROM account WHERE name = 'x'",
        DirectiveWord::Assert => "SELECT id FROM account WHERE name IS NULL",
        DirectiveWord::Nolint => "rule-name",
        DirectiveWord::Timeout => "30s, lock 2s",
        DirectiveWord::RenamedFrom => "former_name",
        DirectiveWord::LosesData => "column account.age",
        DirectiveWord::Seed => "always`, or `-- limbeck:seed once <driver>",
        DirectiveWord::Rust | DirectiveWord::NoTransaction => "",
        DirectiveWord::Load => "accounts.csv into account",
        DirectiveWord::Upgrade | DirectiveWord::Downgrade => return None,
    };
    let line = format!("-- limbeck:{word} {example}");
    Some(format!("write it like this: `{}`", line.trim_end()))
}
