//! What is read from a database is what was made there.

mod foreign;
mod kept;
mod operations;
mod others;
mod registry;

use limbeck_core::dialect::RenderContext;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Scope;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Schema;
use limbeck_testkit::ClientDatabase;

use self::kept::as_kept;
use crate::session::connect;
use crate::session::run;

/// A database of its own with a session, which is dropped first.
struct Place {
    session: Box<dyn Connection>,
    database: ClientDatabase,
}

impl Place {
    async fn new(database: ClientDatabase) -> Self {
        Self {
            session: connect(&database).await,
            database,
        }
    }

    /// Empties the database.
    async fn again(&mut self) {
        let name = self.session.server().schema.clone();
        let words = [
            format!("DROP DATABASE `{name}`"),
            format!("CREATE DATABASE `{name}`"),
            format!("USE `{name}`"),
        ];
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        run(&mut self.session, &words).await;
    }

    async fn carry_out(&mut self, operation: &Operation, schema: &Schema) {
        let server = self.session.server();
        let context = RenderContext::new(server.version).with_schema(schema);
        let rendering = server
            .dialect
            .render(std::slice::from_ref(operation), &context)
            .unwrap_or_else(|error| panic!("{error}: {operation:?}"));
        for statement in rendering.statements {
            run(&mut self.session, &[&statement.sql]).await;
        }
    }

    async fn read(&mut self) -> Schema {
        let answer = self.session.introspect(Scope::All).await;
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The database holds what the replay of its history says, as far as the engine keeps it.
    fn assert_kept(&self, read: &Schema, replayed: &Schema) {
        let server = self.session.server();
        let engine = server.dialect.name();
        let (read, replayed) = (as_kept(read.clone(), server), as_kept(replayed.clone(), server));
        for (name, table) in &replayed.tables {
            for (found, expected) in read.tables[name].columns.iter().zip(&table.columns) {
                assert_eq!(found, expected, "{engine}");
            }
            for (found, expected) in read.tables[name].checks.iter().zip(&table.checks) {
                assert_eq!(found, expected, "{engine}");
            }
            assert_eq!(read.table(name), Some(table), "{engine}");
        }
        assert_eq!(read.tables, replayed.tables);
        // The query of a view is the engine's own text.
        assert!(read.views.keys().eq(replayed.views.keys()));
    }

    /// What was read, written in an empty database, is read from there as the same.
    async fn assert_makes_the_same(&mut self, read: &Schema) {
        self.again().await;
        for operation in making(read) {
            self.carry_out(&operation, read).await;
        }
        let again = self.read().await;
        for (name, table) in &again.tables {
            assert_eq!(Some(table), read.table(name), "what was read makes another table");
        }
        assert_eq!(again.tables, read.tables);
    }
}

/// What makes the tables of a schema anew: foreign keys once all tables are there.
fn making(schema: &Schema) -> Vec<Operation> {
    let mut operations = Vec::new();
    let mut keys = Vec::new();
    for table in schema.tables.values() {
        let mut bare = table.clone();
        for key in bare.foreign_keys.drain(..) {
            keys.push(Operation::AddConstraint {
                table: table.name.clone(),
                constraint: Constraint::ForeignKey(key),
            });
        }
        operations.push(Operation::CreateTable(bare));
    }
    operations.extend(keys);
    operations
}
