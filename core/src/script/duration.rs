//! Times with a unit, as people write them.

use std::time::Duration;

/// Reads `500ms`, `30s`, `10m`, `1h 30m`. `None`: it is none, or not longer than nothing.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    let signed: jiff::SignedDuration = text.parse().ok()?;
    Duration::try_from(signed)
        .ok()
        .filter(|duration| !duration.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        for (text, milliseconds) in [
            ("500ms", 500),
            ("30s", 30_000),
            ("30 seconds", 30_000),
            ("10m", 600_000),
            ("10min", 600_000),
            ("1h 30m", 5_400_000),
        ] {
            assert_eq!(
                parse_duration(text),
                Some(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in ["", "30", "-5s", "0s", "soon", "1 month"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
