//! The rows of a file, into the table that is to have them.

use super::due::DueSeed;
use super::job::RowPass;
use super::write::SeedRunner;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::dialect::Upsert;
use crate::driver::DriverErrorKind;
use crate::engine::EngineError;
use crate::operation::Loading;
use crate::operation::Operation;
use crate::schema::Schema;
use crate::seed::SeedError;

/// Rows that are ready to be sent.
struct Ready {
    statements: Vec<String>,
    /// The lines of the first and the last.
    lines: (usize, usize),
    rows: usize,
}

/// What makes rows ready.
struct Preparation<'a> {
    seed: &'a str,
    pass: &'a RowPass<'a>,
    loading: Loading,
    dialect: &'static dyn Dialect,
    context: RenderContext<'a>,
}

impl SeedRunner<'_> {
    /// Writes the rows of a file and gives their number. While those of one statement are sent, those of the next are read;
    /// no others are held.
    pub(super) async fn write_rows(
        &mut self,
        seed: &DueSeed<'_>,
        pass: &RowPass<'_>,
        schema: &Schema,
    ) -> Result<usize, EngineError> {
        let server = self.session.server();
        let words = [server.dialect.name(), self.migrator.driver().name()];
        let loading = Loading::open(&pass.rows.file, pass.rows.format, &pass.table, &words);
        let mut preparation = Preparation {
            seed: &seed.status.name,
            pass,
            loading: loading
                .map_err(SeedError::from)?
                .keyed(&pass.key)
                .without(&pass.without),
            dialect: server.dialect,
            context: RenderContext::new(server.version).with_schema(schema),
        };
        let mut rows = 0;
        let mut next = preparation.next()?;
        while let Some(ready) = next {
            self.check_stop()?;
            let texts: Vec<&str> = ready.statements.iter().map(String::as_str).collect();
            let (sent, read) = tokio::join!(self.send(&texts), async { preparation.next() });
            if let Err(failed) = sent {
                if failed.error.kind == DriverErrorKind::Cancelled {
                    self.check_stop()?;
                }
                return Err(SeedError::Rows {
                    file: pass.rows.file.name().to_owned(),
                    first_line: ready.lines.0,
                    last_line: ready.lines.1,
                    error: failed.error,
                }
                .into());
            }
            rows += ready.rows;
            next = read?;
        }
        preparation.loading.check(&seed.digest).map_err(SeedError::from)?;
        Ok(rows)
    }
}

impl Preparation<'_> {
    /// Reads the rows of the next statement, and writes it.
    fn next(&mut self) -> Result<Option<Ready>, SeedError> {
        let Some(loaded) = self.loading.next()? else {
            return Ok(None);
        };
        let Operation::Data(insert) = &loaded.operation else {
            return Ok(None);
        };
        let upsert = Upsert::new(insert, &self.pass.table, &self.pass.key, &self.pass.update);
        let rendered = self.dialect.upsert(&upsert, &self.context);
        let rendered = rendered.map_err(|error| SeedError::Render {
            seed: self.seed.to_owned(),
            place: None,
            error,
        })?;
        Ok(Some(Ready {
            statements: rendered.statements,
            lines: loaded.lines,
            rows: loaded.rows,
        }))
    }
}
