//! What a CHECK says of a row.

use std::cmp::Ordering;

use super::formula::Formula;
use crate::dialect::Value;
use crate::schema::Name;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Null,
    Truth(bool),
    Number(f64),
    Text(String),
    /// Only the database can tell.
    Unknown,
}

/// Whether a row may break a CHECK: only a plain `false` does. `value` is that of a column, none where it is not known.
pub(super) fn may_hold(formula: &Formula, value: &dyn Fn(&Name) -> Option<Value>) -> bool {
    truth(evaluate(formula, value)) != Answer::Truth(false)
}

fn evaluate(formula: &Formula, value: &dyn Fn(&Name) -> Option<Value>) -> Answer {
    let of = |formula: &Formula| evaluate(formula, value);
    match formula {
        Formula::Column(name) => value(name).map_or(Answer::Unknown, answer),
        Formula::Text(text) => Answer::Text(text.clone()),
        Formula::Number(number) => Answer::Number(*number),
        Formula::Truth(truth) => Answer::Truth(*truth),
        Formula::Null => Answer::Null,
        Formula::Unknown => Answer::Unknown,
        Formula::Not(inner) => not(truth(of(inner))),
        Formula::Negative(inner) => match number(of(inner)) {
            Answer::Number(number) => Answer::Number(-number),
            other => other,
        },
        Formula::Binary(operator, left, right) => binary(operator, of(left), of(right)),
        Formula::IsNull(inner) => match of(inner) {
            Answer::Unknown => Answer::Unknown,
            found => Answer::Truth(found == Answer::Null),
        },
        Formula::Is(inner, wanted) => match truth(of(inner)) {
            Answer::Unknown => Answer::Unknown,
            found => Answer::Truth(found == Answer::Truth(*wanted)),
        },
        Formula::In(inner, list) => {
            let subject = of(inner);
            let tried = list.iter().map(|item| compare("=", subject.clone(), of(item)));
            tried.fold(Answer::Truth(false), |one, other| either(&one, &other))
        }
        Formula::Like(inner, pattern) => match (of(inner), of(pattern)) {
            (Answer::Text(text), Answer::Text(pattern)) => {
                let text: Vec<char> = text.chars().collect();
                let pattern: Vec<char> = pattern.chars().collect();
                // Whether case counts is the engine's affair.
                match is_like(&text, &pattern) {
                    true => Answer::Truth(true),
                    false if is_like(&lower(&text), &lower(&pattern)) => Answer::Unknown,
                    false => Answer::Truth(false),
                }
            }
            (Answer::Null, _) | (_, Answer::Null) => Answer::Null,
            _ => Answer::Unknown,
        },
        Formula::Case(branches, otherwise) => {
            for (when, then) in branches {
                match truth(of(when)) {
                    Answer::Truth(true) => return of(then),
                    Answer::Unknown => return Answer::Unknown,
                    _ => {}
                }
            }
            of(otherwise)
        }
        Formula::Call(name, arguments) => call(name, &arguments.iter().map(of).collect::<Vec<_>>()),
    }
}

fn answer(value: Value) -> Answer {
    match value {
        Value::Null => Answer::Null,
        Value::Boolean(truth) => Answer::Truth(truth),
        Value::Integer(number) => Answer::Number(number as f64),
        Value::Real(number) => Answer::Number(number),
        Value::Text(text) => Answer::Text(text),
        Value::Bytes(_) => Answer::Unknown,
    }
}

fn truth(found: Answer) -> Answer {
    match found {
        Answer::Number(number) => Answer::Truth(number != 0.0),
        Answer::Text(_) => Answer::Unknown,
        other => other,
    }
}

fn number(found: Answer) -> Answer {
    match found {
        Answer::Text(text) => text.trim().parse().map_or(Answer::Unknown, Answer::Number),
        Answer::Truth(truth) => Answer::Number(f64::from(u8::from(truth))),
        other => other,
    }
}

fn not(found: Answer) -> Answer {
    match found {
        Answer::Truth(truth) => Answer::Truth(!truth),
        other => other,
    }
}

fn either(one: &Answer, other: &Answer) -> Answer {
    let both = [one, other];
    if both.contains(&&Answer::Truth(true)) {
        Answer::Truth(true)
    } else if both.contains(&&Answer::Unknown) {
        Answer::Unknown
    } else if both.contains(&&Answer::Null) {
        Answer::Null
    } else {
        Answer::Truth(false)
    }
}

fn binary(operator: &str, left: Answer, right: Answer) -> Answer {
    match operator {
        "OR" => either(&truth(left), &truth(right)),
        "AND" => not(either(&not(truth(left)), &not(truth(right)))),
        "=" | "<>" | "<" | "<=" | ">" | ">=" => compare(operator, left, right),
        "||" => match (left, right) {
            (Answer::Null, _) | (_, Answer::Null) => Answer::Null,
            (Answer::Text(left), Answer::Text(right)) => Answer::Text(left + &right),
            _ => Answer::Unknown,
        },
        _ => match (number(left), number(right)) {
            (Answer::Null, _) | (_, Answer::Null) => Answer::Null,
            (Answer::Number(left), Answer::Number(right)) => calculate(operator, left, right),
            _ => Answer::Unknown,
        },
    }
}

fn calculate(operator: &str, left: f64, right: f64) -> Answer {
    match operator {
        "+" => Answer::Number(left + right),
        "-" => Answer::Number(left - right),
        "*" => Answer::Number(left * right),
        "%" if right != 0.0 => Answer::Number(left % right),
        // Whether a quotient is whole is the engine's affair.
        _ => Answer::Unknown,
    }
}

fn compare(operator: &str, left: Answer, right: Answer) -> Answer {
    let ordering = match (left, right) {
        (Answer::Unknown, _) | (_, Answer::Unknown) => return Answer::Unknown,
        (Answer::Null, _) | (_, Answer::Null) => return Answer::Null,
        (Answer::Text(left), Answer::Text(right)) => {
            // Numbers are kept as text too, and texts are ordered by the engine's own rules.
            match (left.parse::<f64>(), right.parse::<f64>()) {
                (Ok(left), Ok(right)) => left.partial_cmp(&right),
                _ if left == right => Some(Ordering::Equal),
                _ => Some(left.cmp(&right)),
            }
        }
        (left, right) => match (number(left), number(right)) {
            (Answer::Number(left), Answer::Number(right)) => left.partial_cmp(&right),
            _ => None,
        },
    };
    let Some(ordering) = ordering else {
        return Answer::Unknown;
    };
    Answer::Truth(match operator {
        "=" => ordering.is_eq(),
        "<>" => ordering.is_ne(),
        "<" => ordering.is_lt(),
        "<=" => ordering.is_le(),
        ">" => ordering.is_gt(),
        _ => ordering.is_ge(),
    })
}

fn call(name: &str, arguments: &[Answer]) -> Answer {
    match (name, arguments) {
        ("coalesce", arguments) => {
            let found = arguments.iter().find(|argument| **argument != Answer::Null);
            found.cloned().unwrap_or(Answer::Null)
        }
        (_, arguments) if arguments.contains(&Answer::Null) => Answer::Null,
        ("length", [Answer::Text(text)]) => Answer::Number(text.chars().count() as f64),
        ("lower", [Answer::Text(text)]) => Answer::Text(text.to_lowercase()),
        ("upper", [Answer::Text(text)]) => Answer::Text(text.to_uppercase()),
        ("trim", [Answer::Text(text)]) => Answer::Text(text.trim_matches(' ').to_owned()),
        ("ltrim", [Answer::Text(text)]) => Answer::Text(text.trim_start_matches(' ').to_owned()),
        ("rtrim", [Answer::Text(text)]) => Answer::Text(text.trim_end_matches(' ').to_owned()),
        ("instr", [Answer::Text(text), Answer::Text(part)]) => Answer::Number(
            text.find(part.as_str())
                .and_then(|at| text.get(..at))
                .map_or(0.0, |before| before.chars().count() as f64 + 1.0),
        ),
        ("abs", [argument]) => match number(argument.clone()) {
            Answer::Number(number) => Answer::Number(number.abs()),
            _ => Answer::Unknown,
        },
        _ => Answer::Unknown,
    }
}

fn lower(text: &[char]) -> Vec<char> {
    text.iter().flat_map(|letter| letter.to_lowercase()).collect()
}

fn is_like(text: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('%', rest)) => {
            (0..=text.len()).any(|from| text.get(from..).is_some_and(|text| is_like(text, rest)))
        }
        Some(('_', rest)) => text.split_first().is_some_and(|(_, text)| is_like(text, rest)),
        Some((letter, rest)) => text
            .split_first()
            .is_some_and(|(first, text)| first == letter && is_like(text, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::formula::read;
    use super::*;
    use crate::operation::testing::run;

    /// Whether a CHECK may hold for a row with these values.
    fn holds(check: &str, values: &[(&str, Value)]) -> bool {
        let formula = read(&run(check)).unwrap_or_else(|| panic!("{check} is not read"));
        may_hold(&formula, &|name| {
            let found = values.iter().find(|(column, _)| *column == name.as_str());
            found.map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn a_row_that_breaks_a_check_is_seen() {
        let row = [
            ("n", Value::Integer(5)),
            ("t", Value::from("sha256:ab")),
            ("e", Value::Null),
            ("d", Value::from("10.50")),
        ];
        for (check, expected) in [
            ("n > 4", true),
            ("n < 5 OR n = 7", false),
            ("n BETWEEN 1 AND 5 AND NOT n = 5", false),
            ("n IN ( 1 , 5 )", true),
            ("n NOT IN ( 1 , 5 )", false),
            ("n + 2 * 3 = 11", true),
            ("( n + 2 ) * 3 = 21", true),
            ("- n < 0", true),
            ("t LIKE 'sha256:%'", true),
            ("t LIKE 'sha1:%'", false),
            ("lower( t ) LIKE 'SHA%'", true),
            ("length( t ) = 9", true),
            ("length( t ) > 9", false),
            ("e IS NULL", true),
            ("e IS NOT NULL", false),
            ("e = 1", true),
            ("coalesce( e , 3 ) = 4", false),
            ("d >= 10 AND d < 11", true),
            ("d > 100", false),
            ("CASE WHEN n = 5 THEN t = 'x' ELSE TRUE END", false),
            ("CASE n WHEN 6 THEN FALSE END", true),
            ("nullif( n , 5 ) = 1", true),
        ] {
            assert_eq!(holds(check, &row), expected, "{check}");
        }
    }

    #[test]
    fn what_is_not_known_may_hold() {
        assert!(holds("n > 4", &[]));
        assert!(!holds("n > 4 AND m = 1", &[("n", Value::Integer(1))]));
        assert!(holds(
            "CURRENT_TIMESTAMP > n",
            &[("n", Value::from("2001-01-01"))]
        ));
    }

    #[test]
    fn what_is_no_expression_is_not_read() {
        for text in ["n >", "n NOT 3", "( n", "n IN 3"] {
            assert_eq!(read(&run(text)), None, "{text}");
        }
    }
}
