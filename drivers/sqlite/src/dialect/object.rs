//! Changing an object that is in two catalogues.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::Disturbed;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Name;

use super::default;
use super::default::DefaultKind;
use super::rebuild::Remaking;
use super::traits::SQLITE;
use super::unlinked::without_foreign_keys;
use crate::catalogue::canonical;
use crate::catalogue::has_foreign_key;
use crate::catalogue::is_virtual;
use crate::catalogue::refers_to;
use crate::text::ClauseKind;
use crate::text::ColumnText;
use crate::text::ConstraintKind;
use crate::text::TableText;
use crate::text::bare;

/// How an object is changed: new columns are added to a table where that is enough, else it is rebuilt; everything else is
/// made anew.
pub(super) fn alter(change: &Change<'_>) -> Alteration {
    let (from, to) = (text(change.from), text(change.to));
    if change.from.id.kind != Kind::Table || is_virtual(from) || is_virtual(to) {
        return Alteration::Anew;
    }
    let altered = Name::exact(change.from.id.name.as_str())
        .map_err(|error| error.to_string())
        .and_then(|table| table_alteration(&table, change).map_err(|error| error.to_string()));
    altered.unwrap_or_else(Alteration::Impossible)
}

fn text(object: &Object) -> &str {
    object.create.first().map_or("", String::as_str)
}

fn table_alteration(table: &Name, change: &Change<'_>) -> Result<Alteration, RenderError> {
    let (from, to) = (text(change.from), text(change.to));
    let remaking = Remaking::new(table, from, to)?;
    if let Some(columns) = added(&remaking, to)? {
        let statements = columns
            .iter()
            .map(|column| render::alter_table(&SQLITE, table, &format!("ADD COLUMN {column}")));
        return Ok(Alteration::quiet(statements.collect()));
    }
    let mut statements = remaking.statements()?;
    if is_linked(table, change) {
        statements = without_foreign_keys(statements);
    }
    Ok(Alteration::InPlace {
        statements,
        disturbed: Disturbed::Everything,
        losses: remaking.losses()?,
    })
}

/// Whether a foreign key leads to the table or from it, before or after. Then a check of foreign keys may fail while other
/// tables are not yet what they are to be.
fn is_linked(table: &Name, change: &Change<'_>) -> bool {
    let all = change.before.objects().chain(change.after.objects());
    let mut tables = all.filter(|object| object.id.kind == Kind::Table);
    has_foreign_key(text(change.from))
        || has_foreign_key(text(change.to))
        || tables.any(|object| refers_to(text(object), table.as_str()))
}

/// The definitions of the columns that ADD COLUMN can add, when nothing else is different.
fn added<'a>(remaking: &Remaking, to: &'a str) -> Result<Option<Vec<&'a str>>, RenderError> {
    let Some(new) = remaking.new_columns()? else {
        return Ok(None);
    };
    let read = TableText::read(to).ok();
    let columns = read.map(|read| read.columns).unwrap_or_default();
    let columns: Vec<ColumnText<'a>> = columns
        .into_iter()
        .filter(|column| new.contains(&column.name))
        .collect();
    if columns.is_empty() || !columns.iter().all(|column| can_be_added(column, to)) {
        return Ok(None);
    }
    let columns: Vec<&str> = columns.iter().map(|column| column.span.slice(to)).collect();
    let grown = remaking.grown(&columns)?;
    let same =
        canonical::of_table(&grown).is_ok_and(|grown| canonical::of_table(to).is_ok_and(|to| to == grown));
    Ok(same.then_some(columns))
}

/// Whether ADD COLUMN takes the column also when the table has rows.
fn can_be_added(column: &ColumnText<'_>, sql: &str) -> bool {
    let clause = |kind: ClauseKind| column.clauses.iter().find(move |clause| clause.kind == kind);
    let default = clause(ClauseKind::Default).map_or(DefaultKind::Null, |clause| {
        let text = bare(clause.span.slice(sql));
        default::kind_of_text(text.get("DEFAULT".len()..).unwrap_or_default())
    });
    let is_required = clause(ClauseKind::NotNull).is_some();
    let takes_value = match default {
        DefaultKind::Null => !is_required || column.generated.is_some(),
        DefaultKind::Literal => true,
        DefaultKind::Clock | DefaultKind::Computed => false,
    };
    let takes = |kind: &ConstraintKind<'_>| match kind {
        ConstraintKind::PrimaryKey { .. } | ConstraintKind::Unique(_) => false,
        ConstraintKind::ForeignKey(_) => default == DefaultKind::Null,
        ConstraintKind::Check(_) => true,
    };
    let mut constraints = column.constraints.iter();
    takes_value && !column.is_stored && constraints.all(|constraint| takes(&constraint.kind))
}
