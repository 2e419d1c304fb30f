//! Values of a type.

use crate::dialect::Value;
use crate::schema::DataType;

/// The value number `n` of a type, from 1: others for other numbers, as far as the type has so many. None for an engine's
/// own type, of which only the engine knows what it takes.
pub(super) fn sample(data_type: &DataType, n: usize) -> Option<Value> {
    let number = i64::try_from(n).unwrap_or(i64::MAX);
    Some(match data_type {
        DataType::SmallInt => Value::Integer(number % 32_000),
        DataType::Integer | DataType::BigInt => Value::Integer(number),
        DataType::Numeric { precision, scale } => numeric(*precision, *scale, n),
        DataType::Real => Value::Real(n as f64 % 1024.0 + 0.5),
        DataType::DoublePrecision => Value::Real(n as f64 + 0.5),
        DataType::Boolean => Value::Boolean(n % 2 == 1),
        DataType::Char { length } => Value::Text(padded(n, *length)),
        DataType::Varchar { length } => Value::Text(word(n, *length)),
        DataType::Text => Value::Text(word(n, u32::MAX)),
        DataType::Blob => Value::Bytes(word(n, u32::MAX).into_bytes()),
        DataType::Date => Value::Text(date(n)),
        DataType::Time => Value::Text(format!("{:02}:{:02}:{:02}", n / 3600 % 24, n / 60 % 60, n % 60)),
        DataType::Timestamp | DataType::TimestampWithTimeZone => Value::Text(format!("{} 12:00:00", date(n))),
        DataType::Uuid => Value::Text(uuid(n)),
        DataType::Json => Value::Text(format!("{{\"n\": {n}}}")),
        DataType::Enum { values } => {
            let index = n.saturating_sub(1).checked_rem(values.len())?;
            Value::Text(values.get(index)?.clone())
        }
        DataType::Native { .. } | DataType::Overridden { .. } => return None,
    })
}

/// A text of this many characters at most, another for each number while there is room.
pub(super) fn word(n: usize, length: u32) -> String {
    let digits = n.to_string();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    match length {
        0 => String::new(),
        _ if digits.len() < length => format!("v{digits}"),
        _ => {
            let from = digits.len().saturating_sub(length);
            digits.get(from..).unwrap_or_default().to_owned()
        }
    }
}

/// A text of exactly this many characters.
pub(super) fn padded(n: usize, length: u32) -> String {
    let width = usize::try_from(length).unwrap_or(usize::MAX).min(100_000);
    let word = word(n, length);
    match word.strip_prefix('v') {
        Some(digits) => format!("v{digits:0>width$}", width = width.saturating_sub(1)),
        None => format!("{word:0>width$}"),
    }
}

/// A day that every month has.
fn date(n: usize) -> String {
    let days = n.saturating_sub(1);
    format!(
        "{:04}-{:02}-{:02}",
        2001 + days / 336 % 1000,
        days / 28 % 12 + 1,
        days % 28 + 1
    )
}

fn uuid(n: usize) -> String {
    format!("00000000-0000-4000-8000-{n:012x}")
}

/// A number of these digits: whole where there is room.
fn numeric(precision: u8, scale: u8, n: usize) -> Value {
    let room = |digits: u8| 10_usize.saturating_pow(u32::from(digits));
    let whole = precision.saturating_sub(scale);
    match whole {
        0 => Value::Text(format!(
            "0.{:0>width$}",
            n % room(scale.min(15)),
            width = usize::from(scale)
        )),
        _ => Value::Text((n % room(whole.min(15))).to_string()),
    }
}

/// What engines' own types may take, where only the engine knows: the likely ones first.
pub(super) fn guesses(n: usize) -> Vec<Value> {
    let number = i64::try_from(n).unwrap_or(i64::MAX);
    let texts = [
        n.to_string(),
        word(n, u32::MAX),
        uuid(n),
        date(n),
        format!("{} 12:00:00", date(n)),
        format!("{{\"n\": {n}}}"),
        format!("{{{n}}}"),
        format!("127.0.0.{}", n % 250 + 1),
        format!("10.0.{}.0/24", n % 250 + 1),
        format!("08:00:2b:01:02:{:02x}", n % 256),
        format!("{n} days"),
        format!("[{n},{})", n + 1),
        format!("[{},{})", date(n), date(n + 1)),
        format!("({n},{n})"),
        format!("<a>{n}</a>"),
        "1".to_owned(),
        "10000000".to_owned(),
    ];
    let numbers = [Value::Integer(number), Value::Integer(number % 100)];
    let bytes = Value::Bytes(vec![1]);
    let all = texts.map(Value::Text).into_iter().chain(numbers);
    all.chain([bytes]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(data_type: &DataType, n: usize) -> String {
        sample(data_type, n)
            .and_then(|value| value.as_text().map(str::to_owned))
            .unwrap()
    }

    #[test]
    fn a_text_has_the_length_of_its_type() {
        assert_eq!(text(&DataType::Varchar { length: 50 }, 12), "v12");
        assert_eq!(text(&DataType::Varchar { length: 2 }, 12), "12");
        assert_eq!(text(&DataType::Varchar { length: 1 }, 12), "2");
        assert_eq!(text(&DataType::Char { length: 5 }, 12), "v0012");
        assert_eq!(text(&DataType::Char { length: 2 }, 12), "12");
    }

    #[test]
    fn a_number_has_the_digits_of_its_type() {
        let numeric = |precision, scale| DataType::Numeric { precision, scale };
        assert_eq!(text(&numeric(3, 1), 123), "23");
        assert_eq!(text(&numeric(2, 2), 7), "0.07");
        assert_eq!(text(&numeric(38, 30), 7), "7");
    }

    #[test]
    fn a_word_of_an_enumeration_comes_again() {
        let values = vec!["a".to_owned(), "b".to_owned()];
        let data_type = DataType::Enum { values };
        assert_eq!([1, 2, 3].map(|n| text(&data_type, n)), ["a", "b", "a"]);
        assert_eq!(sample(&DataType::Enum { values: Vec::new() }, 1), None);
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        assert_eq!(text(&DataType::Date, 1), "2001-01-01");
        assert_eq!(text(&DataType::Date, 29), "2001-02-01");
        assert_eq!(text(&DataType::Date, 337), "2002-01-01");
    }
}
