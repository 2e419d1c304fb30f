//! What a history says before a run.

use std::collections::HashMap;

use serde::Serialize;

use super::JournalDirection;
use super::JournalEntry;
use super::JournalEvent;

/// What the history tables say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryState {
    /// Which tables exist.
    pub tables: Existing,
    /// The rows of the version table, sorted.
    pub rows: Vec<String>,
    /// The newest checksum of the upgrade side of each revision that the journal knows.
    pub checksums: HashMap<String, String>,
    /// The newest journal row and the one before it.
    events: Vec<JournalEntry>,
}

/// Which history tables exist. After another tool it is the version table alone; for the second history of a database
/// it is the journal alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Existing {
    /// The version table.
    pub version: bool,
    /// The journal.
    pub journal: bool,
}

impl Existing {
    /// Both tables.
    pub const BOTH: Self = Self {
        version: true,
        journal: true,
    };
}

/// A statement of which nobody knows whether it has taken effect: the process died while it ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Doubt {
    /// The revision.
    pub revision: String,
    /// The direction of the step.
    pub direction: JournalDirection,
    /// The first statement in doubt, from 1.
    pub statement: usize,
    /// How many statements the step has.
    pub statements: usize,
    /// The session that ran it.
    pub session: Option<String>,
    /// When it began, ISO 8601, UTC.
    pub since: String,
}

/// A step that has run in part: its first statements have taken effect, and the version table does not show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Progress {
    /// The revision.
    pub revision: String,
    /// The direction of the step.
    pub direction: JournalDirection,
    /// How many of its statements have taken effect.
    pub done: usize,
    /// How many statements the step had.
    #[serde(rename = "statements")]
    pub of: usize,
    /// Hash of the SQL of those that have taken effect.
    #[serde(skip)]
    pub sql_hash: Option<String>,
}

impl HistoryState {
    /// The state that rows, the last events (oldest first) and checksums make.
    pub fn new(
        tables: Existing,
        rows: Vec<String>,
        events: Vec<JournalEntry>,
        checksums: HashMap<String, String>,
    ) -> Self {
        Self {
            tables,
            rows,
            checksums,
            events,
        }
    }

    /// The newest journal row.
    pub fn last(&self) -> Option<&JournalEntry> {
        self.events.last()
    }

    /// The hash of what the last run has left, where nothing has happened since.
    pub fn fingerprint(&self) -> Option<&str> {
        let last = self.last()?;
        (last.direction == JournalDirection::Fingerprint)
            .then_some(last.sql_hash.as_deref())
            .flatten()
    }

    /// The sequence number for the next journal row.
    pub fn next_seq(&self) -> i64 {
        self.last().map_or(1, |entry| entry.seq.saturating_add(1))
    }

    /// The statement in doubt. The last event says it: an intention without an outcome.
    pub fn doubt(&self) -> Option<Doubt> {
        let entry = self.last()?;
        if entry.event != JournalEvent::Intended {
            return None;
        }
        let range = entry.range().unwrap_or_default();
        Some(Doubt {
            revision: entry.revision.clone().unwrap_or_default(),
            direction: entry.direction,
            statement: range.start + 1,
            statements: range.of,
            session: entry.session.clone(),
            since: entry.recorded_at.clone(),
        })
    }

    /// Whether the statement behind the first `done` of a revision was begun, and has not come to its end.
    pub(crate) fn has_tried(&self, revision: &str, done: usize) -> bool {
        self.last().is_some_and(|last| {
            matches!(last.event, JournalEvent::Failed | JournalEvent::Skipped)
                && last.revision.as_deref() == Some(revision)
                && last.range().is_some_and(|range| range.start == done)
        })
    }

    /// The hash of the statements that had taken effect before the last event, where the event before it tells.
    pub(crate) fn hash_before_last(&self) -> Option<String> {
        let last = self.last()?;
        let before = self.events.iter().rev().nth(1)?;
        let (start, known) = (last.range()?.start, before.range()?);
        let reaches = match before.event {
            JournalEvent::Done => known.end,
            JournalEvent::Failed | JournalEvent::Skipped => known.start,
            JournalEvent::Intended => return None,
        };
        (before.revision == last.revision && reaches == start)
            .then(|| before.sql_hash.clone())
            .flatten()
    }

    /// The rows that the journal says the version table has.
    pub fn recorded_rows(&self) -> Vec<String> {
        let rows = self
            .last()
            .and_then(|entry| entry.rows_after.as_deref())
            .unwrap_or_default();
        rows.split_whitespace().map(str::to_owned).collect()
    }

    /// The step that has run in part.
    pub fn progress(&self) -> Option<Progress> {
        let last = self.last()?;
        let range = last.range()?;
        let direction = self.step_direction(last)?;
        let done = match last.event {
            JournalEvent::Done if !range.is_last() => range.end,
            // The last statement was decided by hand: the rows still have to follow.
            JournalEvent::Done if last.direction == JournalDirection::Resolve => range.end,
            JournalEvent::Failed | JournalEvent::Skipped => range.start,
            JournalEvent::Done | JournalEvent::Intended => return None,
        };
        (done > 0).then(|| Progress {
            revision: last.revision.clone().unwrap_or_default(),
            direction,
            done,
            of: range.of,
            sql_hash: last.sql_hash.clone(),
        })
    }

    /// The direction of the step that a row is about; a decision by hand is about the row before it.
    fn step_direction(&self, entry: &JournalEntry) -> Option<JournalDirection> {
        match entry.direction {
            JournalDirection::Upgrade | JournalDirection::Downgrade => Some(entry.direction),
            JournalDirection::Resolve => self.events.iter().rev().nth(1).map(|intended| intended.direction),
            _ => None,
        }
    }
}
