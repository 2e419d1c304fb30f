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
            TokenKind::Word
                if !text
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '_' | '$')) =>
            {
                return Err(PortableError::new(
                    token.span,
                    format!("{} is not a name without quotes", shown(text)),
                )
                .hint("a name of other characters than letters, digits and _ stands between double quotes"));
            }
            TokenKind::Word => Name::folded(text),
            TokenKind::QuotedName => {
                let inner = without_quotes(text, '"');
                Name::exact(inner.replace("\"\"", "\""))
            }
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
        self.check_name(&name, token.span)?;
        Ok((name, token.span))
    }

    /// `( name, … )`, each only once.
    pub(super) fn column_names(&mut self) -> Result<Vec<(Name, Span)>, PortableError> {
        let names = self.parenthesised(|parser| parser.name("a column name"))?;
        for (index, (name, span)) in names.iter().enumerate() {
            if names.iter().take(index).any(|(earlier, _)| earlier == name) {
                return Err(PortableError::new(
                    *span,
                    format!("the column `{name}` stands twice in this list"),
                ));
            }
        }
        Ok(names)
    }

    fn check_name(&mut self, name: &Name, span: Span) -> Result<(), PortableError> {
        let bytes = name.as_str().len();
        if bytes > Name::MAX_PORTABLE_BYTES {
            return Err(PortableError::new(
                span,
                format!(
                    "the name is {bytes} bytes long, more than the {} that every engine keeps",
                    Name::MAX_PORTABLE_BYTES
                ),
            )
            .hint("choose a shorter name"));
        }
        if name.as_str().ends_with(' ') {
            return Err(PortableError::new(
                span,
                "a name that ends with a blank is not portable",
            ));
        }
        let earlier = self
            .names
            .entry(name.as_str().to_lowercase())
            .or_insert_with(|| name.clone());
        if earlier != name {
            return Err(PortableError::new(
                span,
                format!("the names `{earlier}` and `{name}` differ by case only"),
            )
            .hint("not every engine tells them apart: write both the same way, or choose another name"));
        }
        Ok(())
    }
}
