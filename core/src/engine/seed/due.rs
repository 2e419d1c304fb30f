//! Which seeds are due.

use super::SeedState;
use super::SeedStatus;
use crate::data_file::DataFault;
use crate::driver::ServerInfo;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::history::JournalEntry;
use crate::seed::LoadedSeed;
use crate::seed::SeedBody;
use crate::seed::SeedError;
use crate::seed::SeedRuns;
use crate::seed::SeedSet;

/// The name of the way in which files of rows get their checksum.
const BYTES: &str = "bytes-sha256";

/// A seed as it is now, and what the journal knows of it.
pub(super) struct DueSeed<'a> {
    pub(super) seed: &'a LoadedSeed,
    pub(super) status: SeedStatus,
    /// What the journal will say of its text; nothing of code.
    pub(super) checksum: Option<String>,
    /// The digest of the bytes of a file of rows.
    pub(super) digest: String,
}

impl Migrator {
    /// All seeds with what the journal knows of them.
    pub(super) async fn due<'a>(
        &self,
        seeds: &'a SeedSet,
        session: &mut Session,
    ) -> Result<Vec<DueSeed<'a>>, EngineError> {
        let recorded = self.read_seeds(session).await?;
        let server = session.server();
        let seeds = seeds.iter().map(|seed| {
            let is_it = |entry: &&JournalEntry| entry.revision.as_deref() == Some(seed.name.as_str());
            self.due_seed(seed, recorded.iter().find(is_it), server)
        });
        seeds.collect()
    }

    fn due_seed<'a>(
        &self,
        seed: &'a LoadedSeed,
        recorded: Option<&JournalEntry>,
        server: &ServerInfo,
    ) -> Result<DueSeed<'a>, EngineError> {
        let mut digest = String::new();
        let (checksum, table) = match &seed.body {
            SeedBody::Sql(script) => {
                let dialect = server.dialect;
                let sum = script.checksum(self.driver().name(), dialect.name(), dialect.lexical_rules());
                (Some(sum.map_err(SeedError::from)?.to_string()), None)
            }
            SeedBody::Rows(rows) => {
                let unreadable = |error: std::io::Error| {
                    SeedError::from(DataFault::from(error).at(rows.file.name(), None, None))
                };
                digest = rows.file.digest().map_err(unreadable)?;
                (Some(format!("{BYTES}:{digest}")), Some(rows.table.clone()))
            }
            SeedBody::Code(_) => (None, None),
        };
        let status = SeedStatus {
            name: seed.name.to_string(),
            environment: seed.environment.clone(),
            runs: seed.runs,
            table,
            state: state(seed.runs, recorded, checksum.as_ref()),
            ran_at: recorded.map(|entry| entry.recorded_at.clone()),
        };
        Ok(DueSeed {
            seed,
            status,
            checksum,
            digest,
        })
    }
}

fn state(runs: SeedRuns, recorded: Option<&JournalEntry>, checksum: Option<&String>) -> SeedState {
    match (recorded, runs) {
        (None, _) => SeedState::Pending,
        (Some(_), SeedRuns::Always) => SeedState::Repeats,
        (Some(entry), SeedRuns::Once) if entry.checksum.as_ref() == checksum => SeedState::Done,
        (Some(_), SeedRuns::Once) => SeedState::Changed,
    }
}
