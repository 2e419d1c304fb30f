//! Numbers, which stay as exact as they are written.

use std::borrow::Cow;

use crate::data_file::DataFault;
use crate::operation::inserts::Literal;
use crate::schema::DataType;

/// A whole number within the bounds of its type.
pub(super) fn whole<'a>(value: &'a str, data_type: &DataType) -> Result<Literal<'a>, DataFault> {
    let (range, expected) = match data_type {
        DataType::SmallInt => (i64::from(i16::MIN)..=i64::from(i16::MAX), "a SMALLINT"),
        DataType::Integer => (i64::from(i32::MIN)..=i64::from(i32::MAX), "an INTEGER"),
        _ => (i64::MIN..=i64::MAX, "a BIGINT"),
    };
    let text = value.trim();
    let number = text.parse::<i64>().ok().filter(|number| range.contains(number));
    let number = number.ok_or_else(|| DataFault::value(value, expected))?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain = digits.starts_with(|first: char| matches!(first, '1'..='9'));
    Ok(Literal::Number(match is_plain {
        true => Cow::Borrowed(text),
        false => Cow::Owned(number.to_string()),
    }))
}

/// A decimal number that loses no digit.
pub(super) fn exact(value: &str, precision: u8, scale: u8) -> Result<Literal<'_>, DataFault> {
    let refused = || DataFault::value(value, format!("a NUMERIC({precision}, {scale})"));
    let number = Decimal::read(value).filter(|number| number.exponent.is_none());
    let mut number = number.ok_or_else(refused)?;
    if number.fraction.len() > usize::from(scale) {
        number.fraction = number.fraction.trim_end_matches('0');
    }
    let whole_digits = usize::from(precision.saturating_sub(scale));
    if number.whole.len() > whole_digits || number.fraction.len() > usize::from(scale) {
        return Err(refused());
    }
    Ok(Literal::Number(number.written(value)))
}

/// A binary number that is finite.
pub(super) fn binary<'a>(value: &'a str, data_type: &DataType) -> Result<Literal<'a>, DataFault> {
    let (limit, expected) = match data_type {
        DataType::Real => (f64::from(f32::MAX), "a REAL"),
        _ => (f64::MAX, "a DOUBLE PRECISION"),
    };
    let text = Decimal::read(value).map(|number| number.written(value));
    text.filter(|text| text.parse::<f64>().is_ok_and(|number| number.abs() <= limit))
        .map(Literal::Number)
        .ok_or_else(|| DataFault::value(value, expected))
}

/// A decimal number in its parts. Zeros in front are left out.
struct Decimal<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
    /// With its sign.
    exponent: Option<&'a str>,
}

impl<'a> Decimal<'a> {
    fn read(value: &'a str) -> Option<Self> {
        let value = value.trim();
        let is_negative = value.starts_with('-');
        let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
        let at = unsigned.bytes().position(|byte| byte.eq_ignore_ascii_case(&b'e'));
        let (mantissa, exponent) = match at.and_then(|at| unsigned.split_at_checked(at)) {
            Some((mantissa, exponent)) => (mantissa, exponent.get(1..)),
            None => (unsigned, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_exponent = |text: &str| {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            !digits.is_empty() && are_digits(digits)
        };
        let is_number = are_digits(whole)
            && are_digits(fraction)
            && !(whole.is_empty() && fraction.is_empty())
            && exponent.is_none_or(is_exponent);
        is_number.then(|| Self {
            is_negative,
            whole: whole.trim_start_matches('0'),
            fraction,
            exponent,
        })
    }

    /// The number in the one form that every engine reads: a sign only before what is not zero. `source` is what it was
    /// read from, which most often has that form already.
    fn written(&self, source: &'a str) -> Cow<'a, str> {
        let Self {
            is_negative,
            whole,
            fraction,
            exponent,
        } = *self;
        let is_zero = whole.is_empty() && fraction.bytes().all(|digit| digit == b'0');
        let sign = if is_negative && !is_zero { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        let parts = [sign, whole, point, fraction];
        let source = source.trim();
        let rest = parts
            .iter()
            .try_fold(source, |rest, part| rest.strip_prefix(part));
        if rest == Some("") {
            return Cow::Borrowed(source);
        }
        let mut text = parts.concat();
        if let Some(exponent) = exponent {
            text.push('e');
            text.push_str(exponent);
        }
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Result<Literal<'_>, DataFault>) -> String {
        match answer {
            Ok(Literal::Number(number)) => number.into_owned(),
            Ok(other) => panic!("{other:?}"),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn whole_numbers_fit_their_type() {
        let integer = |value| text(whole(value, &DataType::Integer));
        assert_eq!(integer(" 007 "), "7");
        assert_eq!(integer("+5"), "5");
        assert_eq!(integer("-0"), "0");
        assert_eq!(integer("-07"), "-7");
        assert_eq!(integer("-2147483648"), "-2147483648");
        for wrong in ["2147483648", "1.0", "1e3", "x", "١"] {
            assert_eq!(integer(wrong), format!("`{wrong}` is not an INTEGER"));
        }
        assert_eq!(
            text(whole("-32769", &DataType::SmallInt)),
            "`-32769` is not a SMALLINT"
        );
        let smallest = i64::MIN.to_string();
        assert_eq!(text(whole(&smallest, &DataType::BigInt)), smallest);
        assert_eq!(
            text(whole("9223372036854775808", &DataType::BigInt)),
            "`9223372036854775808` is not a BIGINT"
        );
    }

    #[test]
    fn exact_numbers_lose_no_digit() {
        let number = |value| text(exact(value, 5, 2));
        for (value, written) in [
            ("1", "1"),
            ("-001.5", "-1.5"),
            ("-.50", "-0.50"),
            ("-.500", "-0.5"),
            ("-0.00", "0.00"),
            (".5", "0.5"),
            ("5.", "5"),
            ("999.99", "999.99"),
            ("1.5000", "1.5"),
            ("0.10", "0.10"),
        ] {
            assert_eq!(number(value), written);
        }
        for wrong in ["1000", "1.005", "1e2", ".", "-", "1,5", "NaN"] {
            assert_eq!(number(wrong), format!("`{wrong}` is not a NUMERIC(5, 2)"));
        }
        let digits = "12345678901234567890123456789012345678";
        assert_eq!(text(exact(digits, 38, 0)), digits);
    }

    #[test]
    fn binary_numbers_are_finite() {
        let number = |value| text(binary(value, &DataType::DoublePrecision));
        for (value, written) in [("1E+05", "1e+05"), ("-.5e-3", "-0.5e-3"), ("1.", "1"), ("0", "0")] {
            assert_eq!(number(value), written);
        }
        for wrong in ["1e400", "inf", "NaN", "1e", "e5", "0x10"] {
            assert_eq!(number(wrong), format!("`{wrong}` is not a DOUBLE PRECISION"));
        }
        assert_eq!(text(binary("1e39", &DataType::Real)), "`1e39` is not a REAL");
    }
}
