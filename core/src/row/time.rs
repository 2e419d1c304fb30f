//! Moments.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::FromValue;
use super::ToValue;
use super::ValueError;
use crate::dialect::Value;
use crate::models::ColumnValue;
use crate::schema::DataType;

impl ColumnValue for SystemTime {
    fn data_type() -> DataType {
        DataType::TimestampWithTimeZone
    }
}

impl FromValue for SystemTime {
    fn from_value(value: &Value) -> Result<Self, ValueError> {
        let moment = value.as_text().and_then(read);
        let moment = moment.ok_or_else(|| ValueError::new("a moment like 2026-11-21 07:00:00", value))?;
        Ok(moment.into())
    }
}

/// In UTC, without a zone and to the microsecond: so every engine takes it, whether its column has a time zone or not, and
/// where it keeps texts these sort as the moments do. What is beyond the years that
/// engines know becomes the first or the last moment of them.
impl ToValue for SystemTime {
    fn to_value(&self) -> Value {
        let (first, last) = ("0001-01-01 00:00:00", "9999-12-31 23:59:59.999999");
        let text = match Timestamp::try_from(*self) {
            Ok(moment) if moment.to_zoned(TimeZone::UTC).year() < 1 => first.to_owned(),
            Ok(moment) => written(moment),
            Err(_) if *self < Self::UNIX_EPOCH => first.to_owned(),
            Err(_) => last.to_owned(),
        };
        Value::Text(text)
    }
}

fn read(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn written(moment: Timestamp) -> String {
    let local = moment.to_zoned(TimeZone::UTC).datetime();
    let whole = local.strftime("%Y-%m-%d %H:%M:%S");
    match moment.subsec_nanosecond().rem_euclid(1_000_000_000) / 1000 {
        0 => whole.to_string(),
        micros => format!("{whole}.{micros:06}").trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_engine_s_way_of_writing_a_moment_is_read() {
        let moment = SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_244_400_250);
        for text in [
            "2026-11-21 07:00:00.25",
            "2026-11-21 07:00:00.250000",
            "2026-11-21 07:00:00.25+00",
            "2026-11-21 08:00:00.25+01",
            "2026-11-21T07:00:00.25Z",
        ] {
            assert_eq!(SystemTime::from_value(&text.into()), Ok(moment), "{text}");
        }
        assert_eq!(moment.to_value(), "2026-11-21 07:00:00.25".into());
        for text in [
            "",
            "soon",
            "infinity",
            "2026-02-30 07:00:00",
            "0001-01-01 00:00:00 BC",
        ] {
            assert!(SystemTime::from_value(&text.into()).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let since = SystemTime::UNIX_EPOCH;
        for moment in [
            since,
            since + Duration::from_micros(1),
            since - Duration::from_micros(1),
            since + Duration::from_secs(4_000_000_000),
        ] {
            assert_eq!(SystemTime::from_value(&moment.to_value()), Ok(moment));
        }
        let nanosecond = since + Duration::from_nanos(1_000_000_999);
        assert_eq!(nanosecond.to_value(), "1970-01-01 00:00:01".into());
    }
}
