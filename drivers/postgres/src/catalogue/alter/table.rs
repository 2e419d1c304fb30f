//! Tables.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::catalogue::ColumnText;
use limbeck_core::catalogue::Disturbed;
use limbeck_core::catalogue::Kind;
use limbeck_core::dialect;
use limbeck_core::dialect::Version;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;

use super::column;
use super::column::Columns;
use super::column::Place;
use super::inherited;
use super::inherited::Effective;
use super::noted;
use super::parents;
use crate::catalogue::attribute;
use crate::dialect::RULES;

pub(super) fn alter(change: &Change<'_>, server: &Version) -> Alteration {
    let (from, to) = (change.from, change.to);
    let table = noted(to, attribute::TABLE);
    if noted(from, attribute::PARTITION_KEY) != noted(to, attribute::PARTITION_KEY) {
        let why = "a table with rows cannot be divided into partitions, or be divided in another way";
        return Alteration::Impossible(why.to_owned());
    }
    if noted(from, attribute::SERVER) != noted(to, attribute::SERVER) || foreign_options_differ(change) {
        return Alteration::Anew;
    }
    let place = Place {
        table,
        name: noted(to, "name"),
        major: server.major,
    };
    let columns = match columns(change, place) {
        Ok(columns) => columns,
        Err(why) => return Alteration::Impossible(why),
    };
    let mut statements = parents::leave(change);
    if noted(from, attribute::METHOD) != noted(to, attribute::METHOD) {
        if server.major < 15 {
            return Alteration::Impossible(
                "the server cannot change the access method of a table".to_owned(),
            );
        }
        let method = noted(to, attribute::METHOD);
        let method = if method.is_empty() { "heap" } else { method };
        statements.push(format!("ALTER TABLE {table} SET ACCESS METHOD {method}"));
    }
    match (noted(from, attribute::UNLOGGED), noted(to, attribute::UNLOGGED)) {
        (old, new) if old == new => {}
        (_, "") => statements.push(format!("ALTER TABLE {table} SET LOGGED")),
        _ => statements.push(format!("ALTER TABLE {table} SET UNLOGGED")),
    }
    statements.extend(columns.first);
    if !columns.actions.is_empty() {
        statements.push(format!(
            "ALTER TABLE {table}\n    {}",
            columns.actions.join(",\n    ")
        ));
    }
    statements.extend(columns.last);
    statements.extend(parents::join(change));
    let mut disturbed = columns.disturbed;
    disturbed.extend(
        columns
            .touched
            .into_iter()
            .filter(|column| is_watched(change, column)),
    );
    Alteration::InPlace {
        disturbed: match (takes_indexes(change), disturbed.is_empty()) {
            (true, _) => Disturbed::Everything,
            (false, true) => Disturbed::Nothing,
            (false, false) => Disturbed::Columns(disturbed),
        },
        statements,
        losses: columns.losses,
    }
}

/// Whether a table becomes a partition that has indexes of its own: the server would take them as those of the whole table.
fn takes_indexes(change: &Change<'_>) -> bool {
    let mut after = change.after.objects();
    !parents::join(change).is_empty()
        && !noted(change.to, attribute::BOUND).is_empty()
        && after.any(|object| {
            matches!(object.id.kind, Kind::Index | Kind::Constraint)
                && object.part_of.as_ref() == Some(&change.to.id)
        })
}

fn foreign_options_differ(change: &Change<'_>) -> bool {
    let options = |column: &ColumnText| column.attributes.get(attribute::column::FOREIGN).cloned();
    change.from.columns.iter().any(|column| {
        let other = change.to.column(&column.name);
        other.is_some_and(|other| options(column) != options(other))
    })
}

/// Whether something uses a column that the server does not make again by itself when the column's type changes.
fn is_watched(change: &Change<'_>, column: &str) -> bool {
    change.before.objects().any(|object| {
        let makes_again = matches!(
            object.id.kind,
            Kind::Index | Kind::Constraint | Kind::ForeignKey | Kind::Statistics | Kind::Ownership
        );
        let mut needs = object.needs.iter();
        !makes_again
            && needs.any(|need| need.object == change.from.id && need.column.as_deref() == Some(column))
    })
}

fn columns(change: &Change<'_>, place: Place<'_>) -> Result<Columns, String> {
    let from = inherited::columns(change.from, change.before);
    let to = inherited::columns(change.to, change.after);
    let keeps_parents = noted(change.from, attribute::PARENTS) == noted(change.to, attribute::PARENTS);
    let mut columns = Columns::default();
    for Effective { text, inherited } in &from {
        let wanted = to.iter().find(|other| other.text.name == text.name);
        match wanted {
            // It goes with that of the table above.
            None if *inherited && keeps_parents => {}
            None => {
                columns.drop(text);
                columns.lose(&text.name);
            }
            Some(wanted) if *inherited && wanted.inherited && keeps_parents => {
                columns.alter_inherited(place, text, &wanted.text);
            }
            Some(wanted) if anew(&from, &to, text, &wanted.text, place.major) => {
                columns.make_anew(place, text, &wanted.text);
            }
            Some(wanted) => {
                let key = noted(change.to, attribute::PARTITION_KEY);
                if column::changes_type(text, &wanted.text) && mentions(key, &text.name) {
                    return Err(format!(
                        "the column {} decides in which partition a row is, and cannot change its type",
                        text.name
                    ));
                }
                columns.alter(place, text, &wanted.text);
            }
        }
    }
    let above = inherited::above(change.to, change.after);
    for Effective { text, inherited } in &to {
        if from.iter().any(|other| other.text.name == text.name) {
            continue;
        }
        let from_above = above.iter().find(|other| other.text.name == text.name);
        match from_above.filter(|_| *inherited && keeps_parents) {
            Some(above) => columns.alter_inherited(place, &above.text, text),
            None => columns.add(place, text),
        }
    }
    Ok(columns)
}

/// Whether a column is computed otherwise, or from one of another type.
fn anew(from: &[Effective], to: &[Effective], old: &ColumnText, new: &ColumnText, major: u32) -> bool {
    if column::is_made_anew(old, new, major) {
        return true;
    }
    let (Some(expression), Some(_)) = (
        old.attributes.get(attribute::column::EXPRESSION),
        new.attributes.get(attribute::column::EXPRESSION),
    ) else {
        return false;
    };
    from.iter().any(|source| {
        let wanted = to.iter().find(|other| other.text.name == source.text.name);
        let changes = wanted.is_none_or(|wanted| {
            column::changes_type(&source.text, &wanted.text)
                || column::is_made_anew(&source.text, &wanted.text, major)
        });
        changes && source.text.name != old.name && mentions(expression, &source.text.name)
    })
}

/// Whether a text of SQL names a column. The answer may be a false yes.
fn mentions(sql: &str, column: &str) -> bool {
    let expression = Expression::Native(sql.to_owned());
    Name::exact(column).is_ok_and(|name| dialect::mentions(&expression, &name, &RULES))
}
