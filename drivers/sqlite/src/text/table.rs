//! The text of a CREATE TABLE.

use limbeck_core::schema::Name;
use limbeck_core::sql::Span;

use super::column::ColumnText;
use super::column::column;
use super::constraint::ConstraintText;
use super::constraint::table_constraint;
use super::misread::Misread;
use super::tokens::Tokens;

/// What only the text of a table tells.
#[derive(Debug, Default)]
pub(crate) struct TableText<'a> {
    /// Where its name stands.
    pub(crate) name: Span,
    pub(crate) columns: Vec<ColumnText<'a>>,
    /// The constraints that stand outside of columns.
    pub(crate) constraints: Vec<ConstraintText<'a>>,
    pub(crate) without_rowid: bool,
    pub(crate) strict: bool,
    /// Behind the last column or constraint.
    pub(crate) end: usize,
}

impl<'a> TableText<'a> {
    /// Reads `CREATE TABLE name ( … ) options`.
    pub(crate) fn read(sql: &'a str) -> Result<Self, Misread> {
        let mut tokens = Tokens::new(sql);
        let mut text = Self::default();
        while !tokens.is_symbol("(") {
            let start = tokens.here();
            tokens.next().ok_or_else(|| tokens.unexpected("("))?;
            text.name = tokens.since(start);
        }
        tokens.expect_symbol("(")?;
        while !tokens.take_symbol(")") {
            if tokens.is_one_of(&["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]) {
                // A name that nothing follows names nothing.
                text.constraints.extend(table_constraint(&mut tokens)?);
            } else {
                text.columns.push(column(&mut tokens)?);
            }
            text.end = tokens.behind();
            // Between constraints SQLite can do without a comma.
            tokens.take_symbol(",");
        }
        while !tokens.at_end() {
            if tokens.take(&["WITHOUT", "ROWID"]) {
                text.without_rowid = true;
            } else if tokens.take(&["STRICT"]) {
                text.strict = true;
            } else {
                tokens.next();
            }
        }
        Ok(text)
    }
}

/// The names in a list such as `(a, "b" COLLATE nocase DESC)`, and whether AUTOINCREMENT stands in it.
pub(crate) fn key_columns(tokens: &mut Tokens<'_>) -> Result<(Vec<Name>, bool), Misread> {
    tokens.expect_symbol("(")?;
    let mut names = Vec::new();
    let mut is_numbered = false;
    loop {
        names.push(tokens.name()?);
        if tokens.take(&["COLLATE"]) {
            tokens.name()?;
        }
        let _is_ordered = tokens.take(&["ASC"]) || tokens.take(&["DESC"]);
        is_numbered |= tokens.take(&["AUTOINCREMENT"]);
        if !tokens.take_symbol(",") {
            tokens.expect_symbol(")")?;
            return Ok((names, is_numbered));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_understood_is_named_with_its_place() {
        for (sql, error) in [
            ("", "( is due at byte 0"),
            ("CREATE TABLE t", "( is due at byte 14"),
            ("CREATE TABLE t (a", "a column constraint is due at byte 17"),
            ("CREATE TABLE t (a INT ? NOT NULL)", ""),
            (
                "CREATE TABLE t (a INT NOT NULL ?)",
                "a column constraint is due at byte 31",
            ),
            (
                "CREATE TABLE t (a CHECK (b)",
                "a column constraint is due at byte 27",
            ),
            ("CREATE TABLE t (a CHECK (b", ") is due at byte 26"),
            (
                "CREATE TABLE t (a REFERENCES b ON DELETE GO)",
                "an action is due at byte 41",
            ),
            ("CREATE TABLE t (a, UNIQUE (a + 1))", ") is due at byte 29"),
            ("CREATE TABLE t (\"\")", "a name cannot be empty"),
        ] {
            let misread = TableText::read(sql).err().map(|misread| misread.to_string());
            assert_eq!(misread.unwrap_or_default(), error, "{sql}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "CREATE TABLE t (", "(", ")", ",", "a", "\"b", "'c'", "CHECK", "UNIQUE", "PRIMARY KEY",
                    "CONSTRAINT", "REFERENCES", "DEFAULT", "AS", "NOT", "NULL", "ON", "CONFLICT", "--", "/*", "é",
                ]),
                0..30,
            )
        ) {
            let _ = TableText::read(&pieces.join(" "));
        }
    }
}
