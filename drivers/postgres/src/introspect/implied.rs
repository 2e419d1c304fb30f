//! Checks that the dialect adds to a column for its type.

use limbeck_core::schema::Check;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Table;

use crate::dialect::check_name;

/// Gives a text column the type for which the dialect has added a check, and takes that check away. Its name must be the
/// present one: it is by this name that the check is changed with the column.
pub(super) fn fold(table: &mut Table) {
    for column in &mut table.columns {
        if column.data_type != DataType::Text {
            continue;
        }
        let name = check_name(&table.name, &column.name);
        let implied = table.checks.iter().enumerate().find_map(|(at, check)| {
            let values = words(check, &column.name).filter(|_| check.name == name)?;
            Some((at, values))
        });
        if let Some((at, values)) = implied {
            table.checks.remove(at);
            column.data_type = DataType::Enum { values };
        }
    }
}

/// The words of `column IN ('…', …)` or, if it is only one, of `column = '…'`.
fn words(check: &Check, column: &Name) -> Option<Vec<String>> {
    let Expression::Portable(run) = &check.expression else {
        return None;
    };
    let (list, one) = match run.0.as_slice() {
        [
            Piece::Name(name),
            Piece::Keyword(word),
            Piece::Open,
            list @ ..,
            Piece::Close,
        ] if word == "IN" => (list, name),
        [Piece::Name(name), Piece::Operator(operator), list @ ..] if operator == "=" => (list, name),
        _ => return None,
    };
    let words = list.chunks(2).map(|item| match item {
        [Piece::String(word)] | [Piece::String(word), Piece::Comma] => Some(word.clone()),
        _ => None,
    });
    words.collect::<Option<Vec<_>>>().filter(|_| one == column)
}
