//! Names: folding, quotes, and what is no portable name.

use crate::schema::Name;
use crate::sql::Span;
use crate::sql::TokenKind;

use super::PortableError;
use super::cursor::Parser;
use super::cursor::shown;
use super::cursor::without_quotes;
use super::vocabulary::is_reserved;

impl Parser<'_> {
    /// A name that nothing qualifies; `what` is what it names: `a table name`.
    pub(super) fn name(&mut self, what: &str) -> Result<(Name, Span), PortableError> {
        let (name, span) = self.identifier(what)?;
        if self.is_symbol(".") {
            let mut whole = span.to(self.advance());
            if let Some(token) = self.peek() {
                whole = whole.to(token.span);
            }
            return Err(PortableError::new(whole, "a qualified name is not portable here")
                .hint(format!("leave `{}.` out", self.slice(span))));
        }
        Ok((name, span))
    }

    /// One name of a perhaps qualified one.
    pub(super) fn identifier(&mut self, what: &str) -> Result<(Name, Span), PortableError> {
        let Some(token) = self.peek() else {
            return Err(self.expected(what));
        };
        let text = self.slice(token.span);
        let name = match token.kind {
            TokenKind::Word if is_reserved(text) => {
                return Err(PortableError::new(
                    token.span,
                    format!("expected {what}, found the keyword `{text}`"),
                )
                .hint(format!(
                    "as a name it stands between double quotes: \"{}\"",
                    text.to_ascii_lowercase()
                )));
            }
            TokenKind::Word if !is_plain(text) => return Err(not_plain(text, token.span)),
            TokenKind::Word => Name::folded(text),
            TokenKind::QuotedName => Name::exact(unquoted(text)),
            TokenKind::String => {
                return Err(PortableError::new(
                    token.span,
                    format!("expected {what}, found the string {text}"),
                )
                .hint("a name stands between double quotes or none"));
            }
            _ => return Err(self.expected(what)),
        };
        self.advance();
        let name = name.map_err(|error| PortableError::new(token.span, error.to_string()))?;
        self.spellings.check(&name, token.span)?;
        Ok((name, token.span))
    }

    /// `( name, … )`, each only once.
    pub(super) fn column_names(&mut self) -> Result<Vec<(Name, Span)>, PortableError> {
        let names = self.parenthesised(|parser| parser.name("a column name"))?;
        check_distinct(names.iter().map(|(name, span)| (name, *span)))?;
        Ok(names)
    }
}

/// A list of columns names each only once.
pub(in crate::operation) fn check_distinct<'a>(
    names: impl Iterator<Item = (&'a Name, Span)>,
) -> Result<(), PortableError> {
    let mut earlier = Vec::new();
    for (name, span) in names {
        if earlier.contains(&name) {
            return Err(PortableError::new(
                span,
                format!("the column `{name}` stands twice in this list"),
            ));
        }
        earlier.push(name);
    }
    Ok(())
}

/// A name as it is written in portable SQL: without quotes its letters become lower case, between double quotes it stays
/// as it is. Keywords need no quotes where a name stands alone.
pub(crate) fn read_name(text: &str) -> Result<Name, PortableError> {
    let span = Span::new(0, text.len());
    let name = if text.len() > 1 && text.starts_with('"') && text.ends_with('"') {
        let inner = without_quotes(text, '"');
        if inner.replace("\"\"", "").contains('"') {
            return Err(not_plain(text, span));
        }
        Name::exact(unquoted(text))
    } else if text.starts_with(|first: char| first.is_ascii_digit() || first == '$') || !is_plain(text) {
        return Err(not_plain(text, span));
    } else {
        Name::folded(text)
    };
    name.map_err(|error| PortableError::new(span, error.to_string()))
}

fn is_plain(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'))
}

fn not_plain(text: &str, span: Span) -> PortableError {
    PortableError::new(span, format!("{} is not a name without quotes", shown(text)))
        .hint("a name of other characters than letters, digits and _ stands between double quotes")
}

/// What a quoted name says.
fn unquoted(text: &str) -> String {
    without_quotes(text, '"').replace("\"\"", "\"")
}
