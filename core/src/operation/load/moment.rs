//! Days and times in the one form that every engine reads.

use std::borrow::Cow;

use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;

use crate::data_file::DataFault;
use crate::operation::inserts::Literal;

/// `2026-11-21`
pub(super) fn date(value: &str) -> Result<Literal<'_>, DataFault> {
    match read_date(value) {
        Some(_) => Ok(Literal::Text(Cow::Borrowed(value))),
        None => Err(DataFault::value(value, "a DATE like 2026-11-21")),
    }
}

/// `07:00`, `07:00:00` or `07:00:00.25`
pub(super) fn time(value: &str) -> Result<Literal<'_>, DataFault> {
    match read_time(value) {
        Some(_) => Ok(Literal::Text(with_seconds(value))),
        None => Err(DataFault::value(value, "a TIME like 07:00:00")),
    }
}

/// A date and a time with a blank or a `T` between them, or a date alone. One with a zone becomes UTC.
pub(super) fn timestamp(value: &str) -> Result<Literal<'_>, DataFault> {
    let read = || {
        let (day, rest) = value.split_at_checked(10)?;
        let day = read_date(day)?;
        if rest.is_empty() {
            return Some(Cow::Owned(format!("{value} 00:00:00")));
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let zone = rest
            .bytes()
            .position(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'));
        let (clock, zone) = rest.split_at_checked(zone.unwrap_or(rest.len()))?;
        let clock_text = clock.trim_end_matches(' ');
        let (clock, fraction) = read_time(clock_text)?;
        if zone.is_empty() {
            let is_whole = value.len() == "2026-11-21 ".len() + clock_text.len();
            let is_plain = is_whole && value.as_bytes().get(10) == Some(&b' ');
            return Some(match with_seconds(clock_text) {
                Cow::Borrowed(_) if is_plain => Cow::Borrowed(value),
                clock => Cow::Owned(format!("{} {clock}", value.get(..10)?)),
            });
        }
        let moment = day.to_datetime(clock).checked_sub(read_zone(zone)?).ok()?;
        (moment.year() > 0).then(|| Cow::Owned(timestamp_text(moment, fraction)))
    };
    read()
        .map(Literal::Text)
        .ok_or_else(|| DataFault::value(value, "a TIMESTAMP like 2026-11-21 07:00:00"))
}

fn read_date(value: &str) -> Option<Date> {
    let mut parts = value.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let year = i16::try_from(number(year, 4)?).ok()?;
    Date::new(year, two_digits(month)?, two_digits(day)?)
        .ok()
        .filter(|_| year > 0)
}

/// A time of whole seconds, and the digits of its fraction.
fn read_time(value: &str) -> Option<(Time, &str)> {
    let (clock, fraction) = match value.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (value, None),
    };
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    let is_fraction = |digits: &str| {
        // More would be rounded.
        (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_whole =
        parts.next().is_none() && fraction.is_none_or(|digits| second.is_some() && is_fraction(digits));
    if !is_whole {
        return None;
    }
    let time = Time::new(
        two_digits(hour)?,
        two_digits(minute)?,
        two_digits(second.unwrap_or("00"))?,
        0,
    );
    Some((time.ok()?, fraction.unwrap_or_default()))
}

/// How far ahead of UTC: `Z`, `+02`, `+0200` or `+02:00`.
fn read_zone(value: &str) -> Option<SignedDuration> {
    if value.is_empty() || value.eq_ignore_ascii_case("z") {
        return Some(SignedDuration::ZERO);
    }
    let digits = value.get(1..)?;
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at_checked(2)?,
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let hours = i64::from(two_digits(hours)?);
    let minutes = i64::from(two_digits(minutes)?);
    let ahead = SignedDuration::from_mins(hours * 60 + minutes);
    (hours < 24 && minutes < 60).then_some(if value.starts_with('-') { -ahead } else { ahead })
}

fn two_digits(text: &str) -> Option<i8> {
    i8::try_from(number(text, 2)?).ok()
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// A time that may lack its seconds, with them.
fn with_seconds(time: &str) -> Cow<'_, str> {
    if time.len() > "07:00".len() {
        Cow::Borrowed(time)
    } else {
        Cow::Owned(format!("{time}:00"))
    }
}

fn time_text(time: Time, fraction: &str) -> String {
    let point = if fraction.is_empty() { "" } else { "." };
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    format!("{hour:02}:{minute:02}:{second:02}{point}{fraction}")
}

fn timestamp_text(moment: DateTime, fraction: &str) -> String {
    let (year, month, day) = (moment.year(), moment.month(), moment.day());
    format!(
        "{year:04}-{month:02}-{day:02} {}",
        time_text(moment.time(), fraction)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(answer: Result<Literal<'_>, DataFault>) -> String {
        match answer {
            Ok(Literal::Text(text)) => text.into_owned(),
            Ok(other) => panic!("{other:?}"),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn days_exist() {
        assert_eq!(text(date("2024-02-29")), "2024-02-29");
        for wrong in [
            "2026-02-29",
            "2026-2-1",
            "0000-01-01",
            "2026-01-01 ",
            "21.11.2026",
        ] {
            assert_eq!(
                text(date(wrong)),
                format!("`{wrong}` is not a DATE like 2026-11-21")
            );
        }
    }

    #[test]
    fn times_have_at_most_microseconds() {
        assert_eq!(text(time("07:05")), "07:05:00");
        assert_eq!(text(time("23:59:59.123456")), "23:59:59.123456");
        for wrong in [
            "24:00",
            "7:00",
            "07:60",
            "07:00:00.",
            "07:00.5",
            "07:00:00.1234567",
            "07:00:00Z",
        ] {
            assert_eq!(
                text(time(wrong)),
                format!("`{wrong}` is not a TIME like 07:00:00")
            );
        }
    }

    #[test]
    fn moments_with_a_zone_become_utc() {
        for (value, written) in [
            ("2026-11-21", "2026-11-21 00:00:00"),
            ("2026-11-21 07:00", "2026-11-21 07:00:00"),
            ("2026-11-21T07:00:00.5", "2026-11-21 07:00:00.5"),
            ("2026-11-21T07:00:00Z", "2026-11-21 07:00:00"),
            ("2026-01-01T00:30:00.25+02:00", "2025-12-31 22:30:00.25"),
            ("2026-01-01 00:30:00 -0530", "2026-01-01 06:00:00"),
            ("2026-01-01 00:30:00+00", "2026-01-01 00:30:00"),
        ] {
            assert_eq!(text(timestamp(value)), written);
        }
        for wrong in [
            "2026-11-21T",
            "2026-11-2107:00",
            "2026-11-21 07:00+2",
            "0001-01-01 00:00+02",
            "2026-11-21 07:00 CET",
            "2026-11-21x07:00",
            "ü2026-11-21",
        ] {
            assert_eq!(
                text(timestamp(wrong)),
                format!("`{wrong}` is not a TIMESTAMP like 2026-11-21 07:00:00")
            );
        }
    }
}
