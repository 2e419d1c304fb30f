//! What nothing closes.

use std::fmt;

use super::Lexer;
use crate::sql::LexicalRules;
use crate::sql::Span;
use crate::sql::Token;
use crate::sql::TokenKind;

/// A comment, string or quoted name that goes on to the end of a text because nothing closes it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the {construct} is not closed")]
pub struct Unclosed {
    /// The mark that opens it.
    pub span: Span,
    construct: Construct,
    closing: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Construct {
    Comment,
    String,
    QuotedName,
}

impl fmt::Display for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comment => "comment",
            Self::String => "string",
            Self::QuotedName => "quoted name",
        })
    }
}

impl Unclosed {
    /// How to close it.
    pub fn hint(&self) -> String {
        match self.closing.as_str() {
            "`" => "end it with a back-tick; one inside of it is written twice".to_owned(),
            quote @ ("'" | "\"") => format!("end it with `{quote}`; a quote inside of it is written twice"),
            closing => format!("end it with `{closing}`"),
        }
    }

    fn of(token: Token, text: &str) -> Option<Self> {
        let token_text = token.span.slice(text);
        let construct = match token.kind {
            TokenKind::Comment | TokenKind::ExecutableComment => Construct::Comment,
            TokenKind::String => Construct::String,
            TokenKind::QuotedName | TokenKind::Parameter => Construct::QuotedName,
            _ => return None,
        };
        let (length, closing) = match construct {
            Construct::Comment => (2, "*/"),
            _ if token_text.starts_with('[') => (1, "]"),
            _ if token_text.starts_with('$') => {
                let length = token_text.get(1..)?.find('$')? + 2;
                (length, token_text.get(..length)?)
            }
            _ => {
                let quote = token_text.find(['\'', '"', '`'])?;
                (quote + 1, token_text.get(quote..=quote)?)
            }
        };
        Some(Self {
            span: Span::new(token.span.start, token.span.start + length),
            construct,
            closing: closing.to_owned(),
        })
    }
}

/// The comment, string or quoted name that begins in the part of `text` that `span` covers and is not closed there.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, Span, unclosed};
///
/// let text = "DROP TABLE a; /* DROP TABLE b;";
/// let unclosed = unclosed(text, Span::new(0, text.len()), &LexicalRules::STANDARD).ok_or("none")?;
/// assert_eq!(unclosed.to_string(), "the comment is not closed");
/// assert_eq!(unclosed.span, Span::new(14, 16));
/// # Ok::<(), &str>(())
/// ```
pub fn unclosed(text: &str, span: Span, rules: &LexicalRules) -> Option<Unclosed> {
    closed(text, span, rules, |tokens| tokens.for_each(drop)).err()
}

/// What `read` makes of the tokens of a part of a text, all of them, when everything in it is closed.
///
/// # Errors
/// A comment, string or quoted name goes on to the end of the span.
pub(crate) fn closed<'a, T>(
    text: &'a str,
    span: Span,
    rules: &'a LexicalRules,
    read: impl FnOnce(&mut Tokens<'a>) -> T,
) -> Result<T, Unclosed> {
    let mut tokens = Tokens {
        lexer: Lexer::within(text, span, rules),
        last: None,
    };
    let made = read(&mut tokens);
    match tokens.last.and_then(|last| tokens.lexer.unclosed(last)) {
        Some(unclosed) => Err(unclosed),
        None => Ok(made),
    }
}

/// The tokens of a text, of which the last one is kept.
pub(crate) struct Tokens<'a> {
    lexer: Lexer<'a>,
    last: Option<Token>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let token = self.lexer.next()?;
        self.last = Some(token);
        Some(token)
    }
}

impl Lexer<'_> {
    /// What the end of the text has cut off, when this was the last token before it.
    fn unclosed(&self, last: Token) -> Option<Unclosed> {
        let unclosed = Unclosed::of(last, self.text);
        unclosed.filter(|_| goes_on(last.span.slice(self.text), self))
    }
}

/// Whether the last token of a text would take in a line end behind it. No other token than an open one does: line
/// comments end there, and so do parameters.
fn goes_on(token: &str, lexer: &Lexer<'_>) -> bool {
    let longer = format!("{token}\n");
    let again = Lexer {
        text: &longer,
        at: 0,
        ..lexer.clone()
    };
    again.take(1).any(|first| first.span.end == longer.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sql::test_rules::ALL;
    use crate::sql::test_rules::MYSQL;
    use crate::sql::test_rules::POSTGRES;
    use crate::sql::test_rules::SQLITE;
    use crate::sql::test_rules::sql_like;

    fn found(text: &str, rules: &LexicalRules) -> Option<String> {
        let unclosed = unclosed(text, Span::new(0, text.len()), rules)?;
        let at = unclosed.span;
        Some(format!(
            "{}@{} {unclosed}; {}",
            at.slice(text),
            at.start,
            unclosed.hint()
        ))
    }

    #[test]
    fn what_is_open_is_named_with_its_mark() {
        for (rules, text, expected) in [
            (
                SQLITE,
                "a; /* b; ",
                "/*@3 the comment is not closed; end it with `*/`",
            ),
            (SQLITE, "/*/", "/*@0 the comment is not closed; end it with `*/`"),
            (
                SQLITE,
                "a [b; ",
                "[@2 the quoted name is not closed; end it with `]`",
            ),
            (
                SQLITE,
                "a 'it''s; b",
                "'@2 the string is not closed; end it with `'`; a quote inside of it is written twice",
            ),
            (
                SQLITE,
                "a \"b\"\"",
                "\"@2 the quoted name is not closed; end it with `\"`; a quote inside of it is written twice",
            ),
            (
                SQLITE,
                "a @`b",
                "@`@2 the quoted name is not closed; end it with a back-tick; one inside of it is written twice",
            ),
            (
                POSTGRES,
                "/* /* */",
                "/*@0 the comment is not closed; end it with `*/`",
            ),
            (
                POSTGRES,
                "$$ $",
                "$$@0 the string is not closed; end it with `$$`",
            ),
            (
                POSTGRES,
                "$a$ $$",
                "$a$@0 the string is not closed; end it with `$a$`",
            ),
            (
                POSTGRES,
                "E'a\\'",
                "E'@0 the string is not closed; end it with `'`; a quote inside of it is written twice",
            ),
            (
                MYSQL,
                "/*!50001 '*/'",
                "/*@0 the comment is not closed; end it with `*/`",
            ),
            (
                MYSQL,
                "'a\\",
                "'@0 the string is not closed; end it with `'`; a quote inside of it is written twice",
            ),
        ] {
            assert_eq!(found(text, &rules).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_closed_is_not_named() {
        for (rules, text) in [
            (SQLITE, ""),
            (SQLITE, "a -- 'b"),
            (SQLITE, "a -- /*"),
            (SQLITE, "a --"),
            (SQLITE, "/**/"),
            (SQLITE, "/* /* */"),
            (SQLITE, "'a'''"),
            (SQLITE, "'a' \n\t"),
            (SQLITE, "[a\"]"),
            (SQLITE, ":a"),
            (SQLITE, "?1"),
            (POSTGRES, "$a$ ' $a$"),
            (POSTGRES, "$1"),
            (POSTGRES, "a -- b\r"),
            (MYSQL, "# '"),
            (MYSQL, "DELIMITER '\na '"),
            (MYSQL, "'a\\''"),
        ] {
            assert_eq!(found(text, &rules), None, "{text}");
        }
    }

    #[test]
    fn only_the_span_counts() {
        let text = "/* a */ 'b'";
        assert!(unclosed(text, Span::new(0, 5), &SQLITE).is_some());
        assert!(unclosed(text, Span::new(5, 9), &SQLITE).is_some());
        assert!(unclosed(text, Span::new(5, 7), &SQLITE).is_none());
        assert!(unclosed(text, Span::new(5, 99), &SQLITE).is_none());
    }

    proptest! {
        #[test]
        fn what_stands_behind_an_open_text_belongs_to_it(text in sql_like()) {
            for rules in &ALL {
                let whole = Span::new(0, text.len());
                let last = Lexer::new(&text, rules).last();
                let Some(unclosed) = unclosed(&text, whole, rules) else { continue };
                prop_assert_eq!(Some(unclosed.span.start), last.map(|token| token.span.start));
                prop_assert!(whole.start <= unclosed.span.start && unclosed.span.end <= whole.end);
                let longer = format!("{text}\nx");
                let last = Lexer::new(&longer, rules).last();
                prop_assert_eq!(last.map(|token| token.span), Some(Span::new(unclosed.span.start, longer.len())));
            }
        }

        #[test]
        fn what_stands_behind_a_closed_text_does_not(text in sql_like()) {
            for rules in &ALL {
                if unclosed(&text, Span::new(0, text.len()), rules).is_some() {
                    continue;
                }
                let longer = format!("{text}\nx");
                let last: Vec<Token> = Lexer::new(&longer, rules).collect();
                let last = last.last().map(|token| token.span.slice(&longer));
                prop_assert_eq!(last, Some("x"));
            }
        }
    }
}
