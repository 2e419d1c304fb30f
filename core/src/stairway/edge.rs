//! One revision: up, rows, down, up again.

use std::collections::BTreeSet;

use super::Check;
use super::Finding;
use super::FindingKind;
use super::RevisionReport;
use super::Way;
use super::climb::Came;
use super::climb::is_own_rule;
use super::contents::Contents;
use super::differences::Differences;
use super::renames::with_former_names;
use super::touched::of_old_types;
use super::touched::touched;
use super::touched::watched;
use super::walk::Walk;
use crate::engine::EngineError;
use crate::engine::Live;
use crate::graph::Direction;
use crate::graph::Revision;
use crate::graph::RevisionId;
use crate::schema::Name;
use crate::schema::Schema;
use crate::script::Script;

/// A database and some of its rows at one moment.
struct Moment {
    live: Live,
    /// None where generated rows were thrown away since.
    contents: Option<Contents>,
}

impl Walk<'_> {
    pub(super) async fn edge(&mut self, revision: &Revision) -> Result<RevisionReport, EngineError> {
        let mut report = RevisionReport::new(revision);
        if !self.reach_parents(revision, &mut report).await? {
            self.unreached.insert(revision.id.clone());
            return Ok(report);
        }
        let Some(script) = self.scripts.script(&revision.id).cloned() else {
            return Err(EngineError::NoScript {
                revision: revision.id.clone(),
            });
        };
        let before = match self.here.take() {
            Some(live) => live,
            None => self.ground.live().await?,
        };
        let rows = self.ground.rows().await?;
        let contents = self.contents(&before.schema, &watched(&script, &before)).await?;
        let came = self
            .climb(revision, Direction::Upgrade, &rows, &mut report)
            .await?;
        if came == Came::Nowhere {
            self.refill(&mut report).await?;
            report.way = Way::NotReached;
            self.unreached.insert(revision.id.clone());
            return Ok(report);
        }
        self.applied.insert(revision.id.clone());
        let after = self.ground.live().await?;
        let touched = touched(&before, &after);
        report.rows = match came {
            // Rows are what it does not take.
            Came::Emptied if report.findings.is_empty() => 0,
            Came::Emptied => self.fill(&after, None, &mut report).await?,
            _ => self.fill(&after, Some(&touched), &mut report).await?,
        };
        let before = Moment {
            live: before,
            contents: contents.filter(|_| came == Came::Through),
        };
        if self.goes_down(&script, &mut report) {
            report.way = Way::UpDownUp;
            self.there_and_back(revision, &script, (before, after), &touched, &mut report)
                .await?;
        } else {
            self.here = Some(after);
        }
        Ok(report)
    }

    /// Applies what a revision needs and is not applied because nobody asked to test it.
    async fn reach_parents(
        &mut self,
        revision: &Revision,
        report: &mut RevisionReport,
    ) -> Result<bool, EngineError> {
        let graph = self.scripts.clone();
        let graph = graph.graph();
        let parents = graph.revises(&revision.id).chain(graph.depends_on(&revision.id));
        let mut is_elsewhere = false;
        for parent in parents {
            if self.applied.contains(&parent.id) {
                continue;
            }
            if self.unreached.contains(&parent.id) {
                return Ok(not_reached(&parent.id, report));
            }
            let rows = self.ground.rows().await?;
            let mut untested = RevisionReport::new(parent);
            let came = self
                .climb(parent, Direction::Upgrade, &rows, &mut untested)
                .await?;
            if came == Came::Nowhere {
                report.findings.append(&mut untested.findings);
                self.unreached.insert(parent.id.clone());
                return Ok(not_reached(&parent.id, report));
            }
            self.applied.insert(parent.id.clone());
            is_elsewhere = true;
        }
        if is_elsewhere {
            self.refill(report).await?;
        }
        Ok(true)
    }

    /// Whether there is a way down, and somebody asks for it.
    fn goes_down(&self, script: &Script, report: &mut RevisionReport) -> bool {
        if let Some(why) = script.irreversible() {
            report
                .notes
                .push(format!("only the upgrade: it is irreversible: {why}"));
            return false;
        }
        [Check::Downgrade, Check::Trace, Check::Again, Check::Rows]
            .into_iter()
            .any(|check| self.checks(check))
    }

    async fn there_and_back(
        &mut self,
        revision: &Revision,
        script: &Script,
        moments: (Moment, Live),
        touched: &BTreeSet<Name>,
        report: &mut RevisionReport,
    ) -> Result<(), EngineError> {
        let (before, after) = moments;
        let rows = self.ground.rows().await?;
        let mut seen = watched(script, &after);
        seen.extend(touched.iter().cloned());
        let contents = self.contents(&after.schema, &seen).await?;
        let came = self.climb(revision, Direction::Downgrade, &rows, report).await?;
        if came == Came::Nowhere {
            return self.refill(report).await;
        }
        let back = self.ground.live().await?;
        trace(&back, &before.live, report);
        if let (Came::Through, Some(contents)) = (came, &before.contents) {
            let seen = watched(script, &before.live);
            let now = self.contents(&back.schema, &seen).await?;
            let kept = with_former_names(&after, self.ground.scratch().migrator(), script)?;
            let lost = now.map(|now| contents.lost(&now, &kept));
            rows_lost(Direction::Downgrade, lost, script, report);
        }
        if !self.up_again(revision, report).await? {
            self.start_again(&rows, &revision.id).await?;
            return self.refill(report).await;
        }
        let again = self.ground.live().await?;
        made_again(&again, &after, report);
        if let (Came::Through, Some(contents)) = (came, contents) {
            let now = self.contents(&again.schema, &seen).await?;
            let kept = of_old_types(&back.schema, &after.schema);
            let lost = now.map(|now| contents.lost(&now, &kept));
            rows_lost(Direction::Upgrade, lost, script, report);
        }
        let is_off = [FindingKind::DowngradeLeavesTrace, FindingKind::UpgradeDiffers];
        if is_off.into_iter().any(|kind| report.has(kind)) {
            self.start_again(&rows, &revision.id).await?;
            return self.refill(report).await;
        }
        if came == Came::Emptied || self.filler.is_unused() {
            return self.refill(report).await;
        }
        self.go_on(&back, again, report).await
    }

    /// The upgrade after the downgrade; whether it came through.
    async fn up_again(
        &mut self,
        revision: &Revision,
        report: &mut RevisionReport,
    ) -> Result<bool, EngineError> {
        let Err(error) = self.ground.step(&revision.id, Direction::Upgrade).await? else {
            return Ok(true);
        };
        if is_own_rule(&error) {
            let note = format!("the upgrade after the downgrade was not looked at: {error}");
            report.notes.push(note);
        } else {
            let finding = Finding::failed(FindingKind::SecondUpgradeFails, &error)
                .with_hint("the downgrade leaves something that the upgrade does not expect");
            consequence(finding, report);
        }
        Ok(false)
    }

    /// From here the next revision goes on, with rows in the tables that the downgrade had taken away with theirs.
    async fn go_on(
        &mut self,
        back: &Live,
        here: Live,
        report: &mut RevisionReport,
    ) -> Result<(), EngineError> {
        let mut made: BTreeSet<Name> = here.schema.tables.keys().cloned().collect();
        made.retain(|name| back.schema.table(name).is_none());
        self.filler.forget_tables(&made);
        self.fill(&here, Some(&made), report).await?;
        self.here = Some(here);
        Ok(())
    }

    /// Goes to a fresh database, so that what is wrong with one revision is not found again at the next.
    async fn start_again(&mut self, rows: &[String], last: &RevisionId) -> Result<(), EngineError> {
        self.ground.renew(rows, last).await?;
        self.filler.forget();
        self.here = None;
        Ok(())
    }

    /// Rows for all tables, where there may be none.
    async fn refill(&mut self, report: &mut RevisionReport) -> Result<(), EngineError> {
        let live = self.ground.live().await?;
        self.fill(&live, None, report).await?;
        self.here = Some(live);
        Ok(())
    }

    /// Writes rows into some tables, or into all.
    async fn fill(
        &mut self,
        live: &Live,
        tables: Option<&BTreeSet<Name>>,
        report: &mut RevisionReport,
    ) -> Result<usize, EngineError> {
        if !self.writes_rows() {
            return Ok(0);
        }
        let all = live.schema.tables.keys().cloned().collect();
        let mut session = self.ground.session()?;
        let mut notes = Vec::new();
        let filled = self
            .filler
            .fill(&mut session, live, tables.unwrap_or(&all), &mut notes)
            .await;
        session.close().await.map_err(EngineError::Connect)?;
        notes.retain(|note| !report.notes.contains(note));
        report.notes.append(&mut notes);
        filled
    }

    async fn contents(
        &self,
        schema: &Schema,
        tables: &BTreeSet<Name>,
    ) -> Result<Option<Contents>, EngineError> {
        if !self.checks(Check::Rows) {
            return Ok(None);
        }
        let mut session = self.ground.session()?;
        let read = Contents::read(&mut session, schema, tables).await;
        session.close().await.map_err(EngineError::Connect)?;
        read.map(Some)
    }
}

fn not_reached(parent: &RevisionId, report: &mut RevisionReport) -> bool {
    report.way = Way::NotReached;
    report.notes.push(format!(
        "not reached: {parent}, which it needs, cannot be applied"
    ));
    false
}

fn trace(back: &Live, before: &Live, report: &mut RevisionReport) {
    let found = Differences::between(back, before);
    if found.is_empty() {
        return;
    }
    let message = "the schema after the downgrade is not that before the upgrade";
    let mut finding = Finding::new(FindingKind::DowngradeLeavesTrace, message).with_details(found.details);
    finding.file = Some(report.file.clone());
    finding.statements = found.statements;
    report.findings.push(finding);
}

fn made_again(again: &Live, after: &Live, report: &mut RevisionReport) {
    let found = Differences::between(again, after);
    if found.is_empty() {
        return;
    }
    let message = "the upgrade makes another schema after the downgrade than before it";
    let mut finding = Finding::new(FindingKind::UpgradeDiffers, message).with_details(found.details);
    finding.file = Some(report.file.clone());
    consequence(finding, report);
}

/// What follows from a downgrade that leaves a trace, or from an upgrade that rows are in the way of, is not told as another
/// fault.
fn consequence(finding: Finding, report: &mut RevisionReport) {
    let causes = [
        FindingKind::DowngradeLeavesTrace,
        FindingKind::UpgradeFailsWithRows,
    ];
    if causes.into_iter().any(|cause| report.has(cause)) {
        let note = format!("what follows from that: {}", finding.message);
        report.notes.push(note);
    } else {
        report.findings.push(finding);
    }
}

/// Rows that are gone are a finding, unless the downgrade says so.
fn rows_lost(after: Direction, lost: Option<Vec<String>>, script: &Script, report: &mut RevisionReport) {
    let lost = lost.unwrap_or_default();
    if lost.is_empty() {
        return;
    }
    let words = match after {
        Direction::Upgrade => "after the downgrade and the upgrade",
        Direction::Downgrade => "after the upgrade and the downgrade",
    };
    let message = format!("{words}, rows are gone or changed that the step does not drop");
    if declares_loss(script) {
        report
            .notes
            .push(format!("{message}, as it says: {}", lost.join("; ")));
        return;
    }
    let mut finding = Finding::new(FindingKind::RowsLost, message)
        .with_details(lost)
        .with_hint("where that is meant, say so before the statement of the downgrade: `-- limbeck:loses_data <what>`");
    finding.file = Some(report.file.clone());
    report.findings.push(finding);
}

fn declares_loss(script: &Script) -> bool {
    let mut lines = script.file().text().lines();
    lines.any(|line| line.starts_with("-- limbeck:loses_data"))
}
