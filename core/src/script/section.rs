//! A section: the SQL of one direction for one audience.

use super::Audience;
use super::DirectiveWord;
use super::LoadSource;
use super::StatementTimeout;
use super::Touches;
use super::directive::Directive;
use super::header::nothing;
use super::header::one;
use super::header::some;
use super::header::touches;
use crate::graph::Direction;
use crate::schema::DriverWords;
use crate::schema::UnknownDriver;
use crate::sql::LexicalRules;
use crate::sql::Span;

/// A section of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// Which way it leads.
    pub direction: Direction,
    /// For whom it is.
    pub audience: Audience,
    /// The line that opens it.
    pub line: Span,
    /// Everything between that line and the next section or the end of the file.
    pub span: Span,
    /// All its statements run outside of a transaction: `no_transaction` directly below the opening line.
    pub no_transaction: bool,
    /// What its opaque statements change: `touches` directly below the opening line.
    pub touches: Option<Touches>,
    pub(super) directives: Vec<StatementDirective>,
}

/// A directive that is about the statement below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatementDirective {
    pub(super) word: DirectiveWord,
    pub(super) line: Span,
    pub(super) instruction: Instruction,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instruction {
    NoTransaction,
    Touches(Touches),
    Probe(Span),
    Assert(Span),
    /// With the place of what stands after the word.
    Load(Span, LoadSource),
    Nolint(Vec<String>),
    Timeout(StatementTimeout),
    RenamedFrom(String),
    LosesData(Span),
}

impl Section {
    pub(super) fn new(direction: Direction, audience: Audience, line: Span, start: usize) -> Self {
        Self {
            direction,
            audience,
            line,
            span: Span::new(start, start),
            no_transaction: false,
            touches: None,
            directives: Vec::new(),
        }
    }

    /// Whether nothing stands in it but blank lines and `--` comments, seen by line and without a lexer. Such a section
    /// counts as missing: `limbeck revision` writes it for people to fill in.
    pub fn is_blank(&self, text: &str) -> bool {
        !self.directives.iter().any(|directive| {
            matches!(
                directive.instruction,
                Instruction::Assert(_) | Instruction::Load(..)
            )
        }) && self.span.slice(text).lines().all(|line| {
            let line = line.trim();
            line.is_empty() || line.starts_with("--")
        })
    }

    /// The words of its opening line that name no known driver, each with its place in `text`.
    pub(super) fn unknown_drivers(&self, text: &str, known: &DriverWords) -> Vec<(Span, UnknownDriver)> {
        let check = |word| {
            known
                .check(word)
                .err()
                .map(|unknown| (self.place_of(word, text), unknown))
        };
        self.audience.words().filter_map(check).collect()
    }

    /// Where a word stands in the opening line.
    fn place_of(&self, word: &str, text: &str) -> Span {
        let line = self.line.slice(text);
        let mut at = 0;
        for part in line.split_inclusive(|c: char| c == ',' || c.is_whitespace()) {
            if part.trim_end_matches(|c: char| c == ',' || c.is_whitespace()) == word {
                let start = self.line.start + at;
                return Span::new(start, start + word.len());
            }
            at += part.len();
        }
        self.line
    }

    /// The rules by which its SQL is read: those of portable SQL, or for a native section the given ones.
    pub fn rules<'a>(&self, native: &'a LexicalRules) -> &'a LexicalRules {
        if self.audience.is_native() {
            native
        } else {
            &LexicalRules::STANDARD
        }
    }

    /// Takes in a directive of the whole section; whether it is one.
    pub(super) fn own_directive(&mut self, directive: &Directive<'_>) -> Result<bool, String> {
        match directive.word {
            DirectiveWord::NoTransaction if !self.no_transaction => {
                nothing(directive.arguments)?;
                self.no_transaction = true;
            }
            DirectiveWord::Touches if self.touches.is_none() => {
                self.touches = Some(touches(directive.arguments)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes in the former names of the table below, which are read later.
    pub(super) fn former_names(&mut self, directive: &Directive<'_>) -> Result<(), String> {
        some("name", directive.arguments)?;
        self.directives.push(StatementDirective {
            word: directive.word,
            line: directive.line,
            instruction: Instruction::RenamedFrom(directive.arguments.to_owned()),
        });
        Ok(())
    }

    /// Takes in a directive of the statement below it.
    pub(super) fn statement_directive(&mut self, directive: &Directive<'_>) -> Result<(), String> {
        let instruction = instruction(directive)?;
        self.directives
            .extend(instruction.map(|instruction| StatementDirective {
                word: directive.word,
                line: directive.line,
                instruction,
            }));
        Ok(())
    }
}

fn instruction(directive: &Directive<'_>) -> Result<Option<Instruction>, String> {
    let arguments = directive.arguments;
    Ok(Some(match directive.word {
        DirectiveWord::NoTransaction => {
            nothing(arguments)?;
            Instruction::NoTransaction
        }
        DirectiveWord::Touches => Instruction::Touches(touches(arguments)?),
        DirectiveWord::Probe => Instruction::Probe(query(directive)?),
        DirectiveWord::Assert => Instruction::Assert(query(directive)?),
        DirectiveWord::Load => Instruction::Load(directive.arguments_span, LoadSource::parse(directive)?),
        DirectiveWord::Nolint => {
            Instruction::Nolint(some("rule", arguments)?.into_iter().map(str::to_owned).collect())
        }
        DirectiveWord::Timeout => Instruction::Timeout(StatementTimeout::parse(arguments)?),
        DirectiveWord::RenamedFrom => Instruction::RenamedFrom(one("name", arguments)?.to_owned()),
        DirectiveWord::LosesData => Instruction::LosesData(directive.arguments_span),
        _ => return Ok(None),
    }))
}

/// The place of a query that stands on the directive's own line, without a `;` at its end.
fn query(directive: &Directive<'_>) -> Result<Span, String> {
    let query = directive
        .arguments
        .trim_end_matches(|c: char| c == ';' || c.is_whitespace());
    if query.is_empty() {
        return Err("needs a query on its line".to_owned());
    }
    let start = directive.arguments_span.start;
    Ok(Span::new(start, start + query.len()))
}
