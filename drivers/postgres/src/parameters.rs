//! Parameters of a query.
//!
//! They are written into its text as literals. A prepared statement would belong to one backend, and a pooler may give the
//! next message to another; and a quoted literal takes the type of its place, as the parameter would.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::TokenKind;

use crate::dialect::POSTGRES;

/// A query with its parameters, `?` or `$1`, replaced by values.
pub(crate) fn write(sql: &str, parameters: &[Value]) -> Result<String, DriverError> {
    let rules = rules();
    let mut text = String::with_capacity(sql.len());
    let mut next: usize = 0;
    let mut used: usize = 0;
    for token in Lexer::new(sql, &rules) {
        let word = token.span.slice(sql);
        let position = match (token.kind, word.strip_prefix('$')) {
            (TokenKind::Parameter, None) => {
                next += 1;
                Some(next)
            }
            (TokenKind::Parameter, Some(number)) => number.parse().ok(),
            _ => None,
        };
        let Some(position) = position else {
            text.push_str(word);
            continue;
        };
        used = used.max(position);
        let value = position
            .checked_sub(1)
            .and_then(|index| parameters.get(index))
            .ok_or_else(|| wrong(position, parameters.len()))?;
        // A literal must not grow together with what stands beside it.
        text.push_str(&format!(" {} ", literal(value)));
    }
    if used == parameters.len() {
        Ok(text)
    } else {
        Err(wrong(used, parameters.len()))
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Integer(number) if *number < 0 => format!("({number})"),
        Value::Real(number) => format!("'{number}'::float8"),
        value => POSTGRES.literal(value),
    }
}

fn wrong(in_text: usize, given: usize) -> DriverError {
    DriverError::new(
        DriverErrorKind::Other,
        format!("the query has {in_text} parameters, and {given} values were given"),
    )
    .with_hint("write a question mark for each value; a question mark that is an operator of PostgreSQL's has a function of \
                the same meaning, like jsonb_exists")
}

/// PostgreSQL's rules, with question marks as parameters.
fn rules() -> LexicalRules {
    let mut rules = *POSTGRES.lexical_rules();
    rules.custom_operators = false;
    rules.question_parameters = true;
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_marks_stood() {
        let values = [Value::from("it's ?"), Value::Integer(-3), Value::Null];
        assert_eq!(
            write("SELECT '?', a=?, b-? FROM t -- ?\nWHERE c IS ?", &values).unwrap(),
            "SELECT '?', a= 'it''s ?' , b- (-3)  FROM t -- ?\nWHERE c IS  NULL "
        );
        assert_eq!(
            write("SELECT $2, $1, $2", &[Value::Integer(1), Value::Integer(2)]).unwrap(),
            "SELECT  2 ,  1 ,  2 "
        );
    }

    #[test]
    fn as_many_values_as_marks() {
        assert!(write("SELECT ?", &[]).is_err());
        assert!(write("SELECT 1", &[Value::Null]).is_err());
        assert!(write("SELECT $3", &[Value::Null]).is_err());
    }
}
