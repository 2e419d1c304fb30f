//! The text of a column's definition.

use limbeck_core::schema::Name;
use limbeck_core::sql::Span;

use super::constraint::ConstraintKind;
use super::constraint::ConstraintText;
use super::constraint::deferral;
use super::constraint::on_conflict;
use super::constraint::references;
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
pub(crate) struct ColumnText<'a> {
    pub(crate) name: Name,
    /// Where all of it stands.
    pub(crate) span: Span,
    /// Where its type stands; nothing behind the name when it has none.
    pub(crate) type_span: Span,
    /// The word after COLLATE, as it stands there.
    pub(crate) collation: Option<&'a str>,
    /// The expression of a generated column.
    pub(crate) generated: Option<&'a str>,
    pub(crate) is_stored: bool,
    /// `PRIMARY KEY DESC`, with which an INTEGER is not the rowid.
    pub(crate) is_descending_key: bool,
    /// The constraints that stand in the column.
    pub(crate) constraints: Vec<ConstraintText<'a>>,
    /// What else stands in the column.
    pub(crate) clauses: Vec<Clause>,
}

/// A clause of a column that is no constraint of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub(crate) kind: ClauseKind,
    /// Where it stands, with a name before it.
    pub(crate) span: Span,
}

/// What a clause says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ClauseKind {
    /// `NULL`, which says nothing.
    Null,
    NotNull,
    Default,
    Collate,
    Generated,
}

/// Reads a column's definition up to the `,` or `)` after it.
pub(crate) fn column<'a>(tokens: &mut Tokens<'a>) -> Result<ColumnText<'a>, Misread> {
    let start = tokens.here();
    let name = tokens.name()?;
    let name_span = tokens.since(start);
    let mut column = ColumnText {
        name,
        span: name_span,
        type_span: Span::new(name_span.end, name_span.end),
        collation: None,
        generated: None,
        is_stored: false,
        is_descending_key: false,
        constraints: Vec::new(),
        clauses: Vec::new(),
    };
    column.type_span = skip_type(tokens, name_span.end)?;
    let mut name: Option<(Name, usize)> = None;
    while !tokens.is_symbol(",") && !tokens.is_symbol(")") {
        let (here, last_end) = (tokens.here(), tokens.behind());
        if tokens.take(&["CONSTRAINT"]) {
            name = Some((tokens.name()?, here));
        } else if let Some(kind) = constraint(tokens, &mut column)? {
            let start = name.as_ref().map_or(here, |(_, start)| *start);
            column.constraints.push(ConstraintText {
                name: name.take().map(|(name, _)| name),
                kind,
                span: tokens.since(start),
                deferral: None,
            });
        } else if let Some(kind) = clause(tokens, &mut column)? {
            let start = name.take().map_or(here, |(_, start)| start);
            column.clauses.push(Clause {
                kind,
                span: tokens.since(start),
            });
        } else if deferred(tokens, last_end, &mut column) {
            name = None;
        } else {
            return Err(tokens.unexpected("a column constraint"));
        }
    }
    column.span = tokens.since(start);
    Ok(column)
}

/// Takes the type that follows a name which ends at `end`.
fn skip_type(tokens: &mut Tokens<'_>, end: usize) -> Result<Span, Misread> {
    let start = tokens.here();
    let nothing = Span::new(end, end);
    while !tokens.at_end() && !tokens.is_symbol(",") && !tokens.is_symbol(")") {
        if tokens.is_one_of(CLAUSES) || tokens.are(&["GENERATED", "ALWAYS"]) {
            break;
        }
        if tokens.is_symbol("(") {
            tokens.parenthesised()?;
        } else {
            tokens.next();
        }
    }
    Ok(if tokens.behind() > end {
        tokens.since(start)
    } else {
        nothing
    })
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

/// Takes a clause that is no constraint of the model; none when none comes next.
fn clause<'a>(tokens: &mut Tokens<'a>, column: &mut ColumnText<'a>) -> Result<Option<ClauseKind>, Misread> {
    Ok(Some(if tokens.take(&["NULL"]) {
        on_conflict(tokens)?;
        ClauseKind::Null
    } else if tokens.take(&["NOT", "NULL"]) {
        on_conflict(tokens)?;
        ClauseKind::NotNull
    } else if tokens.take(&["DEFAULT"]) {
        skip_default(tokens)?;
        ClauseKind::Default
    } else if tokens.take(&["COLLATE"]) {
        column.collation = Some(tokens.raw_name()?);
        ClauseKind::Collate
    } else if tokens.take(&["GENERATED", "ALWAYS", "AS"]) || tokens.take(&["AS"]) {
        column.generated = Some(tokens.parenthesised()?);
        column.is_stored = tokens.take(&["STORED"]);
        let _is_virtual = tokens.take(&["VIRTUAL"]);
        ClauseKind::Generated
    } else {
        return Ok(None);
    }))
}

/// Takes DEFERRABLE, which belongs to the foreign key before it; whether it stands there. What is before it ends at `end`.
fn deferred(tokens: &mut Tokens<'_>, end: usize, column: &mut ColumnText<'_>) -> bool {
    let start = tokens.here();
    let Some(deferrable) = deferral(tokens) else {
        return false;
    };
    for constraint in column.constraints.iter_mut().rev() {
        if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
            key.deferrable = deferrable;
            if constraint.span.end == end {
                constraint.span = tokens.since(constraint.span.start);
            } else {
                constraint.deferral = Some(tokens.since(start));
            }
            break;
        }
    }
    true
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
