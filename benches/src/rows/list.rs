//! Lists of a long history.

use super::Row;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::measure::Contender;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::work::Work;

pub(super) struct List;

const LIMIT: f64 = 2.0;

impl Row for List {
    fn name(&self) -> &'static str {
        "list"
    }

    fn work(&self) -> &'static str {
        "`limbeck history` and `limbeck heads`"
    }

    fn floor(&self) -> &'static str {
        "`cat` of the files"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        let size = scale.pick(10_000, 500);
        let words = ["history", "heads"];
        words
            .map(|word| Case::offline(size, format!("revisions, {word}")))
            .to_vec()
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let word = case.unit.rsplit(' ').next().unwrap_or_default();
        let folder = bench.folder("list-")?;
        let project = folder.path();
        let corpus = Corpus::tables(case.size);
        corpus.write(project)?;
        let migrations = project.join("migrations");
        let mut files: Vec<_> = migrations
            .read_dir()
            .map_err(BenchError::file(&migrations))?
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        files.sort();
        let mut contenders = vec![
            Contender::new("limbeck", Role::Limbeck, || {
                Ok(Work::command(bench.limbeck(project, &[word])))
            }),
            Contender::new("cat", Role::Floor, || {
                let mut command = std::process::Command::new("cat");
                command.current_dir(&migrations).args(&files);
                Ok(Work::command(command))
            }),
        ];
        for peer in bench.peers() {
            let folder = bench.folder("peer-")?;
            if peer.list(folder.path(), word).is_none() {
                continue;
            }
            // Without a database, any engine's files are as good.
            peer.write(folder.path(), corpus, Engine::Sqlite)?;
            contenders.push(Contender::new(peer.name(), Role::Peer, move || {
                let command = peer.list(folder.path(), word);
                Ok(command.map(Work::command).unwrap_or_default())
            }));
        }
        Ok(vec![bench.compare(self.name(), case, LIMIT, contenders)?])
    }
}
