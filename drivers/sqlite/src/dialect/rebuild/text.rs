//! The text of a table, and changing parts of it.

use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Name;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::Span;
use limbeck_core::sql::Token;
use limbeck_core::sql::TokenKind;

use super::super::quoted::unquoted;
use super::super::refusal::refused;
use super::super::rules::RULES;
use super::super::traits::SQLITE;
use crate::text::ColumnText;
use crate::text::ConstraintText;
use crate::text::TableText;
use crate::text::spelling;

/// The text of a CREATE TABLE that is being edited. Everything that no edit touches stays as it was written.
pub(in super::super) struct DdlText {
    table: Name,
    sql: String,
}

impl DdlText {
    pub(in super::super) fn new(table: &Name, sql: String) -> Result<Self, RenderError> {
        let text = Self {
            table: table.clone(),
            sql,
        };
        text.read()?;
        Ok(text)
    }

    /// What stands where in it.
    pub(in super::super) fn read(&self) -> Result<TableText<'_>, RenderError> {
        TableText::read(&self.sql).map_err(|misread| {
            refused(format!(
                "rebuild the table {}: in its definition {misread}",
                self.table
            ))
            .with_hint("rebuild it in a native section (-- limbeck:upgrade sqlite)")
        })
    }

    pub(in super::super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The text for a table of another name. Columns that stand behind the old name lose that.
    pub(in super::super) fn named(&self, name: &Name) -> Result<String, RenderError> {
        let span = self.read()?.name;
        let mut sql = self.sql.clone();
        for qualifier in qualifiers(&self.sql, span.end, &self.table).into_iter().rev() {
            splice(&mut sql, qualifier, "");
        }
        splice(&mut sql, span, &render::quoted(&SQLITE, name));
        Ok(sql)
    }

    /// Puts other text into the place of a part.
    pub(super) fn replace(&mut self, span: Span, text: &str) {
        splice(&mut self.sql, span, text);
    }

    /// Takes a clause out, with the blanks before it. Behind a comment they stay: its line may end there.
    pub(super) fn remove(&mut self, span: Span) {
        let before = Lexer::within(&self.sql, Span::new(0, span.start), &RULES);
        let before: Vec<Token> = before.collect();
        let start = match before.as_slice() {
            [.., last, blank] if blank.kind == TokenKind::Whitespace && last.kind != TokenKind::Comment => {
                blank.span.start
            }
            _ => span.start,
        };
        self.replace(Span::new(start, span.end), "");
    }

    /// Adds a clause at the end of a column.
    pub(super) fn append_to_column(&mut self, column: &Name, clause: &str) -> Result<(), RenderError> {
        let end = self.column(column)?.span.end;
        self.replace(Span::new(end, end), &format!(" {clause}"));
        Ok(())
    }

    /// Adds a column behind the others.
    pub(super) fn add_column(&mut self, definition: &str) -> Result<(), RenderError> {
        let end = self.read()?.columns.last().map(|column| column.span.end);
        let end = end.unwrap_or(self.sql.len());
        self.replace(Span::new(end, end), &format!(",\n    {definition}"));
        Ok(())
    }

    /// Adds a constraint behind everything else.
    pub(super) fn add_constraint(&mut self, definition: &str) -> Result<(), RenderError> {
        let end = self.read()?.end;
        self.replace(Span::new(end, end), &format!(",\n    {definition}"));
        Ok(())
    }

    /// Takes a column or constraint out, with the comma that parts it from what stands behind it, or before it where it
    /// is the last.
    pub(super) fn remove_item(&mut self, item: Span) -> Result<(), RenderError> {
        let read = self.read()?;
        let columns = read.columns.iter().map(|column| column.span);
        let constraints = read.constraints.iter().map(|constraint| constraint.span);
        let items: Vec<Span> = columns.chain(constraints).collect();
        let starts = items.iter().map(|span| span.start);
        if let Some(next) = starts.filter(|start| *start >= item.end).min() {
            self.replace(Span::new(item.start, next), "");
            return Ok(());
        }
        let comma = Lexer::within(&self.sql, Span::new(0, item.start), &RULES)
            .filter(|token| !token.kind.is_trivia())
            .last()
            .filter(|token| token.span.slice(&self.sql) == ",");
        self.remove(item);
        if let Some(comma) = comma {
            self.replace(comma.span, "");
        }
        Ok(())
    }

    /// A column, in any case of its letters as SQLite takes it.
    pub(super) fn column(&self, name: &Name) -> Result<ColumnText<'_>, RenderError> {
        let mut columns = self.read()?.columns.into_iter();
        let is_it = |column: &ColumnText<'_>| column.name.eq_ignore_case(name);
        columns.find(is_it).ok_or_else(|| RenderError::Unknown {
            object: format!("the column {name} of the table {}", self.table),
        })
    }

    /// The names of the columns.
    pub(super) fn column_names(&self) -> Result<Vec<Name>, RenderError> {
        Ok(self
            .read()?
            .columns
            .into_iter()
            .map(|column| column.name)
            .collect())
    }

    /// Whether a column is the rowid under another name: it is declared INTEGER and the whole primary key
    /// (<https://sqlite.org/lang_createtable.html#rowid>).
    pub(super) fn rowid_alias(&self) -> Result<Option<Name>, RenderError> {
        let read = self.read()?;
        if read.without_rowid {
            return Ok(None);
        }
        let names: Vec<Name> = read.columns.iter().map(|column| column.name.clone()).collect();
        let mut keys = self.constraints(&read).filter_map(ConstraintText::primary_key);
        let Some([key]) = keys.next() else {
            return Ok(None);
        };
        let key = spelling::spelt_as(key, &names);
        let column = read.columns.iter().find(|column| column.name == key);
        let is_alias = column.is_some_and(|column| {
            let declared = column.type_span.slice(&self.sql).trim();
            declared.eq_ignore_ascii_case("INTEGER") && !column.is_descending_key
        });
        Ok(is_alias.then_some(key))
    }

    /// The columns that are never NULL because they are in the primary key.
    pub(super) fn required_by_key(&self) -> Result<Vec<Name>, RenderError> {
        let read = self.read()?;
        if !read.without_rowid && !read.strict {
            return Ok(self.rowid_alias()?.into_iter().collect());
        }
        let names: Vec<Name> = read.columns.iter().map(|column| column.name.clone()).collect();
        let keys = self.constraints(&read).filter_map(ConstraintText::primary_key);
        Ok(keys.flat_map(|key| spelling::all_spelt_as(key, &names)).collect())
    }

    /// Whether rows of it can be given the rowids that they have had: no column is the rowid.
    pub(super) fn keeps_rowids(&self) -> Result<bool, RenderError> {
        Ok(!self.read()?.without_rowid && self.rowid_alias()?.is_none())
    }

    /// Whether it numbers its rows without using a number twice.
    pub(super) fn is_numbered(&self) -> Result<bool, RenderError> {
        let read = self.read()?;
        Ok(self.constraints(&read).any(ConstraintText::is_numbered))
    }

    fn constraints<'t>(&self, read: &'t TableText<'t>) -> impl Iterator<Item = &'t ConstraintText<'t>> {
        let inner = read.columns.iter().flat_map(|column| &column.constraints);
        inner.chain(&read.constraints)
    }
}

/// Where the name of the table stands before a column, perhaps behind `main`, in what begins at `from`.
fn qualifiers(sql: &str, from: usize, table: &Name) -> Vec<Span> {
    let tokens: Vec<Token> = Lexer::within(sql, Span::new(0, sql.len()), &RULES)
        .filter(|token| !token.kind.is_trivia() && token.span.start >= from)
        .collect();
    let is_name = |token: &Token, name: &str| {
        matches!(token.kind, TokenKind::Word | TokenKind::QuotedName)
            && unquoted(token.span.slice(sql)).eq_ignore_ascii_case(name)
    };
    let is_dot = |token: &Token| token.span.slice(sql) == ".";
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match rest {
            [main, dot, name, second, ..]
                if is_name(main, "main")
                    && is_dot(dot)
                    && is_name(name, table.as_str())
                    && is_dot(second) =>
            {
                4
            }
            [name, dot, ..] if is_name(name, table.as_str()) && is_dot(dot) => 2,
            _ => 0,
        };
        if let Some(last) = rest.get(..length).and_then(<[Token]>::last) {
            found.push(rest.first().map_or(last.span, |first| first.span.to(last.span)));
        }
        at += length.max(1);
    }
    found
}

/// Puts other text into the place of a part, with a blank where two words would become one.
fn splice(sql: &mut String, span: Span, text: &str) {
    let mut spliced = String::with_capacity(sql.len() + text.len() + 2);
    let before = sql.get(..span.start).unwrap_or_default();
    let behind = sql.get(span.end..).unwrap_or_default();
    for part in [before, text, behind] {
        let is_one_word = spliced.ends_with(continues_word) && part.starts_with(continues_word);
        if is_one_word {
            spliced.push(' ');
        }
        spliced.push_str(part);
    }
    *sql = spliced;
}

fn continues_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$') || !character.is_ascii()
}
