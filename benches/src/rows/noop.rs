//! An upgrade that finds nothing to do.

use std::path::Path;

use super::Row;
use super::engine_of;
use super::on_each;
use crate::bench::Applied;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::clients;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::measure::Contender;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::peers::InstalledPeer;
use crate::place::Place;
use crate::work::Work;

pub(super) struct NoOp;

const LIMIT: f64 = 1.3;

/// Peers are not asked about longer histories: some of them would take minutes a round.
const PEERS_UP_TO: usize = 1_000;

pub(super) const SELECT: &str = "SELECT version_num FROM limbeck_version";

impl Row for NoOp {
    fn name(&self) -> &'static str {
        "noop"
    }

    fn work(&self) -> &'static str {
        "`limbeck upgrade` when all revisions are applied, without a cache"
    }

    fn floor(&self) -> &'static str {
        "reading the files once, and the client's connect and one SELECT"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        cases(scale)
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let applied = bench.applied(engine, case.size)?;
        let Applied { project, place } = &*applied;
        let client = clients::of(engine)?;
        let migrations = project.path().join("migrations");
        let mut contenders = vec![
            Contender::new("limbeck", Role::Limbeck, || {
                Ok(Work::command(bench.limbeck_on(
                    project.path(),
                    place,
                    &["upgrade"],
                )))
            }),
            Contender::new(format!("files + {}", client.name()), Role::Floor, || {
                Ok(Work::command(client.query(place, SELECT)).reading(&migrations))
            }),
        ];
        if case.size <= PEERS_UP_TO {
            for peer in bench.peers() {
                contenders.push(of_peer(bench, peer, engine, case.size)?);
            }
        }
        Ok(vec![bench.compare(self.name(), case, LIMIT, contenders)?])
    }
}

pub(super) fn cases(scale: Scale) -> Vec<Case> {
    let sizes: &[usize] = scale.pick(&[10, 1_000, 10_000], &[10, 100]);
    on_each(&Engine::ALL, sizes, "revisions")
}

/// A peer that has applied all of the same history to a database of its own.
fn of_peer<'a>(
    bench: &'a Bench,
    peer: &'a InstalledPeer,
    engine: Engine,
    size: usize,
) -> Result<Contender<'a>, BenchError> {
    let folder = bench.folder("peer-")?;
    peer.write(folder.path(), Corpus::rows(size), engine)?;
    let place = Place::new(engine, bench.scratch())?;
    let upgrade = move |folder: &Path, place: &Place| Work::command(peer.upgrade(folder, place));
    let mut is_applied = false;
    Ok(Contender::new(peer.name(), Role::Peer, move || {
        if !is_applied {
            upgrade(folder.path(), &place).measure(bench.scratch())?;
            is_applied = true;
        }
        Ok(upgrade(folder.path(), &place))
    }))
}
