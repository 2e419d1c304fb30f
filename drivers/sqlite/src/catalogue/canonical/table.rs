//! Tables.

use limbeck_core::schema::Name;
use limbeck_core::sql::Span;
use limbeck_core::sql::TokenKind;

use super::body::is_default_order;
use super::in_expression;
use super::parts;
use super::parts::Word;
use super::token::Written;
use super::token::written;
use crate::dialect::unquoted;
use crate::text::Misread;
use crate::text::TableText;

/// What the text of a table says.
pub(crate) fn of_table(sql: &str) -> Result<String, Misread> {
    of_read_table(sql, &TableText::read(sql)?)
}

/// The same of a text that was read already.
pub(crate) fn of_read_table(sql: &str, table: &TableText<'_>) -> Result<String, Misread> {
    let tokens = written(sql);
    let name = unquoted(table.name.slice(sql));
    let mut walk = Walk {
        columns: table.columns.iter().map(|column| column.name.clone()).collect(),
        names: table.columns.iter().map(|column| column.span.start).collect(),
        types: table.columns.iter().map(|column| column.type_span).collect(),
        depth: 0,
        place: Place::Clause,
        due: Due::Word,
    };
    walk.names.push(table.name.start);
    let mut words: Vec<Word> = Vec::new();
    for at in 0..tokens.len() {
        let is_body = tokens.get(at).is_some_and(|token| token.start < table.end);
        if is_body && !is_qualifier(&tokens, at, &name) {
            let start = tokens.get(at).map(|token| token.start).unwrap_or_default();
            words.extend(walk.step(&tokens, at).map(|word| (start, word)));
        }
    }
    let name = Name::exact(name)?;
    let mut said = vec![parts::in_order(table, &name, &words)];
    let options = [("STRICT", table.strict), ("WITHOUT ROWID", table.without_rowid)];
    said.extend(
        options
            .iter()
            .filter(|(_, is_set)| *is_set)
            .map(|(word, _)| (*word).to_owned()),
    );
    Ok(said.join(" "))
}

/// Whether the token is the name of the table before a column, perhaps with `main` before it, or a dot behind one of them.
fn is_qualifier(tokens: &[Written<'_>], at: usize, table: &str) -> bool {
    let is_before_dot = |at: usize, name: &str| {
        let has_dot = tokens.get(at + 1).is_some_and(|token| token.is("."));
        let token = tokens.get(at).filter(|_| has_dot);
        token.is_some_and(|token| token.kind != TokenKind::String && token.is_named(name))
    };
    let is_one =
        |at: usize| is_before_dot(at, table) || (is_before_dot(at, "main") && is_before_dot(at + 2, table));
    is_one(at) || at.checked_sub(1).is_some_and(is_one)
}

/// Where a token stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a column or a constraint, outside of parentheses.
    Clause,
    /// In a list of columns.
    Columns,
    /// In an expression that may speak of columns.
    Expression,
    /// In an expression that may not.
    Default,
}

/// What comes next in a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Due {
    /// A keyword, or a list of columns.
    Word,
    Name,
    Collation,
    Default,
    Expression,
}

/// A way through the tokens of a table.
struct Walk {
    columns: Vec<Name>,
    /// Where names stand that are defined here.
    names: Vec<usize>,
    types: Vec<Span>,
    depth: usize,
    place: Place,
    due: Due,
}

impl Walk {
    /// The next token; none when it says nothing.
    fn step(&mut self, tokens: &[Written<'_>], at: usize) -> Option<String> {
        let token = tokens.get(at)?;
        if self
            .types
            .iter()
            .any(|span| span.start <= token.start && token.start < span.end)
        {
            return Some(token.word());
        }
        if token.is("(") {
            self.open();
            return Some(token.text.to_owned());
        }
        if token.is(")") {
            self.depth = self.depth.saturating_sub(1);
            if self.depth <= 1 {
                self.place = Place::Clause;
            }
            return Some(token.text.to_owned());
        }
        match self.place {
            Place::Clause => self.in_clause(token),
            Place::Columns if is_default_order(tokens, at) => None,
            Place::Columns => Some(self.in_list(tokens, at, token)),
            Place::Expression => Some(in_expression(tokens, at, &self.columns)),
            Place::Default => Some(in_expression(tokens, at, &[])),
        }
    }

    fn open(&mut self) {
        self.depth += 1;
        if self.depth == 2 {
            self.place = match self.due {
                Due::Expression => Place::Expression,
                Due::Default => Place::Default,
                Due::Word | Due::Name | Due::Collation => Place::Columns,
            };
            self.due = Due::Word;
        }
    }

    fn in_clause(&mut self, token: &Written<'_>) -> Option<String> {
        if self.names.contains(&token.start) {
            self.due = Due::Word;
            return Some(token.name(&[]));
        }
        match self.due {
            Due::Name => {
                self.due = Due::Word;
                Some(token.name(&[]))
            }
            Due::Collation => {
                self.due = Due::Word;
                Some(token.collation())
            }
            Due::Default => {
                if !token.is("-") && !token.is("+") {
                    self.due = Due::Word;
                }
                Some(token.anywhere(&[], false))
            }
            Due::Word | Due::Expression => {
                let word = token.word();
                self.due = match word.as_str() {
                    "CONSTRAINT" | "REFERENCES" => Due::Name,
                    "COLLATE" => Due::Collation,
                    "DEFAULT" => Due::Default,
                    "CHECK" | "AS" => Due::Expression,
                    _ => Due::Word,
                };
                // The expression is one without these words too.
                (!token.is_one_of(&["GENERATED", "ALWAYS"])).then_some(word)
            }
        }
    }

    fn in_list(&self, tokens: &[Written<'_>], at: usize, token: &Written<'_>) -> String {
        let last = at.checked_sub(1).and_then(|at| tokens.get(at));
        match last {
            Some(last) if last.is("(") || last.is(",") => token.name(&self.columns),
            Some(last) if last.is_one_of(&["COLLATE"]) => token.collation(),
            _ => token.word(),
        }
    }
}
