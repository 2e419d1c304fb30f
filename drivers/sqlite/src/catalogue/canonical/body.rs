//! Indexes, views and triggers.

use limbeck_core::schema::Name;
use limbeck_core::sql::TokenKind;

use super::in_expression;
use super::said;
use super::token::Written;
use super::token::written;

/// Behind these words a name is due.
const BEFORE_NAMES: &[&str] = &["FROM", "INTO", "JOIN"];

/// What may stand behind AS and is no name.
const BEHIND_AS: &[&str] = &["MATERIALIZED", "NOT", "SELECT", "VALUES", "WITH"];

/// What a text is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body {
    Index,
    View,
    Trigger,
}

impl Body {
    /// What the text says.
    pub(crate) fn canonical(self, text: &str) -> String {
        self.canonical_of(text, &[])
    }

    /// What the text says beside a table: these are its name and its columns.
    pub(crate) fn canonical_of(self, text: &str, known: &[Name]) -> String {
        let tokens = written(text);
        let head = tokens.iter().position(|token| self.ends_head(token));
        let head = head.unwrap_or(tokens.len());
        let words = (0..tokens.len())
            .filter(|at| !matches!(self, Self::Index) || !is_default_order(&tokens, *at))
            .map(|at| match tokens.get(at) {
                Some(token) if at < head => in_head(token, known),
                Some(token) if is_due_name(&tokens, at) => token.name(known),
                _ => in_expression(&tokens, at, known),
            });
        said(words.map(Into::into))
    }

    /// Whether the words before this token were keywords and names alone.
    fn ends_head(self, token: &Written<'_>) -> bool {
        match self {
            Self::Index => token.is("("),
            Self::View => token.is_one_of(&["AS"]),
            Self::Trigger => token.is_one_of(&["BEGIN", "FOR", "WHEN"]),
        }
    }
}

fn in_head(token: &Written<'_>, known: &[Name]) -> String {
    match token.kind {
        TokenKind::Word => token.anywhere(known, false),
        _ => token.name(known),
    }
}

/// Whether nothing but a name can stand here.
fn is_due_name(tokens: &[Written<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
    let (Some(token), Some(last)) = (tokens.get(at), before(1)) else {
        return false;
    };
    if last.is_one_of(&["AS"]) {
        return token.can_be_name() && !token.is_one_of(BEHIND_AS);
    }
    if last.is_one_of(&["UPDATE"]) {
        return token.kind == TokenKind::QuotedName;
    }
    // IS DISTINCT FROM compares two expressions.
    let compares = last.is_one_of(&["FROM"]) && before(2).is_some_and(|word| word.is_one_of(&["DISTINCT"]));
    last.is_one_of(BEFORE_NAMES) && token.can_be_name() && !compares
}

/// Whether this is ASC behind the key of an index, which says nothing.
pub(super) fn is_default_order(tokens: &[Written<'_>], at: usize) -> bool {
    let near = |at: Option<usize>| at.and_then(|at| tokens.get(at));
    let (last, next) = (near(at.checked_sub(1)), near(Some(at + 1)));
    let is_asc = near(Some(at)).is_some_and(|token| token.is_one_of(&["ASC"]));
    is_asc
        && next.is_some_and(|next| next.is(",") || next.is(")"))
        && last.is_some_and(|last| !last.is(",") && !last.is("("))
}
