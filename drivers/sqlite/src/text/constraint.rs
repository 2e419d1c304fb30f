//! The texts of constraints.

use limbeck_core::schema::Deferrable;
use limbeck_core::schema::Name;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::sql::Span;

use super::misread::Misread;
use super::table::key_columns;
use super::tokens::Tokens;

/// A constraint, perhaps without a name.
#[derive(Debug)]
pub(crate) struct ConstraintText<'a> {
    pub(crate) name: Option<Name>,
    pub(crate) kind: ConstraintKind<'a>,
    /// Where all of it stands, with its name.
    pub(crate) span: Span,
    /// Where DEFERRABLE stands when something else stands before it.
    pub(crate) deferral: Option<Span>,
}

impl ConstraintText<'_> {
    /// The columns of a primary key.
    pub(crate) fn primary_key(&self) -> Option<&[Name]> {
        match &self.kind {
            ConstraintKind::PrimaryKey { columns, .. } => Some(columns),
            _ => None,
        }
    }

    /// Whether it is a primary key with AUTOINCREMENT.
    pub(crate) const fn is_numbered(&self) -> bool {
        matches!(
            &self.kind,
            ConstraintKind::PrimaryKey {
                is_numbered: true,
                ..
            }
        )
    }
}

/// What a constraint says. Columns are spelt as they stand there, which may differ from the column in case.
#[derive(Debug)]
pub(crate) enum ConstraintKind<'a> {
    PrimaryKey { columns: Vec<Name>, is_numbered: bool },
    Unique(Vec<Name>),
    Check(&'a str),
    ForeignKey(ForeignKeyText),
}

/// What a foreign key says.
#[derive(Debug)]
pub(crate) struct ForeignKeyText {
    pub(crate) columns: Vec<Name>,
    pub(crate) referenced_table: Name,
    pub(crate) referenced_columns: Vec<Name>,
    pub(crate) on_delete: ReferentialAction,
    pub(crate) on_update: ReferentialAction,
    pub(crate) deferrable: Deferrable,
}

/// Reads a constraint outside of columns; nothing when only a name stands there.
pub(crate) fn table_constraint<'a>(tokens: &mut Tokens<'a>) -> Result<Option<ConstraintText<'a>>, Misread> {
    let start = tokens.here();
    let mut name = None;
    while tokens.take(&["CONSTRAINT"]) {
        name = Some(tokens.name()?);
    }
    let kind = if tokens.take(&["PRIMARY", "KEY"]) {
        let (columns, is_numbered) = key_columns(tokens)?;
        ConstraintKind::PrimaryKey { columns, is_numbered }
    } else if tokens.take(&["UNIQUE"]) {
        ConstraintKind::Unique(key_columns(tokens)?.0)
    } else if tokens.take(&["CHECK"]) {
        ConstraintKind::Check(tokens.parenthesised()?)
    } else if tokens.take(&["FOREIGN", "KEY"]) {
        let (columns, _) = key_columns(tokens)?;
        tokens.expect("REFERENCES")?;
        let mut key = references(tokens, columns)?;
        key.deferrable = deferral(tokens).unwrap_or_default();
        ConstraintKind::ForeignKey(key)
    } else if tokens.is_symbol(",") || tokens.is_symbol(")") {
        return Ok(None);
    } else {
        return Err(tokens.unexpected("a constraint"));
    };
    on_conflict(tokens)?;
    Ok(Some(ConstraintText {
        name,
        kind,
        span: tokens.since(start),
        deferral: None,
    }))
}

/// Takes `ON CONFLICT word`, for which the model has no word.
pub(crate) fn on_conflict(tokens: &mut Tokens<'_>) -> Result<(), Misread> {
    if tokens.take(&["ON", "CONFLICT"]) {
        tokens.name()?;
    }
    Ok(())
}

/// Reads `table (columns) actions` after REFERENCES.
pub(crate) fn references(tokens: &mut Tokens<'_>, columns: Vec<Name>) -> Result<ForeignKeyText, Misread> {
    let mut key = ForeignKeyText {
        columns,
        referenced_table: tokens.name()?,
        referenced_columns: Vec::new(),
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        deferrable: Deferrable::No,
    };
    if tokens.is_symbol("(") {
        key.referenced_columns = key_columns(tokens)?.0;
    }
    loop {
        if tokens.take(&["ON", "DELETE"]) {
            key.on_delete = action(tokens)?;
        } else if tokens.take(&["ON", "UPDATE"]) {
            key.on_update = action(tokens)?;
        } else if tokens.take(&["ON", "INSERT"]) {
            // SQLite reads this and makes nothing of it.
            action(tokens)?;
        } else if tokens.take(&["MATCH"]) {
            tokens.name()?;
        } else {
            return Ok(key);
        }
    }
}

fn action(tokens: &mut Tokens<'_>) -> Result<ReferentialAction, Misread> {
    for (words, action) in [
        (&["NO", "ACTION"][..], ReferentialAction::NoAction),
        (&["RESTRICT"], ReferentialAction::Restrict),
        (&["CASCADE"], ReferentialAction::Cascade),
        (&["SET", "NULL"], ReferentialAction::SetNull),
        (&["SET", "DEFAULT"], ReferentialAction::SetDefault),
    ] {
        if tokens.take(words) {
            return Ok(action);
        }
    }
    Err(tokens.unexpected("an action"))
}

/// Takes `[NOT] DEFERRABLE [INITIALLY …]`.
pub(crate) fn deferral(tokens: &mut Tokens<'_>) -> Option<Deferrable> {
    let never = tokens.take(&["NOT", "DEFERRABLE"]);
    if !never && !tokens.take(&["DEFERRABLE"]) {
        return None;
    }
    let deferred = tokens.take(&["INITIALLY", "DEFERRED"]);
    let _is_immediate = tokens.take(&["INITIALLY", "IMMEDIATE"]);
    Some(match (never, deferred) {
        (true, _) => Deferrable::No,
        (false, true) => Deferrable::InitiallyDeferred,
        (false, false) => Deferrable::InitiallyImmediate,
    })
}
