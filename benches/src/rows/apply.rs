//! Revisions that are applied.

use std::path::Path;

use super::Row;
use super::engine_of;
use super::on_each;
use crate::as_sent::as_sent;
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
use crate::place::Place;
use crate::work;
use crate::work::Work;

pub(super) struct Apply;

impl Row for Apply {
    fn name(&self) -> &'static str {
        "apply"
    }

    fn work(&self) -> &'static str {
        "`limbeck upgrade` on an empty database"
    }

    fn floor(&self) -> &'static str {
        "the client, fed the same statements with the same transactions and the same rows of version table and journal"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        on_each(&Engine::ALL, scale.pick(&[100, 1_000], &[20]), "revisions")
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let client = clients::of(engine)?;
        let corpus = Corpus::tables(case.size);
        let folder = bench.folder("apply-")?;
        let project = folder.path();
        corpus.write(project)?;
        let script = as_sent(&offline_sql(bench, project, engine)?);
        let script = Bench::write(project, "sent.sql", &script)?;
        let place = || Place::new(engine, bench.scratch());

        let limbeck = |arguments: &'static [&'static str]| {
            move || {
                let place = place()?;
                Ok(Work::command(bench.limbeck_on(project, &place, arguments)).keeping(place))
            }
        };
        let mut contenders = vec![
            Contender::new("limbeck", Role::Limbeck, limbeck(&["upgrade"])),
            Contender::new(client.name(), Role::Floor, || {
                let place = place()?;
                Ok(Work::script(client.session(&place), &script).keeping(place))
            }),
        ];
        if !engine.is_mysql_family() && has_grouped_transactions(bench, project)? {
            let grouped = limbeck(&["upgrade", "--transaction", "run"]);
            contenders.push(Contender::new(
                "limbeck --transaction run",
                Role::Variant,
                grouped,
            ));
        }
        for peer in bench.peers() {
            let folder = bench.folder("peer-")?;
            peer.write(folder.path(), corpus, engine)?;
            contenders.push(Contender::new(peer.name(), Role::Peer, move || {
                let place = place()?;
                Ok(Work::command(peer.upgrade(folder.path(), &place)).keeping(place))
            }));
        }
        let limit = if engine == Engine::Postgres { 1.0 } else { 1.1 };
        Ok(vec![bench.compare(self.name(), case, limit, contenders)?])
    }
}

/// The SQL of the project for the version of the server that it is measured on.
fn offline_sql(bench: &Bench, project: &Path, engine: Engine) -> Result<String, BenchError> {
    let mut command = bench.limbeck(project, &["upgrade", "--sql", "--dialect", engine.word()]);
    let place = Place::new(engine, bench.scratch())?;
    if let Some(database) = place.database() {
        let version = database.server().version().to_string();
        command.args(["--server-version", &version]);
    }
    work::output(&mut command)
}

/// Whether this `limbeck` can apply all revisions in one transaction.
fn has_grouped_transactions(bench: &Bench, project: &Path) -> Result<bool, BenchError> {
    let help = work::output(&mut bench.limbeck(project, &["upgrade", "--help"]))?;
    Ok(help.contains("--transaction"))
}
