//! Prometheus' text format.

use std::fmt::Display;
use std::fmt::Write;

use super::Figures;

/// What a metric is.
#[derive(Clone, Copy)]
enum Kind {
    Gauge,
    Counter,
}

/// A text of metrics about one database.
struct Text<'a> {
    database: &'a str,
    text: String,
}

impl Text<'_> {
    /// A metric, with a line for each of its labels beside the database.
    fn metric(
        &mut self,
        kind: Kind,
        name: &str,
        help: &str,
        values: impl IntoIterator<Item = (Option<(&'static str, String)>, impl Display)>,
    ) {
        let kind = match kind {
            Kind::Gauge => "gauge",
            Kind::Counter => "counter",
        };
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (label, value) in values {
            let database = escaped(self.database);
            let more = label.map_or_else(String::new, |(key, label)| {
                format!(",{key}=\"{}\"", escaped(&label))
            });
            let _ = writeln!(self.text, "{name}{{database=\"{database}\"{more}}} {value}");
        }
    }

    fn one(&mut self, kind: Kind, name: &str, help: &str, value: impl Display) {
        self.metric(kind, name, help, [(None, value)]);
    }
}

impl Figures {
    /// All of it, each metric with its help and its type.
    pub(super) fn text(&self) -> String {
        let mut text = Text {
            database: &self.database,
            text: String::new(),
        };
        if let Some(standing) = &self.standing {
            let percent = match standing.revisions {
                0 => 100.0,
                all => 100.0 * number(standing.completed) / number(all),
            };
            text.one(
                Kind::Gauge,
                "limbeck_completion_percent",
                "How much of the revisions in the files is applied, from 0 to 100.",
                percent,
            );
            text.one(
                Kind::Gauge,
                "limbeck_revisions",
                "Revisions in the files.",
                standing.revisions,
            );
            text.one(
                Kind::Gauge,
                "limbeck_revisions_completed",
                "Revisions in the files that are applied.",
                standing.completed,
            );
            text.one(
                Kind::Counter,
                "limbeck_steps_completed_total",
                "Steps, upgrades and downgrades, that the journal says were completed.",
                standing.steps,
            );
            text.one(
                Kind::Counter,
                "limbeck_steps_failed_total",
                "Failures of steps that the journal tells of.",
                standing.failures,
            );
            text.metric(
                Kind::Gauge,
                "limbeck_head_info",
                "A row of the version table; its value is always 1.",
                standing
                    .heads
                    .iter()
                    .map(|head| (Some(("revision", head.clone())), 1)),
            );
        }
        text.one(
            Kind::Gauge,
            "limbeck_last_run_timestamp_seconds",
            "When the last run ended, in seconds since 1970.",
            number_of_seconds(self.finished.as_millisecond()),
        );
        text.one(
            Kind::Gauge,
            "limbeck_last_run_duration_seconds",
            "How long the last run took, with its wait for the lock, in seconds.",
            self.elapsed.as_secs_f64(),
        );
        text.one(
            Kind::Gauge,
            "limbeck_last_run_success",
            "Whether the last run did what it was asked for: 1, or 0.",
            u8::from(self.succeeded),
        );
        text.text
    }
}

/// The value of a label between its quotes.
fn escaped(text: &str) -> String {
    text.replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('\n', r"\n")
}

/// A count that a float holds exactly: there are fewer than 2³² revisions.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Seconds with their three digits of milliseconds.
fn number_of_seconds(milliseconds: i64) -> String {
    format!(
        "{}.{:03}",
        milliseconds.div_euclid(1000),
        milliseconds.rem_euclid(1000)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_escaped() {
        assert_eq!(escaped("a\\b\"c\nd"), r#"a\\b\"c\nd"#);
    }

    #[test]
    fn seconds_have_three_digits() {
        assert_eq!(number_of_seconds(1_700_000_000_007), "1700000000.007");
    }
}
