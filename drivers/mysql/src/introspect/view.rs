//! Views.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::schema::Expression;
use limbeck_core::schema::View;
use limbeck_core::sql::Lexer;

use super::name;
use super::text;
use crate::dialect::RULES;

/// A view with the names of its columns: the engine's text of a query may give them others. One that does not work has none.
pub(super) fn read(row: &Row, columns: &[Row]) -> Result<View, DriverError> {
    let query = without_database(text(row, 1), text(row, 2));
    let columns = columns.iter().map(|row| name(row, 1));
    Ok(View::new(
        name(row, 0)?,
        columns.collect::<Result<_, _>>()?,
        Expression::Native(query),
    ))
}

/// A query without the name of its own database before each table.
fn without_database(query: &str, database: &str) -> String {
    let quoted = format!("`{}`", database.replace('`', "``"));
    let mut text = String::with_capacity(query.len());
    let mut tokens = Lexer::new(query, &RULES).peekable();
    while let Some(token) = tokens.next() {
        let word = token.span.slice(query);
        let is_before_dot = tokens.peek().is_some_and(|next| next.span.slice(query) == ".");
        if word == quoted && is_before_dot && !text.ends_with('.') {
            tokens.next();
            continue;
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_database;

    #[test]
    fn only_the_name_of_the_database_goes() {
        assert_eq!(
            without_database(
                "select `shop`.`t`.`shop` AS `x`,'`shop`.' from `shop`.`t`",
                "shop"
            ),
            "select `t`.`shop` AS `x`,'`shop`.' from `t`"
        );
    }
}
