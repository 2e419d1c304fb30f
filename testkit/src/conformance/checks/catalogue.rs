//! What the catalogue says.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::Version;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Scope;
use limbeck_core::history::HistoryTables;
use limbeck_core::operation::Operation;
use limbeck_core::operation::Operations;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::View;

use crate::conformance::bench::Bench;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "catalogue":
    an_empty_database_has_an_empty_schema [Introspection] = "An empty database has an empty schema.";
    only_the_tables_asked_for_are_read [Introspection] = "Reading some tables gives these, without views; those that do not exist are left out.";
    a_session_that_only_reads_can_read_the_schema [Introspection] = "A session that only reads can read the schema.";
    good_data_has_no_faults [DataCheck] = "Looking for faults of the data finds none where there are none, and changes nothing.";
}

/// The schema that portable SQL makes, as a dialect writes it.
#[derive(Clone)]
pub(super) struct Replayed {
    dialect: &'static dyn Dialect,
    version: Version,
    schema: Schema,
}

impl Replayed {
    /// What this SQL makes in an empty database.
    pub(super) fn of(connection: &dyn Connection, sql: &str) -> Result<Self, Failure> {
        let server = connection.server();
        let mut replayed = Self {
            dialect: server.dialect,
            version: server.version,
            schema: Schema::new(),
        };
        replayed.apply(sql)?;
        Ok(replayed)
    }

    pub(super) fn apply(&mut self, sql: &str) -> Outcome {
        let mut operations = Operations::default();
        operations.execute(sql)?;
        for operation in operations.into_operations() {
            self.schema.apply(&operation)?;
        }
        Ok(())
    }

    /// Compares with what the catalogue says: both as this dialect would write them, so that what the engine does not tell
    /// apart is the same.
    ///
    /// An engine may keep a view in words of its own. Then the view of the replay is made in another database, and read
    /// from there: the two must be the same words.
    pub(super) async fn compare(&self, bench: &Bench, connection: &mut Box<dyn Connection>) -> Outcome {
        let read = read(connection).await?;
        let mut replayed = self.schema.clone();
        if read.views.values().any(has_own_words) {
            replayed.views = self.made_elsewhere(bench).await?.views;
        }
        if !self.dialect.capabilities(&self.version).descending_indexes {
            let tables = replayed.tables.values_mut();
            let keys = tables
                .flat_map(|table| &mut table.indexes)
                .flat_map(|index| &mut index.keys);
            keys.for_each(|(_, order)| *order = SortOrder::Ascending);
        }
        let read = self.written(read.in_name_order())?;
        let replayed = self.written(replayed.in_name_order())?;
        for (read, replayed) in read.iter().zip(&replayed) {
            ensure!(
                read == replayed,
                "what is read is not what was made\n--- read\n{read}\n--- replayed\n{replayed}"
            );
        }
        ensure_eq!(
            read.len(),
            replayed.len(),
            "tables and views: {read:#?} {replayed:#?}"
        );
        Ok(())
    }

    /// What is read when the tables and views of the replay are made at once.
    async fn made_elsewhere(&self, bench: &Bench) -> Result<Schema, Failure> {
        let elsewhere = bench.another()?;
        let mut connection = elsewhere.connect().await?;
        let mut schema = self.schema.clone();
        let tables = schema.tables.values_mut();
        // In an order of their own, tables could refer to those that are not there yet; no view depends on a reference.
        tables.for_each(|table| table.foreign_keys.clear());
        for sql in self.written(schema)? {
            for statement in sql.split(BETWEEN) {
                run(&mut connection, statement).await?;
            }
        }
        read(&mut connection).await
    }

    /// The SQL of each table and each view, in the order of the schema.
    fn written(&self, schema: Schema) -> Result<Vec<String>, Failure> {
        let schema = schema.without_native_ddl();
        let context = RenderContext::new(self.version).with_schema(&schema);
        let tables = schema.tables.values().cloned().map(Operation::CreateTable);
        let views = schema.views.values().cloned().map(Operation::CreateView);
        let mut written = Vec::new();
        for operation in tables.chain(views) {
            let rendered = self.dialect.operation(&operation, &context)?;
            written.push(rendered.statements.join(BETWEEN));
        }
        Ok(written)
    }
}

/// What stands between two statements of one object, and in no statement.
const BETWEEN: &str = ";\n;\n";

fn has_own_words(view: &View) -> bool {
    matches!(view.query, Expression::Native(_))
}

async fn read(connection: &mut Box<dyn Connection>) -> Result<Schema, Failure> {
    let mut read = connection.introspect(Scope::All).await.during("introspect")?;
    HistoryTables::default().leave_out(&mut read);
    Ok(read)
}

const SCHEMA: &str = "CREATE TABLE team (id BIGINT PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE);
    CREATE TABLE member (id BIGINT PRIMARY KEY, team_id BIGINT REFERENCES team (id));
    CREATE VIEW named (id) AS SELECT id FROM team WHERE name <> '';";

async fn an_empty_database_has_an_empty_schema(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    ensure_eq!(
        connection.introspect(Scope::All).await?,
        Schema::new(),
        "the schema"
    );
    Ok(())
}

async fn only_the_tables_asked_for_are_read(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, SCHEMA).await?;
    let names = [Name::folded("member")?, Name::folded("nowhere")?];
    let read = connection.introspect(Scope::Tables(&names)).await?;
    let tables: Vec<&str> = read.tables.keys().map(Name::as_str).collect();
    ensure_eq!(tables, ["member"], "the tables");
    ensure!(read.views.is_empty(), "views were read: {:?}", read.views);
    let all = connection.introspect(Scope::All).await?;
    ensure_eq!(
        all.table(&Name::folded("member")?),
        read.table(&Name::folded("member")?),
        "the same table among all"
    );
    ensure_eq!((all.tables.len(), all.views.len()), (2, 1), "tables and views");
    let none = connection.introspect(Scope::Tables(&[])).await?;
    ensure_eq!(none, Schema::new(), "no tables");
    Ok(())
}

async fn a_session_that_only_reads_can_read_the_schema(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, SCHEMA).await?;
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    let read = reader.introspect(Scope::All).await?;
    ensure_eq!(
        read,
        connection.introspect(Scope::All).await?,
        "what the reader reads"
    );
    ensure_eq!((read.tables.len(), read.views.len()), (2, 1), "tables and views");
    Ok(())
}

async fn good_data_has_no_faults(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, SCHEMA).await?;
    portable(
        &mut connection,
        "CREATE TABLE kind (id BIGINT PRIMARY KEY, n INTEGER CHECK (n > 0));
         INSERT INTO kind (id, n) VALUES (1, 1), (2, NULL);",
    )
    .await?;
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    let faults = reader.check_data().await?;
    ensure!(faults.is_empty(), "faults of good data: {faults:?}");
    Ok(())
}
