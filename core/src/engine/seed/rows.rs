//! The rows of a file, into the table that is to have them.

use super::due::DueSeed;
use super::job::RowPass;
use super::write::SeedRunner;
use crate::dialect::RenderContext;
use crate::dialect::Upsert;
use crate::driver::DriverErrorKind;
use crate::driver::LoadError;
use crate::engine::EngineError;
use crate::engine::row_reader::RowReader;
use crate::engine::step::interruptible;
use crate::operation::LoadedPart;
use crate::operation::LoadedRows;
use crate::operation::Loading;
use crate::operation::Operation;
use crate::schema::Schema;
use crate::seed::SeedError;

/// What is taken back when rows were there after all.
const SAVEPOINT: &str = "limbeck_seed";

impl SeedRunner<'_> {
    /// Writes the rows of a file and gives their number.
    pub(super) async fn write_rows(
        &mut self,
        seed: &DueSeed<'_>,
        pass: &RowPass<'_>,
        schema: &Schema,
    ) -> Result<usize, EngineError> {
        let server = self.session.server();
        let words = [server.dialect.name(), self.migrator.driver().name()];
        let loading = Loading::open(&pass.rows.file, pass.rows.format, &pass.table, &words);
        let loading = loading.map_err(SeedError::from)?;
        let loading = loading.keyed(&pass.key).without(&pass.without);
        let mut reader = RowReader::start(loading, seed.digest.clone());
        let mut written = 0;
        let mut is_new = pass.is_new;
        while let Some(part) = reader.next().await.map_err(SeedError::from)? {
            self.check_stop()?;
            is_new = is_new && self.load_part(pass, &part).await?;
            if !is_new {
                self.upsert_part(seed, pass, schema, &part).await?;
            }
            written += part.rows.len();
        }
        Ok(written)
    }

    /// Loads rows that most probably take nobody's place; whether that is so. If not, nothing of them is written.
    async fn load_part(&mut self, pass: &RowPass<'_>, part: &LoadedPart) -> Result<bool, EngineError> {
        self.own(&format!("SAVEPOINT {SAVEPOINT}"), "beginning to load rows")
            .await?;
        let canceller = self.session.canceller();
        let work = self.session.load(part.rows.clone());
        let loaded = interruptible(work, canceller, self.migrator.stop().wait(1), None).await;
        let Err((failed, _)) = loaded else {
            self.own(&format!("RELEASE SAVEPOINT {SAVEPOINT}"), "keeping loaded rows")
                .await?;
            return Ok(true);
        };
        let may_be_there = !matches!(
            failed.error.kind,
            DriverErrorKind::Cancelled | DriverErrorKind::ConnectionLost
        );
        let back = format!("ROLLBACK TO SAVEPOINT {SAVEPOINT}");
        // Where the failure has ended the transaction, nothing may be written outside of it.
        if may_be_there && self.session.query(&back, &[]).await.is_ok() {
            return Ok(false);
        }
        Err(self.refused_rows(pass, part, failed))
    }

    /// Has rows take the place of those with the same key.
    async fn upsert_part(
        &mut self,
        seed: &DueSeed<'_>,
        pass: &RowPass<'_>,
        schema: &Schema,
        part: &LoadedPart,
    ) -> Result<(), EngineError> {
        let server = self.session.server();
        let (dialect, version) = (server.dialect, server.version);
        let context = RenderContext::new(version).with_schema(schema);
        for LoadedRows { operation, rows } in part.statements() {
            let Operation::Data(insert) = &operation else {
                continue;
            };
            let upsert = Upsert::new(insert, &pass.table, &pass.key, &pass.update);
            let rendered = dialect.upsert(&upsert, &context);
            let rendered = rendered.map_err(|error| SeedError::Render {
                seed: seed.status.name.clone(),
                place: None,
                error,
            })?;
            let texts: Vec<&str> = rendered.statements.iter().map(String::as_str).collect();
            if let Err(failed) = self.send(&texts).await {
                let error = failed.error;
                return Err(self.refused_rows(pass, part, LoadError { rows, error }));
            }
        }
        Ok(())
    }

    fn refused_rows(&self, pass: &RowPass<'_>, part: &LoadedPart, failed: LoadError) -> EngineError {
        if let (DriverErrorKind::Cancelled, Err(stopped)) = (failed.error.kind, self.check_stop()) {
            return stopped;
        }
        let (first_line, last_line) = part.lines.of(failed.rows);
        SeedError::Rows {
            file: pass.rows.file.name().to_owned(),
            first_line,
            last_line,
            error: failed.error,
        }
        .into()
    }
}
