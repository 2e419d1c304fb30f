//! Reports for people.

use std::fmt;

use super::Finding;
use super::HistoryReport;
use super::Report;
use super::RevisionReport;
use super::Way;

/// More statements than these say less than the differences.
const STATEMENTS: usize = 4;

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)?;
        match (&self.file, self.line) {
            (Some(file), Some(line)) => write!(f, " ({file}:{line})")?,
            (Some(file), None) => write!(f, " ({file})")?,
            (None, _) => {}
        }
        for detail in &self.details {
            write!(f, "\n  {detail}")?;
        }
        if (1..=STATEMENTS).contains(&self.statements.len()) {
            write!(f, "\n  what would lead there:")?;
            for statement in &self.statements {
                write!(f, "\n    {};", statement.replace('\n', "\n    "))?;
            }
        }
        for hint in &self.hints {
            write!(f, "\n  help: {hint}")?;
        }
        Ok(())
    }
}

impl fmt::Display for RevisionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match (self.findings.is_empty(), self.way) {
            (false, _) => "FAIL",
            (true, Way::NotReached) => "skip",
            (true, _) => "ok",
        };
        write!(f, "{word:<5} {}", self.revision)?;
        if !self.message.is_empty() {
            write!(f, " {}", self.message)?;
        }
        match self.rows {
            0 => {}
            1 => write!(f, " (1 row)")?,
            rows => write!(f, " ({rows} rows)")?,
        }
        below(f, &self.findings, &self.notes)
    }
}

impl fmt::Display for HistoryReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match (self.findings.is_empty(), self.notes.is_empty()) {
            (false, _) => "FAIL",
            (true, false) => "skip",
            (true, true) => "ok",
        };
        write!(f, "{word:<5} {}: {}", self.check, self.check.meaning())?;
        below(f, &self.findings, &self.notes)
    }
}

/// What stands below a line.
fn below(f: &mut fmt::Formatter<'_>, findings: &[Finding], notes: &[String]) -> fmt::Result {
    for finding in findings {
        write!(f, "\n      {}", finding.to_string().replace('\n', "\n      "))?;
    }
    for note in notes {
        write!(f, "\n      note: {}", note.replace('\n', "\n      "))?;
    }
    Ok(())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for report in &self.revisions {
            writeln!(f, "{report}")?;
        }
        for report in &self.history {
            writeln!(f, "{report}")?;
        }
        let findings = match self.findings().count() {
            0 => "nothing found".to_owned(),
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        };
        let revisions = match self.revisions.len() {
            1 => "1 revision".to_owned(),
            count => format!("{count} revisions"),
        };
        write!(f, "\n{revisions} tested: {findings}")
    }
}
