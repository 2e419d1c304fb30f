//! The parser's place in a statement: its significant tokens and how they are taken.

use crate::schema::Name;
use crate::sql::LexicalRules;
use crate::sql::Span;
use crate::sql::Token;
use crate::sql::TokenKind;
use crate::sql::closed;
use crate::sql::nearest;

use super::PortableError;
use super::PortableOptions;
use super::Spellings;
use super::refusals;

/// How deep parentheses, CASE and sub-queries may nest. Keeps the parser's own stack small.
const MAX_DEPTH: usize = 48;

/// Reads one statement. The grammar stands in the other files, one idea each.
pub(super) struct Parser<'a> {
    pub(super) options: &'a PortableOptions,
    /// The names read so far, to find those that differ by case only.
    pub(super) spellings: Spellings,
    /// The table that the statement changes, which its sub-queries may not read.
    pub(super) own_table: Option<Name>,
    text: &'a str,
    tokens: Vec<Token>,
    /// Where the statement begins.
    start: usize,
    position: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        text: &'a str,
        span: Span,
        options: &'a PortableOptions,
    ) -> Result<Self, PortableError> {
        if let Some(offset) = span.slice(text).find('\0') {
            let start = span.start + offset;
            return Err(PortableError::new(
                Span::new(start, start + 1),
                "a NUL character cannot stand in SQL",
            ));
        }
        let tokens = closed(text, span, &LexicalRules::STANDARD, |tokens| {
            tokens.filter(|token| !token.kind.is_trivia()).collect()
        })?;
        Ok(Self {
            options,
            spellings: Spellings::default(),
            own_table: None,
            text,
            tokens,
            start: span.start,
            position: 0,
            depth: 0,
        })
    }

    /// The next token.
    pub(super) fn peek(&self) -> Option<Token> {
        self.peek_at(0)
    }

    /// The token after `ahead` others.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.position + ahead).copied()
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        span.slice(self.text)
    }

    /// The bytes of the next token; at the end, the empty place after the last one.
    pub(super) fn here(&self) -> Span {
        self.peek().map_or_else(
            || {
                let end = self.tokens.last().map_or(self.start, |token| token.span.end);
                Span::new(end, end)
            },
            |token| token.span,
        )
    }

    /// The bytes of the token that was taken last.
    pub(super) fn previous(&self) -> Span {
        let taken = self
            .position
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        taken.map_or_else(|| self.here(), |token| token.span)
    }

    pub(super) fn advance(&mut self) -> Span {
        let span = self.here();
        self.position += 1;
        span
    }

    pub(super) fn at_end(&self) -> bool {
        self.position >= self.tokens.len()
    }

    /// The text of the token after `ahead` others when it is of this kind.
    pub(super) fn text_at(&self, ahead: usize, kind: TokenKind) -> Option<&'a str> {
        let token = self.peek_at(ahead).filter(|token| token.kind == kind)?;
        Some(self.slice(token.span))
    }

    pub(super) fn is_word_at(&self, ahead: usize, word: &str) -> bool {
        self.text_at(ahead, TokenKind::Word)
            .is_some_and(|text| text.eq_ignore_ascii_case(word))
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.is_word_at(0, word)
    }

    pub(super) fn is_symbol_at(&self, ahead: usize, symbol: &str) -> bool {
        self.text_at(ahead, TokenKind::Symbol) == Some(symbol)
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.is_symbol_at(0, symbol)
    }

    /// Takes the words when all of them come next.
    pub(super) fn take_words(&mut self, words: &[&str]) -> bool {
        let all = words
            .iter()
            .enumerate()
            .all(|(ahead, word)| self.is_word_at(ahead, word));
        if all {
            self.position += words.len();
        }
        all
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        self.take_words(&[word])
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> bool {
        let next = self.is_symbol(symbol);
        if next {
            self.position += 1;
        }
        next
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<Span, PortableError> {
        if self.take_word(word) {
            return Ok(self.previous());
        }
        let error = self.expected(&format!("`{word}`"));
        let found = self.text_at(0, TokenKind::Word);
        Err(match found.and_then(|found| nearest(found, [word])) {
            Some(_) => error.hint_if_none(format!("did you mean {word}?")),
            None => error,
        })
    }

    pub(super) fn expect_symbol(&mut self, symbol: &str) -> Result<Span, PortableError> {
        if self.take_symbol(symbol) {
            return Ok(self.previous());
        }
        Err(self.expected(&format!("`{symbol}`")))
    }

    /// Reads `( item, … )`.
    pub(super) fn parenthesised<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, PortableError>,
    ) -> Result<Vec<T>, PortableError> {
        self.expect_symbol("(")?;
        let mut items = vec![item(self)?];
        while self.take_symbol(",") {
            if self.is_symbol(")") || self.is_symbol(",") {
                return Err(self.idle_comma());
            }
            items.push(item(self)?);
        }
        if !self.take_symbol(")") {
            return Err(self.list_goes_wrong());
        }
        Ok(items)
    }

    /// The error for what follows an item of a list.
    fn list_goes_wrong(&self) -> PortableError {
        let error = self.expected("`,` or `)`");
        match self.peek().map(|token| token.kind) {
            None => error.hint_if_none("is a `)` missing?"),
            Some(_) if self.at_statement() => error.hint_if_none("is a `)` missing?"),
            Some(TokenKind::Symbol) => error,
            Some(_) => error.hint_if_none("is a `,` missing before it?"),
        }
    }

    /// The error for the comma that was taken last, when no item follows it.
    pub(super) fn idle_comma(&self) -> PortableError {
        PortableError::new(self.previous(), "nothing follows this comma").hint("leave the comma out")
    }

    /// Runs `parse` one level deeper.
    pub(super) fn deeper<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, PortableError>,
    ) -> Result<T, PortableError> {
        if self.depth >= MAX_DEPTH {
            return Err(
                PortableError::new(self.here(), format!("nested more than {MAX_DEPTH} levels deep"))
                    .hint("split the statement"),
            );
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    /// Nothing may follow.
    pub(super) fn finish(&self) -> Result<(), PortableError> {
        if self.at_end() {
            return Ok(());
        }
        Err(self.expected_end())
    }

    /// The error for what stands behind a whole statement.
    pub(super) fn expected_end(&self) -> PortableError {
        const WANTED: &str = "the end of the statement";
        if self.at_statement() {
            let found = shown(self.slice(self.here()));
            return PortableError::new(self.here(), format!("expected {WANTED}, found {found}"))
                .hint("is a `;` missing before it?");
        }
        self.expected(WANTED)
    }

    /// Whether the beginning of a statement comes next. Those of ALTER TABLE's actions are none.
    pub(super) fn at_statement(&self) -> bool {
        self.at_schema_statement()
            || ["INSERT", "UPDATE", "DELETE", "SELECT"]
                .iter()
                .any(|word| self.is_word(word))
            || (self.is_word("COMMENT") && self.is_word_at(1, "ON"))
    }

    /// Whether CREATE, DROP or ALTER comes next with an object that can follow it.
    pub(super) fn at_schema_statement(&self) -> bool {
        let objects: &[&str] = if self.is_word("CREATE") {
            &["TABLE", "INDEX", "UNIQUE", "VIEW"]
        } else if self.is_word("DROP") {
            &["TABLE", "INDEX", "VIEW"]
        } else if self.is_word("ALTER") {
            &["TABLE"]
        } else {
            &[]
        };
        objects.iter().any(|object| self.is_word_at(1, object))
    }

    /// The error for a token that is not what the grammar wants here.
    pub(super) fn expected(&self, wanted: &str) -> PortableError {
        let Some(token) = self.peek() else {
            return PortableError::new(
                self.here(),
                format!("expected {wanted}, but the statement ends here"),
            );
        };
        let text = self.slice(token.span);
        let next = self.peek_at(1).map(|next| (next.span, self.slice(next.span)));
        if let Some(error) = refusals::of_token(token, text, next) {
            return error;
        }
        PortableError::new(token.span, format!("expected {wanted}, found {}", shown(text)))
    }
}

/// A token as messages show it: its first line, and not too much of it.
pub(super) fn shown(text: &str) -> String {
    const MAX_CHARACTERS: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(MAX_CHARACTERS).collect();
    if short.len() < text.len() {
        format!("`{short}…`")
    } else {
        format!("`{short}`")
    }
}

/// What stands between the quotes of a token, which are there: the parser takes no text with an open one.
pub(super) fn without_quotes(text: &str, quote: char) -> &str {
    let opened = text.strip_prefix(quote).unwrap_or(text);
    opened.strip_suffix(quote).unwrap_or(opened)
}
