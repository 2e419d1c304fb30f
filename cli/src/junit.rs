//! The result of a test as JUnit XML, which most services for continuous integration read.

use std::fmt::Display;

use limbeck_core::stairway::Finding;
use limbeck_core::stairway::Report;
use limbeck_core::stairway::Way;

/// The whole file: a test case for each revision, and one for each check of the history as a whole.
pub(crate) fn text(report: &Report) -> String {
    let revisions = report.revisions.iter().map(|revision| {
        let name = format!("{} {}", revision.revision, revision.message);
        case(&Case {
            class: "limbeck.revision",
            name: name.trim_end(),
            findings: &revision.findings,
            notes: &revision.notes,
            is_skipped: revision.way == Way::NotReached,
        })
    });
    let history = report.history.iter().map(|history| {
        case(&Case {
            class: "limbeck.history",
            name: history.check.as_str(),
            findings: &history.findings,
            notes: &history.notes,
            is_skipped: !history.notes.is_empty(),
        })
    });
    let cases: Vec<String> = revisions.chain(history).collect();
    let count = |word: &str| cases.iter().filter(|case| case.contains(word)).count();
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
        cases.len(),
        count("<failure "),
        count("<skipped "),
    );
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"limbeck test\" {counts}>\n  <testsuite name=\"limbeck test\" \
         {counts}>\n{}  </testsuite>\n</testsuites>\n",
        cases.concat()
    )
}

struct Case<'a> {
    class: &'a str,
    name: &'a str,
    findings: &'a [Finding],
    notes: &'a [String],
    is_skipped: bool,
}

fn case(case: &Case<'_>) -> String {
    let mut inside = String::new();
    for finding in case.findings {
        inside.push_str(&format!(
            "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
            finding.kind,
            escaped(&finding.message),
            escaped(finding),
        ));
    }
    let notes = case.notes.join("\n");
    if case.findings.is_empty() && case.is_skipped {
        inside.push_str(&format!("      <skipped message=\"{}\"/>\n", escaped(&notes)));
    } else if !notes.is_empty() {
        inside.push_str(&format!("      <system-out>{}</system-out>\n", escaped(&notes)));
    }
    let (class, name) = (escaped(case.class), escaped(case.name));
    match inside.is_empty() {
        true => format!("    <testcase classname=\"{class}\" name=\"{name}\"/>\n"),
        false => {
            format!("    <testcase classname=\"{class}\" name=\"{name}\">\n{inside}    </testcase>\n")
        }
    }
}

/// The text as XML holds it, in an element or between quotes; letters that XML does not know are replaced.
fn escaped(text: impl Display) -> String {
    let mut escaped = String::new();
    for letter in text.to_string().chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use limbeck_core::stairway::Check;
    use limbeck_core::stairway::FindingKind;
    use limbeck_core::stairway::HistoryReport;

    use super::*;

    #[test]
    fn what_is_special_is_escaped() {
        let mut history = HistoryReport::new(Check::Offline);
        let message = "a < b & \"c\"\u{1}";
        history
            .findings
            .push(Finding::new(FindingKind::OfflineFails, message));
        let mut report = Report::default();
        report.history.push(history);
        report.history.push(HistoryReport::new(Check::Heads));
        insta::assert_snapshot!(text(&report), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="limbeck test" tests="2" failures="1" errors="0" skipped="0">
          <testsuite name="limbeck test" tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="limbeck.history" name="offline">
              <failure type="offline_fails" message="a &lt; b &amp; &quot;c&quot;�">offline_fails: a &lt; b &amp; &quot;c&quot;�</failure>
            </testcase>
            <testcase classname="limbeck.history" name="heads"/>
          </testsuite>
        </testsuites>
        "#);
    }
}
