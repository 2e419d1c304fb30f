//! A place in the text of an object.

use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::Span;
use limbeck_core::sql::Token;
use limbeck_core::sql::TokenKind;

use super::misread::Misread;
use crate::dialect::RULES;
use crate::dialect::unquoted;

/// The tokens of a text that mean something, and how many of them are taken.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    taken: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            tokens: Lexer::new(text, &RULES)
                .filter(|token| !token.kind.is_trivia())
                .collect(),
            taken: 0,
        }
    }

    fn peek(&self, ahead: usize) -> Option<(TokenKind, &'a str)> {
        let token = self.tokens.get(self.taken + ahead)?;
        Some((token.kind, token.span.slice(self.text)))
    }

    /// Takes a token of any kind.
    pub(crate) fn next(&mut self) -> Option<(TokenKind, &'a str)> {
        let token = self.peek(0);
        self.taken += 1;
        token
    }

    pub(crate) fn at_end(&self) -> bool {
        self.taken >= self.tokens.len()
    }

    /// The byte at which the next token begins.
    pub(crate) fn here(&self) -> usize {
        self.tokens
            .get(self.taken)
            .map_or(self.text.len(), |token| token.span.start)
    }

    /// The byte behind the last token that was taken.
    pub(crate) fn behind(&self) -> usize {
        let last = self.taken.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.map_or(0, |token| token.span.end)
    }

    /// Everything from the byte `start` to the last token that was taken.
    pub(crate) fn since(&self, start: usize) -> Span {
        Span::new(start, self.behind().max(start))
    }

    /// The text from the next token on.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.here()..).unwrap_or_default()
    }

    pub(crate) fn unexpected(&self, expected: &'static str) -> Misread {
        Misread::Unexpected {
            expected,
            at: self.here(),
        }
    }

    /// Whether one of these keywords comes next.
    pub(crate) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(0, word))
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek(ahead), Some((TokenKind::Word, text)) if text.eq_ignore_ascii_case(word))
    }

    pub(crate) fn is_symbol(&self, symbol: &str) -> bool {
        self.peek(0) == Some((TokenKind::Symbol, symbol))
    }

    /// Whether all of these words come next.
    pub(crate) fn are(&self, words: &[&str]) -> bool {
        let mut words = words.iter().enumerate();
        words.all(|(ahead, word)| self.is_word(ahead, word))
    }

    /// Takes the words when all of them come next.
    pub(crate) fn take(&mut self, words: &[&str]) -> bool {
        let all = self.are(words);
        if all {
            self.taken += words.len();
        }
        all
    }

    pub(crate) fn take_symbol(&mut self, symbol: &str) -> bool {
        let next = self.is_symbol(symbol);
        self.taken += usize::from(next);
        next
    }

    pub(crate) fn expect(&mut self, word: &'static str) -> Result<(), Misread> {
        if self.take(&[word]) {
            return Ok(());
        }
        Err(self.unexpected(word))
    }

    pub(crate) fn expect_symbol(&mut self, symbol: &'static str) -> Result<(), Misread> {
        if self.take_symbol(symbol) {
            return Ok(());
        }
        Err(self.unexpected(symbol))
    }

    /// Takes a name in any notation. SQLite also takes a string for one.
    pub(crate) fn name(&mut self) -> Result<Name, Misread> {
        Ok(Name::exact(unquoted(self.raw_name()?))?)
    }

    /// Takes a name and gives it with its quotes.
    pub(crate) fn raw_name(&mut self) -> Result<&'a str, Misread> {
        match self.peek(0) {
            Some((TokenKind::Word | TokenKind::QuotedName | TokenKind::String, text)) => {
                self.taken += 1;
                Ok(text)
            }
            _ => Err(self.unexpected("a name")),
        }
    }

    /// Takes `( … )` and gives what stands inside.
    pub(crate) fn parenthesised(&mut self) -> Result<&'a str, Misread> {
        self.expect_symbol("(")?;
        let start = self.here();
        self.skip_to_close()?;
        let end = self.here();
        self.expect_symbol(")")?;
        Ok(Span::new(start, end).slice(self.text))
    }

    /// Takes everything up to the `)` that closes the present parenthesis.
    pub(crate) fn skip_to_close(&mut self) -> Result<(), Misread> {
        self.skip_until(|_| false)
    }

    /// Takes everything up to the `,` or `)` that ends an item of a list, and gives it.
    pub(crate) fn item(&mut self) -> Result<&'a str, Misread> {
        let start = self.here();
        self.skip_until(|symbol| symbol == ",")?;
        Ok(Span::new(start, self.here()).slice(self.text))
    }

    fn skip_until(&mut self, is_end: impl Fn(&str) -> bool) -> Result<(), Misread> {
        let mut depth = 0_usize;
        while let Some((kind, text)) = self.peek(0) {
            if kind == TokenKind::Symbol {
                match text {
                    ")" if depth == 0 => return Ok(()),
                    _ if depth == 0 && is_end(text) => return Ok(()),
                    "(" => depth += 1,
                    ")" => depth -= 1,
                    _ => {}
                }
            }
            self.taken += 1;
        }
        Err(self.unexpected(")"))
    }
}
