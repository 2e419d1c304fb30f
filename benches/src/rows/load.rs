//! Rows from a file.

use limbeck_testkit::Server;
use limbeck_testkit::TestDatabase;

use super::Row;
use super::engine_of;
use super::on_big_table::OnBigTable;
use super::on_each;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::corpus::BigTable;
use crate::corpus::write_csv;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::place::Place;
use crate::work::Work;

pub(super) struct Load;

const COLUMNS: &str = "    id     BIGINT PRIMARY KEY,
    name   VARCHAR(50) NOT NULL,
    state  VARCHAR(10) NOT NULL,
    amount NUMERIC(12, 2) NOT NULL,
    made   TIMESTAMP NOT NULL";

const THEN: &str = "-- limbeck:load rows.csv into big";

impl Row for Load {
    fn name(&self) -> &'static str {
        "load"
    }

    fn work(&self) -> &'static str {
        "a revision with `limbeck:load` of a CSV file into a new table"
    }

    fn floor(&self) -> &'static str {
        "`\\copy`, `LOAD DATA LOCAL INFILE` or `.import` in the client"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        on_each(&Engine::ALL, &[scale.pick(1_000_000, 10_000)], "rows")
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let folder = bench.folder("load-")?;
        let table = BigTable {
            rows: 0,
            columns: COLUMNS,
            then: THEN,
        };
        table.write(folder.path())?;
        let csv = folder.path().join("migrations/rows.csv");
        write_csv(&csv, case.size)?;
        let _allowed = LocalInfile::allow(&Place::new(engine, bench.scratch())?);
        let row = OnBigTable {
            name: self.name(),
            limit: if engine == Engine::Sqlite { 1.1 } else { 1.5 },
            table,
            insert: "",
        };
        row.measure(bench, case, folder.path(), |client, place| {
            Work::command(client.load(place, &csv, "big"))
        })
    }
}

/// The server takes files of its clients for as long as this lives: MySQL does not unless it is told to.
struct LocalInfile(Option<&'static Server>);

impl LocalInfile {
    fn allow(place: &Place) -> Self {
        let server = place.database().map(TestDatabase::server);
        let server = server.filter(|_| place.engine().is_mysql_family());
        let refusing = server.filter(|server| server.rows("SELECT @@GLOBAL.local_infile") != ["1"]);
        if let Some(server) = refusing {
            server.rows("SET GLOBAL local_infile = 1");
        }
        Self(refusing)
    }
}

impl Drop for LocalInfile {
    fn drop(&mut self) {
        if let Some(server) = self.0 {
            server.rows("SET GLOBAL local_infile = 0");
        }
    }
}
