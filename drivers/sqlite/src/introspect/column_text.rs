//! The text of a column's definition.

use limbeck_core::schema::Deferrable;
use limbeck_core::schema::Name;

use super::constraint_text::ConstraintKind;
use super::constraint_text::ConstraintText;
use super::constraint_text::deferral;
use super::constraint_text::on_conflict;
use super::constraint_text::references;
use super::misread::Misread;
use super::tokens::Tokens;

/// The words that end the type of a column.
const CLAUSES: &[&str] = &[
    "AS",
    "CHECK",
    "COLLATE",
    "CONSTRAINT",
    "DEFAULT",
    "DEFERRABLE",
    "NOT",
    "NULL",
    "PRIMARY",
    "REFERENCES",
    "UNIQUE",
];

/// What only the text of a column tells.
#[derive(Debug)]
pub(super) struct ColumnText<'a> {
    pub(super) name: Name,
    /// The word after COLLATE, as it stands there.
    pub(super) collation: Option<&'a str>,
    /// The expression of a generated column.
    pub(super) generated: Option<&'a str>,
    pub(super) is_stored: bool,
    /// `PRIMARY KEY DESC`, with which an INTEGER is not the rowid.
    pub(super) is_descending_key: bool,
    /// The constraints that stand in the column.
    pub(super) constraints: Vec<ConstraintText<'a>>,
}

/// Reads a column's definition up to the `,` or `)` after it.
pub(super) fn column<'a>(tokens: &mut Tokens<'a>) -> Result<ColumnText<'a>, Misread> {
    let mut column = ColumnText {
        name: tokens.name()?,
        collation: None,
        generated: None,
        is_stored: false,
        is_descending_key: false,
        constraints: Vec::new(),
    };
    skip_type(tokens)?;
    let mut name = None;
    while !tokens.is_symbol(",") && !tokens.is_symbol(")") {
        if tokens.take(&["CONSTRAINT"]) {
            name = Some(tokens.name()?);
        } else if let Some(kind) = constraint(tokens, &mut column)? {
            let name = name.take();
            column.constraints.push(ConstraintText { name, kind });
        } else if clause(tokens, &mut column)? {
            name = None;
        } else {
            return Err(tokens.unexpected("a column constraint"));
        }
    }
    Ok(column)
}

fn skip_type(tokens: &mut Tokens<'_>) -> Result<(), Misread> {
    while !tokens.at_end() && !tokens.is_symbol(",") && !tokens.is_symbol(")") {
        if tokens.is_one_of(CLAUSES) || tokens.take(&["GENERATED", "ALWAYS"]) {
            return Ok(());
        }
        if tokens.is_symbol("(") {
            tokens.parenthesised()?;
        } else {
            tokens.next();
        }
    }
    Ok(())
}

fn constraint<'a>(
    tokens: &mut Tokens<'a>,
    column: &mut ColumnText<'a>,
) -> Result<Option<ConstraintKind<'a>>, Misread> {
    let columns = vec![column.name.clone()];
    Ok(Some(if tokens.take(&["PRIMARY", "KEY"]) {
        column.is_descending_key = tokens.take(&["DESC"]);
        let _is_ascending = tokens.take(&["ASC"]);
        on_conflict(tokens)?;
        ConstraintKind::PrimaryKey {
            columns,
            is_numbered: tokens.take(&["AUTOINCREMENT"]),
        }
    } else if tokens.take(&["UNIQUE"]) {
        on_conflict(tokens)?;
        ConstraintKind::Unique(columns)
    } else if tokens.take(&["CHECK"]) {
        let text = tokens.parenthesised()?;
        on_conflict(tokens)?;
        ConstraintKind::Check(text)
    } else if tokens.take(&["REFERENCES"]) {
        ConstraintKind::ForeignKey(references(tokens, columns)?)
    } else {
        return Ok(None);
    }))
}

/// Takes a clause that is no constraint of the model; false when none comes next.
fn clause<'a>(tokens: &mut Tokens<'a>, column: &mut ColumnText<'a>) -> Result<bool, Misread> {
    if let Some(deferrable) = deferral(tokens) {
        defer(&mut column.constraints, deferrable);
    } else if tokens.take(&["NULL"]) || tokens.take(&["NOT", "NULL"]) {
        on_conflict(tokens)?;
    } else if tokens.take(&["DEFAULT"]) {
        skip_default(tokens)?;
    } else if tokens.take(&["COLLATE"]) {
        column.collation = Some(tokens.raw_name()?);
    } else if tokens.take(&["GENERATED", "ALWAYS", "AS"]) || tokens.take(&["AS"]) {
        column.generated = Some(tokens.parenthesised()?);
        column.is_stored = tokens.take(&["STORED"]);
        let _is_virtual = tokens.take(&["VIRTUAL"]);
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// DEFERRABLE belongs to the foreign key before it.
pub(super) fn defer(constraints: &mut [ConstraintText<'_>], deferrable: Deferrable) {
    for constraint in constraints.iter_mut().rev() {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            key.deferrable = deferrable;
            return;
        }
    }
}

/// Takes what follows DEFAULT: SQLite lists it.
fn skip_default(tokens: &mut Tokens<'_>) -> Result<(), Misread> {
    if tokens.is_symbol("(") {
        tokens.parenthesised()?;
        return Ok(());
    }
    let _is_signed = tokens.take_symbol("-") || tokens.take_symbol("+");
    match tokens.next() {
        Some(_) => Ok(()),
        None => Err(tokens.unexpected("a default")),
    }
}
