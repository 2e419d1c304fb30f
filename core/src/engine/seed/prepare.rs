//! Making seeds ready: everything that can be known before the first row is written.

use std::collections::BTreeSet;

use super::due::DueSeed;
use super::job::Job;
use super::job::Prepared;
use super::job::RowPass;
use super::job::Work;
use super::sql::Written;
use crate::dialect::render;
use crate::driver::Scope;
use crate::engine::EngineError;
use crate::engine::compile::Compiler;
use crate::engine::run::Run;
use crate::operation::Loading;
use crate::schema::Name;
use crate::schema::Schema;
use crate::seed::RowSeed;
use crate::seed::RowTable;
use crate::seed::SeedBody;
use crate::seed::SeedError;
use crate::seed::passes;

impl Run<'_> {
    /// Reads the statements of the seeds and the tables that they write, and puts files of rows into an order in which
    /// each row finds what it refers to. Seeds of another kind stay where they are.
    pub(super) async fn prepare<'a>(&mut self, due: &'a [DueSeed<'a>]) -> Result<Prepared<'a>, EngineError> {
        let compiler = Compiler::new(self.migrator, self.session.server());
        let mut statements = Vec::new();
        for seed in due {
            statements.push(match &seed.seed.body {
                SeedBody::Sql(script) => Some(compiler.seed(script)?),
                SeedBody::Rows(_) | SeedBody::Code(_) => None,
            });
        }
        let schema = self.tables(due, &statements).await?;
        let server = self.session.server();
        let words = [server.dialect.name(), self.migrator.driver().name()];
        let mut prepared = Prepared {
            due,
            schema,
            jobs: Vec::with_capacity(due.len()),
        };
        let mut files: Vec<(usize, &RowSeed)> = Vec::new();
        for (at, (seed, written)) in due.iter().zip(statements).enumerate() {
            let work = match &seed.seed.body {
                SeedBody::Rows(rows) => {
                    files.push((at, rows));
                    continue;
                }
                SeedBody::Sql(_) => {
                    let written = written.unwrap_or_default();
                    Work::Statements(compiler.seed_statements(
                        &seed.status.name,
                        written,
                        &prepared.schema,
                    )?)
                }
                SeedBody::Code(code) => Work::Code(code),
            };
            prepared.add_files(&std::mem::take(&mut files), &words)?;
            prepared.jobs.push(Job { seed: at, work });
        }
        prepared.add_files(&files, &words)?;
        self.find_new(&mut prepared).await?;
        Ok(prepared)
    }

    /// Finds the tables without rows. In the transaction of the seeds such a look would fix what it sees.
    async fn find_new(&mut self, prepared: &mut Prepared<'_>) -> Result<(), EngineError> {
        let mut seen = BTreeSet::new();
        for job in &mut prepared.jobs {
            let Work::Rows(pass) = &mut job.work else { continue };
            if !seen.insert(pass.table.name.clone()) {
                continue;
            }
            let table = render::quoted(self.session.server().dialect, &pass.table.name);
            let found = self
                .session
                .query(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])
                .await;
            let found = found.map_err(|error| EngineError::Database {
                doing: "looking whether a table has rows",
                error,
            })?;
            pass.is_new = found.rows.is_empty();
        }
        Ok(())
    }

    /// The tables that the seeds write, as the database has them.
    async fn tables(
        &mut self,
        due: &[DueSeed<'_>],
        statements: &[Option<Vec<Written>>],
    ) -> Result<Schema, EngineError> {
        let of_rows = due.iter().flat_map(|seed| match &seed.seed.body {
            SeedBody::Rows(rows) => rows.table_names().collect(),
            SeedBody::Sql(_) | SeedBody::Code(_) => Vec::new(),
        });
        let of_statements = statements.iter().flatten().flatten().flat_map(Written::tables);
        let mut names: Vec<Name> = of_rows.chain(of_statements.cloned()).collect();
        names.sort();
        names.dedup();
        if names.is_empty() {
            return Ok(Schema::new());
        }
        let read = self.session.introspect(Scope::Tables(&names)).await;
        let mut schema = read.map_err(|error| EngineError::Database {
            doing: "reading the schema",
            error,
        })?;
        self.migrator.options().tables.leave_out(&mut schema);
        Ok(schema)
    }
}

impl<'a> Prepared<'a> {
    /// Adds files of rows that stand one after another.
    fn add_files(&mut self, files: &[(usize, &'a RowSeed)], words: &[&str]) -> Result<(), SeedError> {
        let mut known: Vec<(usize, &'a RowSeed)> = Vec::with_capacity(files.len());
        let mut tables = Vec::with_capacity(files.len());
        for (at, rows) in files {
            let table = rows.table(&self.schema)?;
            let loading = Loading::open(&rows.file, rows.format, table, words)?;
            let columns: Vec<Name> = loading.columns().to_vec();
            // A file of JSON lines without a row names no column, and there is nothing to write.
            let key = match columns.is_empty() {
                true => Vec::new(),
                false => rows.key(table, &columns)?,
            };
            known.push((*at, *rows));
            tables.push(RowTable { table, columns, key });
        }
        let passes = passes(&tables).map_err(|circle| SeedError::Circle {
            circle: circle.iter().map(ToString::to_string).collect(),
        })?;
        let mut jobs = Vec::with_capacity(passes.len());
        for pass in passes {
            let (Some((seed, rows)), Some(table)) = (known.get(pass.file), tables.get(pass.file)) else {
                continue;
            };
            let is_updated = |name: &&Name| !table.key.contains(name) && !pass.without.contains(name);
            jobs.push(Job {
                seed: *seed,
                work: Work::Rows(Box::new(RowPass {
                    rows,
                    table: table.table.clone(),
                    key: table.key.clone(),
                    update: table.columns.iter().filter(is_updated).cloned().collect(),
                    without: pass.without,
                    is_new: false,
                })),
            });
        }
        self.jobs.extend(jobs);
        Ok(())
    }
}
