//! The names in an expression that belongs to one table.

use super::words::Words;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;

/// What a name in an expression of a table is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Table,
    Column,
    /// The name of something that no operation changes: a collation.
    Other,
}

/// The columns that an expression reads, each once. A dialect's own text has none that can be known.
pub(crate) fn columns_of(expression: &Expression) -> Vec<Name> {
    let mut columns = Vec::new();
    if let Expression::Portable(run) = expression {
        for (index, piece) in run.0.iter().enumerate() {
            if let Piece::Name(name) = piece
                && role(run, index) == Role::Column
                && !columns.contains(name)
            {
                columns.push(name.clone());
            }
        }
    }
    columns
}

/// Gives a column its new name in an expression of its table.
pub(crate) fn rename_column_in(expression: &mut Expression, from: &Name, to: &Name) {
    rename(expression, Role::Column, from, to);
}

/// Gives a table its new name in one of its own expressions.
pub(crate) fn rename_table_in(expression: &mut Expression, from: &Name, to: &Name) {
    rename(expression, Role::Table, from, to);
}

/// The columns that a run compares with, or sets to, a number that is written beside them: `column = 1`. Queries
/// within it are left out: their columns are those of other tables.
pub(crate) fn numbers_beside(run: &TokenRun) -> Vec<(&Name, &str)> {
    const COMPARISONS: [&str; 6] = ["=", "<>", "<", ">", "<=", ">="];
    let words = Words(&run.0);
    let mut own = Vec::new();
    let mut index = 0;
    while let Some(piece) = run.0.get(index) {
        own.push(piece);
        let query = *piece == Piece::Open && words.starts_query(index + 1);
        index = if query { words.close_of(index) } else { index + 1 };
    }
    own.windows(3)
        .filter_map(|window| match window {
            [
                Piece::Name(column),
                Piece::Operator(operator),
                Piece::Number(number),
            ]
            | [
                Piece::Number(number),
                Piece::Operator(operator),
                Piece::Name(column),
            ] if COMPARISONS.contains(&operator.as_str()) => Some((column, number.as_str())),
            _ => None,
        })
        .collect()
}

fn rename(expression: &mut Expression, wanted: Role, from: &Name, to: &Name) {
    let Expression::Portable(run) = expression else {
        return;
    };
    let places: Vec<usize> = (0..run.0.len())
        .filter(|&index| role(run, index) == wanted)
        .collect();
    for place in places {
        if let Some(Piece::Name(name)) = run.0.get_mut(place)
            && name == from
        {
            *name = to.clone();
        }
    }
}

fn role(run: &TokenRun, index: usize) -> Role {
    let before = index.checked_sub(1).and_then(|before| run.0.get(before));
    match (before, run.0.get(index + 1)) {
        (Some(Piece::Keyword(word)), _) if word == "COLLATE" => Role::Other,
        (_, Some(Piece::Dot)) => Role::Table,
        _ => Role::Column,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::exact(text).unwrap()
    }

    #[test]
    fn a_column_is_renamed_and_its_table_and_collation_are_not() {
        let run = |column: &str| {
            TokenRun(vec![
                Piece::Name(name("a")),
                Piece::Dot,
                Piece::Name(name(column)),
                Piece::Keyword("COLLATE".to_owned()),
                Piece::Name(name("a")),
                Piece::Operator("<".to_owned()),
                Piece::Name(name(column)),
            ])
        };
        let mut expression = Expression::Portable(run("a"));
        rename_column_in(&mut expression, &name("a"), &name("b"));
        assert_eq!(expression, Expression::Portable(run("b")));
        assert_eq!(columns_of(&expression), [name("b")]);
    }

    #[test]
    fn numbers_are_found_on_both_sides() {
        let run = TokenRun(vec![
            Piece::Number("1".to_owned()),
            Piece::Operator("=".to_owned()),
            Piece::Name(name("a")),
            Piece::Operator("+".to_owned()),
            Piece::Number("2".to_owned()),
        ]);
        assert_eq!(numbers_beside(&run), [(&name("a"), "1")]);
    }
}
