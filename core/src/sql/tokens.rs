//! Reading a text token by token.

use super::Lexer;
use super::LexicalRules;
use super::TokenKind;

/// Whether words that differ in case are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// They are not: for text that an engine writes, which has its keywords in one case.
    Counts,
    /// They are: for text that people write.
    Ignored,
}

/// The tokens of a text that say something, and which of them comes next. It fails on nothing: a text that is not what was
/// expected gives none.
///
/// ```
/// use limbeck_core::sql::{Case, LexicalRules, Tokens};
///
/// let mut tokens = Tokens::new("drop table /* if */ \"table\";", &LexicalRules::STANDARD, Case::Ignored);
/// assert!(tokens.take_all(&["DROP", "TABLE"]));
/// assert!(!tokens.is("TABLE"), "what stands in quotes is no word");
/// assert_eq!(tokens.next().map(|(_, text)| text), Some("\"table\""));
/// assert!(tokens.at_end());
/// ```
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    tokens: Vec<(TokenKind, &'a str)>,
    at: usize,
    case: Case,
}

impl<'a> Tokens<'a> {
    /// The tokens of a text without blanks, comments and the mark that ends a statement.
    pub fn new(text: &'a str, rules: &LexicalRules, case: Case) -> Self {
        let tokens = Lexer::new(text, rules)
            .filter(|token| !token.kind.is_trivia() && token.kind != TokenKind::StatementEnd)
            .map(|token| (token.kind, token.span.slice(text)));
        Self {
            tokens: tokens.collect(),
            at: 0,
            case,
        }
    }

    /// Whether nothing comes any more.
    pub const fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token.
    pub fn peek(&self) -> Option<(TokenKind, &'a str)> {
        self.peek_at(0)
    }

    /// The token that comes `offset` tokens after the next one.
    pub fn peek_at(&self, offset: usize) -> Option<(TokenKind, &'a str)> {
        self.tokens.get(self.at + offset).copied()
    }

    /// All tokens that come.
    pub fn rest(&self) -> &[(TokenKind, &'a str)] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// Takes the next token.
    #[allow(
        clippy::should_implement_trait,
        reason = "an iterator would borrow what is peeked at between two tokens"
    )]
    pub fn next(&mut self) -> Option<(TokenKind, &'a str)> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    /// Leaves out so many tokens.
    pub const fn skip(&mut self, tokens: usize) {
        self.at += tokens;
    }

    /// Takes a word or a symbol when it comes next.
    pub fn take(&mut self, text: &str) -> bool {
        let is_next = self.is(text);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes all of them, or none.
    pub fn take_all(&mut self, texts: &[&str]) -> bool {
        let are_next = (0..).zip(texts).all(|(offset, text)| self.is_at(offset, text));
        if are_next {
            self.at += texts.len();
        }
        are_next
    }

    /// The same as [`take`](Self::take), where nothing can be made of a text in which it does not come next.
    pub fn require(&mut self, text: &str) -> Option<()> {
        self.take(text).then_some(())
    }

    /// Whether a word or a symbol comes next.
    pub fn is(&self, text: &str) -> bool {
        self.is_at(0, text)
    }

    /// Whether a word or a symbol comes `offset` tokens after the next one.
    pub fn is_at(&self, offset: usize, text: &str) -> bool {
        self.peek_at(offset).is_some_and(|(kind, word)| {
            matches!(kind, TokenKind::Word | TokenKind::Symbol)
                && match self.case {
                    Case::Counts => word == text,
                    Case::Ignored => word.eq_ignore_ascii_case(text),
                }
        })
    }

    /// Whether a word or a symbol comes anywhere behind.
    pub fn has(&self, text: &str) -> bool {
        (0..self.rest().len()).any(|offset| self.is_at(offset, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_counts_where_it_is_said_to() {
        let rules = LexicalRules::STANDARD;
        assert!(!Tokens::new("and", &rules, Case::Counts).is("AND"));
        assert!(Tokens::new("and", &rules, Case::Ignored).is("AND"));
    }

    #[test]
    fn all_are_taken_or_none() {
        let mut tokens = Tokens::new("IF NOT SO", &LexicalRules::STANDARD, Case::Counts);
        assert!(!tokens.take_all(&["IF", "NOT", "EXISTS"]));
        assert!(tokens.has("SO") && !tokens.has("EXISTS"));
        tokens.skip(2);
        assert_eq!(tokens.require("SO"), Some(()));
        assert_eq!((tokens.next(), tokens.require("SO")), (None, None));
    }
}
