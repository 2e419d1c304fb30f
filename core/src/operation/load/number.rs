//! Numbers, which stay as exact as they are written.

use crate::data_file::DataFault;
use crate::operation::inserts::Literal;
use crate::schema::DataType;

/// A whole number within the bounds of its type.
pub(super) fn whole(value: &str, data_type: &DataType) -> Result<Literal, DataFault> {
    let (range, expected) = match data_type {
        DataType::SmallInt => (i64::from(i16::MIN)..=i64::from(i16::MAX), "a SMALLINT"),
        DataType::Integer => (i64::from(i32::MIN)..=i64::from(i32::MAX), "an INTEGER"),
        _ => (i64::MIN..=i64::MAX, "a BIGINT"),
    };
    let number = value.trim().parse::<i64>().ok();
    number
        .filter(|number| range.contains(number))
        .map(|number| Literal::Number(number.to_string()))
        .ok_or_else(|| DataFault::value(value, expected))
}

/// A decimal number that loses no digit.
pub(super) fn exact(value: &str, precision: u8, scale: u8) -> Result<Literal, DataFault> {
    let refused = || DataFault::value(value, format!("a NUMERIC({precision}, {scale})"));
    let number = Decimal::read(value).filter(|number| number.exponent.is_none());
    let Decimal {
        is_negative,
        whole,
        fraction,
        ..
    } = number.ok_or_else(refused)?;
    let fraction = if fraction.len() > usize::from(scale) {
        fraction.trim_end_matches('0')
    } else {
        fraction
    };
    let whole_digits = usize::from(precision.saturating_sub(scale));
    if whole.len() > whole_digits || fraction.len() > usize::from(scale) {
        return Err(refused());
    }
    Ok(Literal::Number(written(is_negative, whole, fraction, None)))
}

/// A binary number that is finite.
pub(super) fn binary(value: &str, data_type: &DataType) -> Result<Literal, DataFault> {
    let (limit, expected) = match data_type {
        DataType::Real => (f64::from(f32::MAX), "a REAL"),
        _ => (f64::MAX, "a DOUBLE PRECISION"),
    };
    let text = Decimal::read(value)
        .map(|number| written(number.is_negative, number.whole, number.fraction, number.exponent));
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
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
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
}

fn written(is_negative: bool, whole: &str, fraction: &str, exponent: Option<&str>) -> String {
    let mut text = String::new();
    if is_negative {
        text.push('-');
    }
    text.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        text.push('e');
        text.push_str(exponent);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Result<Literal, DataFault>) -> String {
        match answer {
            Ok(Literal::Number(number)) => number,
            Ok(other) => panic!("{other:?}"),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn whole_numbers_fit_their_type() {
        let integer = |value| text(whole(value, &DataType::Integer));
        assert_eq!(integer(" 007 "), "7");
        assert_eq!(integer("+5"), "5");
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
