//! The walk through the graph.

use std::collections::BTreeSet;
use std::collections::HashSet;
use std::sync::Arc;

use super::Check;
use super::Finding;
use super::FindingKind;
use super::HistoryReport;
use super::Report;
use super::RevisionReport;
use super::ground::Ground;
use super::offline;
use super::rows::Filler;
use crate::engine::EngineError;
use crate::engine::Live;
use crate::engine::Migrator;
use crate::engine::Signal;
use crate::graph::Ahead;
use crate::graph::Revision;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::script::ScriptSet;

/// Tests each revision of a migrator's scripts in a scratch database on its server.
///
/// By default that is every revision, with rows and with all checks but [`Check::Models`], which whoever knows the models
/// makes.
///
/// ```no_run
/// # async fn example(migrator: limbeck_core::engine::Migrator) -> Result<(), limbeck_core::engine::EngineError> {
/// use limbeck_core::stairway::Stairway;
///
/// let report = Stairway::new(&migrator).run(&mut |_| {}).await?;
/// for finding in report.findings() {
///     println!("{}: {}", finding.kind, finding.message);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Stairway<'a> {
    migrator: &'a Migrator,
    checks: BTreeSet<Check>,
    revisions: Option<Vec<RevisionId>>,
    writes_rows: bool,
}

impl<'a> Stairway<'a> {
    /// A walk over all revisions.
    pub fn new(migrator: &'a Migrator) -> Self {
        let checks = Check::ALL.iter().copied().filter(|check| *check != Check::Models);
        Self {
            migrator,
            checks: checks.collect(),
            revisions: None,
            writes_rows: true,
        }
    }

    /// With these checks only. A revision that cannot be applied at all is a finding in any case.
    #[must_use]
    pub fn with_checks(mut self, checks: impl IntoIterator<Item = Check>) -> Self {
        self.checks = checks.into_iter().collect();
        self
    }

    /// Of these revisions only; what they need is applied and not tested.
    #[must_use]
    pub fn with_revisions(mut self, revisions: impl IntoIterator<Item = RevisionId>) -> Self {
        self.revisions = Some(revisions.into_iter().collect());
        self
    }

    /// Without generated rows: only those that revisions write are there.
    #[must_use]
    pub fn without_rows(mut self) -> Self {
        self.writes_rows = false;
        self
    }

    /// Walks. `told` is given the report of each revision when it is done.
    ///
    /// # Errors
    /// There is no scratch database, the server is gone, the code of a revision is missing, or a signal has stopped it.
    pub async fn run(&self, told: &mut (dyn FnMut(&RevisionReport) + Send)) -> Result<Report, EngineError> {
        let ground = Ground::open(self.migrator).await?;
        let mut walk = Walk::new(self, ground);
        let stop = self.migrator.stop();
        let walked = tokio::select! {
            biased;
            walked = walk.all(told) => walked,
            () = stop.wait(1) => Err(EngineError::Stopped {
                signal: stop.requested().unwrap_or(Signal::Interrupt),
                kept: None,
                applied: Vec::new(),
            }),
        };
        if stop.requested().is_some() {
            // There is nothing to lose, so nobody waits for the statement to end.
            walk.ground.scratch().cancel().await?;
        }
        let closed = walk.ground.close().await;
        let report = walked?;
        closed?;
        Ok(report)
    }

    fn graph(&self) -> &RevisionGraph {
        self.migrator.scripts().graph()
    }

    /// What is tested, in the order in which `upgrade heads` applies it.
    fn order(&self) -> Result<Vec<&Revision>, EngineError> {
        let graph = self.graph();
        let plan = graph.plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse)?;
        let order = plan.steps.iter().filter_map(|step| graph.get(&step.revision));
        Ok(match &self.revisions {
            Some(chosen) => order.filter(|revision| chosen.contains(&revision.id)).collect(),
            None => order.collect(),
        })
    }
}

/// Where a walk stands.
pub(super) struct Walk<'a> {
    stairway: &'a Stairway<'a>,
    pub(super) scripts: Arc<ScriptSet>,
    pub(super) ground: Ground<'a>,
    pub(super) filler: Filler,
    pub(super) applied: HashSet<RevisionId>,
    /// What cannot be applied, also because of another one.
    pub(super) unreached: HashSet<RevisionId>,
    /// What is in the database, where that is known.
    pub(super) here: Option<Live>,
}

impl<'a> Walk<'a> {
    fn new(stairway: &'a Stairway<'a>, ground: Ground<'a>) -> Self {
        Self {
            stairway,
            scripts: stairway.migrator.shared_scripts(),
            ground,
            filler: Filler::default(),
            applied: HashSet::new(),
            unreached: HashSet::new(),
            here: None,
        }
    }

    pub(super) fn checks(&self, check: Check) -> bool {
        self.stairway.checks.contains(&check)
    }

    pub(super) const fn writes_rows(&self) -> bool {
        self.stairway.writes_rows
    }

    async fn all(&mut self, told: &mut (dyn FnMut(&RevisionReport) + Send)) -> Result<Report, EngineError> {
        let mut report = Report::default();
        for revision in self.stairway.order()? {
            let mut edge = self.edge(revision).await?;
            edge.findings.retain(|finding| {
                finding.kind == FindingKind::UpgradeFails || self.checks(finding.kind.check())
            });
            told(&edge);
            report.revisions.push(edge);
        }
        if self.checks(Check::Heads) {
            report.history.push(single_head(self.stairway.graph()));
        }
        if self.checks(Check::Offline) {
            report.history.push(offline::check(self.stairway.migrator).await?);
        }
        Ok(report)
    }
}

fn single_head(graph: &RevisionGraph) -> HistoryReport {
    let mut report = HistoryReport::new(Check::Heads);
    let heads: Vec<&str> = graph.heads().map(|head| head.id.as_str()).collect();
    if heads.len() > 1 {
        let message = format!("the history has {} heads: {}", heads.len(), heads.join(", "));
        let finding = Finding::new(FindingKind::SeveralHeads, message);
        report
            .findings
            .push(finding.with_hint("`limbeck merge heads` joins them"));
    }
    report
}
