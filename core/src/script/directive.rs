//! Directives: the closed list of their words, where each may stand, and how a line is recognised.

use std::fmt;

use super::fault::ScriptFault;
use crate::sql::Span;
use crate::sql::nearest;

/// What a directive line begins with, in column 0.
const PREFIX: &str = "-- limbeck:";

/// Where a directive may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Before the first section.
    Header,
    /// It opens a section.
    SectionMark,
    /// In a section, before a statement.
    Statement,
    /// In both.
    HeaderOrStatement,
}

impl Standing {
    pub(super) const fn in_header(self) -> bool {
        matches!(self, Self::Header | Self::HeaderOrStatement)
    }

    pub(super) const fn in_section(self) -> bool {
        matches!(self, Self::Statement | Self::HeaderOrStatement)
    }
}

macro_rules! words {
    ($($variant:ident $word:literal $standing:ident $meaning:literal;)*) => {
        /// The words that can stand after `-- limbeck:`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DirectiveWord {
            $(#[doc = $meaning] $variant,)*
        }

        impl DirectiveWord {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub(super) const fn standing(self) -> Standing {
                match self { $(Self::$variant => Standing::$standing,)* }
            }
        }
    };
}

words! {
    Revision "revision" Header "The id of the revision.";
    Revises "revises" Header "The parents.";
    DependsOn "depends_on" Header "Revisions or labels that must be applied first.";
    Labels "labels" Header "Branch labels.";
    Created "created" Header "When the file was written.";
    Irreversible "irreversible" Header "There is no downgrade, and why.";
    Upgrade "upgrade" SectionMark "An upgrade section begins.";
    Downgrade "downgrade" SectionMark "A downgrade section begins.";
    Seed "seed" SectionMark "A section of a seed begins.";
    Rust "rust" Header "The revision's code is Rust; the file has a header only.";
    Portable "portable" Header "The version of the portable mapping the file was written under.";
    NoTransaction "no_transaction" Statement "Run outside of a transaction.";
    Touches "touches" HeaderOrStatement "The objects that opaque SQL changes.";
    Probe "probe" Statement "A query that tells whether the statement took effect.";
    Assert "assert" Statement "A query that must return no rows.";
    Nolint "nolint" HeaderOrStatement "Lint rules that do not apply.";
    Timeout "timeout" Statement "How long the statement may run, and wait for locks.";
    RenamedFrom "renamed_from" Statement "The former name of what the statement creates.";
    Load "load" Statement "Rows come from a file.";
    LosesData "loses_data" Statement "Data that the statement loses or leaves empty.";
}

impl DirectiveWord {
    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|candidate| candidate.as_str() == word)
    }
}

impl fmt::Display for DirectiveWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The objects that opaque SQL changes: `touches a, b`, or `touches -` for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touches(pub Vec<String>);

/// A line that is a directive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Directive<'a> {
    pub(super) word: DirectiveWord,
    /// The line without its end.
    pub(super) line: Span,
    /// What stands after the word, without blanks around it.
    pub(super) arguments: &'a str,
    pub(super) arguments_span: Span,
}

/// Reads one line (without its end), which begins at `offset` of its file. `None`: not a directive.
pub(super) fn read_line(line: &str, offset: usize) -> Option<Result<Directive<'_>, ScriptFault>> {
    if !line.starts_with("--") {
        return None;
    }
    let Some(rest) = line.strip_prefix(PREFIX) else {
        return almost(line).map(Err);
    };
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, tail) = rest.split_at(end);
    let arguments = tail.trim();
    let start = offset + line.len() - tail.trim_start().len();
    Some(match DirectiveWord::parse(word) {
        Some(word) => Ok(Directive {
            word,
            line: Span::new(offset, offset + line.len()),
            arguments,
            arguments_span: Span::new(start, start + arguments.len()),
        }),
        None => Err(ScriptFault::UnknownDirective {
            word: word.to_owned(),
            near: nearest(word, DirectiveWord::ALL.iter().map(|known| known.as_str())),
        }),
    })
}

/// A comment that was surely meant as a directive, but would be passed over.
fn almost(line: &str) -> Option<ScriptFault> {
    let text = line.trim_start_matches('-').trim_start();
    let (name, rest) = text.split_once(':')?;
    let word = rest.split_whitespace().next()?.to_lowercase();
    let meant = name.trim_end().eq_ignore_ascii_case("limbeck") && DirectiveWord::parse(&word).is_some();
    meant.then_some(ScriptFault::MalformedDirective { word })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_word_and_arguments() {
        let directive = read_line("-- limbeck:revises \ta, b  ", 10).unwrap().unwrap();
        assert_eq!(directive.word, DirectiveWord::Revises);
        assert_eq!(directive.arguments, "a, b");
        assert_eq!(directive.arguments_span, Span::new(30, 34));
        assert_eq!(directive.line, Span::new(10, 36));
    }

    #[test]
    fn comments_are_no_directives() {
        for line in [
            "",
            "SELECT 1",
            "-- limbeck is a word",
            " -- limbeck:upgrade",
            "-- See limbeck:upgrade",
            "--",
            "-- Limbeck: a still",
        ] {
            assert!(read_line(line, 0).is_none(), "{line}");
        }
    }

    #[test]
    fn near_misses_are_faults() {
        for line in [
            "--limbeck:upgrade",
            "--  limbeck:upgrade",
            "-- Limbeck:Upgrade mysql",
            "-- limbeck :upgrade",
            "--- limbeck:upgrade",
            "-- limbeck: upgrade",
            "-- limbeck:Upgrade",
            "-- limbeck:",
        ] {
            assert!(matches!(read_line(line, 0), Some(Err(_))), "{line}");
        }
    }
}
