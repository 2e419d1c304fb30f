//! A table of many rows, and what is done to it.

use std::fs;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;

use crate::bench::Bench;
use crate::clients;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;
use crate::work;

/// A project whose first revision makes a table, and whose second one does something to it.
#[derive(Debug)]
pub struct BigTable<'a> {
    /// How many rows the table gets before the second revision.
    pub rows: usize,
    /// The columns of the table, in portable SQL.
    pub columns: &'a str,
    /// What the second revision does, in portable SQL.
    pub then: &'a str,
}

impl BigTable<'_> {
    /// Writes the project.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(&self, project: &Path) -> Result<(), BenchError> {
        let folder = project.join("migrations");
        fs::create_dir_all(&folder).map_err(BenchError::file(&folder))?;
        Bench::write(project, "limbeck.toml", "name = \"bench\"\n")?;
        let first = format!(
            "-- Add the table\n--\n-- limbeck:revision big1\n\n-- limbeck:upgrade\nCREATE TABLE big (\n{}\n);\n",
            self.columns
        );
        Bench::write(&folder, "big1_add_the_table.sql", &first)?;
        let second = format!(
            "-- Change it\n--\n-- limbeck:revision big2\n-- limbeck:revises big1\n-- limbeck:irreversible a measurement\n\n\
             -- limbeck:upgrade\n{}\n",
            self.then
        );
        Bench::write(&folder, "big2_change_it.sql", &second)?;
        Ok(())
    }

    /// A new database in which the first revision is applied and the table has its rows, each from `insert`, in which
    /// `n` is a number.
    ///
    /// # Errors
    /// `limbeck` or the client fails.
    pub fn place(
        &self,
        bench: &Bench,
        project: &Path,
        engine: Engine,
        insert: &str,
    ) -> Result<Place, BenchError> {
        let place = Place::new(engine, bench.scratch())?;
        work::output(&mut bench.limbeck_on(project, &place, &["upgrade", "big1", "--quiet"]))?;
        if self.rows > 0 {
            let sql = fill(engine, self.rows, insert);
            work::output(&mut clients::of(engine)?.query(&place, &sql))?;
        }
        Ok(place)
    }
}

/// A statement that inserts so many rows.
fn fill(engine: Engine, rows: usize, insert: &str) -> String {
    let (into, values) = insert.split_once(" SELECT ").unwrap_or((insert, ""));
    match engine {
        Engine::Postgres => format!("{into} SELECT {values} FROM generate_series(1, {rows}) AS numbers (n)"),
        Engine::Sqlite => format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) \
             {into} SELECT {values} FROM numbers"
        ),
        Engine::MySql => format!(
            "SET cte_max_recursion_depth = {rows}; {into} WITH RECURSIVE numbers (n) AS \
             (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) SELECT {values} FROM numbers"
        ),
        Engine::MariaDb => {
            format!("{into} SELECT {values} FROM (SELECT seq AS n FROM seq_1_to_{rows}) AS numbers")
        }
    }
}

/// Writes a file of CSV with a header and so many rows.
///
/// # Errors
/// It cannot be written.
pub fn write_csv(path: &Path, rows: usize) -> Result<(), BenchError> {
    let file = fs::File::create(path).map_err(BenchError::file(path))?;
    let mut file = BufWriter::new(file);
    let written = writeln!(file, "id,name,state,amount,made").and_then(|()| {
        (1..=rows).try_for_each(|row| {
            writeln!(
                file,
                "{row},\"name, of {row}\",open,{}.25,2026-11-{:02} 07:00:00",
                row % 10_000,
                row % 28 + 1
            )
        })
    });
    written
        .and_then(|()| file.flush())
        .map_err(BenchError::file(path))
}
