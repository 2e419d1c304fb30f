//! What is read from a database is what was made there.

mod catalogue;
mod expressions;
mod kept;
mod operations;
mod random;
mod registry;
mod scope;
mod versions;
mod views;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Scope;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Name;
use limbeck_core::schema::Schema;
use limbeck_postgres::POSTGRES;
use limbeck_postgres::Postgres;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;

use self::kept::as_kept;

/// A database of its own with a session.
struct Place {
    session: Box<dyn Connection>,
    /// Dropped after the session.
    database: ClientDatabase,
}

impl Place {
    /// None where there is no server, which was said aloud.
    async fn new() -> Option<Self> {
        let database = Client::Psql.database()?;
        let session = Postgres
            .connect(database.url(), &ConnectOptions::read_write())
            .await
            .unwrap();
        Some(Self { session, database })
    }

    /// The database after these native statements.
    async fn made_by(sql: &str) -> Option<Self> {
        let place = Self::new().await?;
        place.database.apply(sql).unwrap();
        Some(place)
    }

    /// The session must be gone before its database can be dropped.
    async fn close(self) {
        self.session.close().await.unwrap();
        drop(self.database);
    }

    async fn run(&mut self, sql: &str) {
        let answer = self.session.query(sql, &[]).await;
        answer.unwrap_or_else(|error| panic!("{error}: {:?}: {sql}", error.detail));
    }

    fn rendered(&self, operation: &Operation, schema: &Schema) -> Vec<String> {
        let context = RenderContext::new(self.session.server().version).with_schema(schema);
        let rendering = POSTGRES
            .render(std::slice::from_ref(operation), &context)
            .unwrap_or_else(|error| panic!("{error}: {operation:?}"));
        let statements = rendering.statements.into_iter();
        statements.map(|statement| statement.sql).collect()
    }

    async fn carry_out(&mut self, operation: &Operation, schema: &Schema) {
        for statement in self.rendered(operation, schema) {
            self.run(&statement).await;
        }
    }

    async fn read(&mut self) -> Schema {
        self.read_scope(Scope::All).await
    }

    async fn read_scope(&mut self, scope: Scope<'_>) -> Schema {
        let answer = self.session.introspect(scope).await;
        answer.unwrap_or_else(|error| panic!("{error}"))
    }
}

fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

/// The database holds what the replay of its history says, as far as PostgreSQL keeps it.
fn assert_kept(read: &Schema, replayed: &Schema) {
    let (read, replayed) = (
        kept::compared(read.clone()),
        kept::compared(as_kept(replayed.clone())),
    );
    for (name, table) in &replayed.tables {
        assert_eq!(read.table(name), Some(table));
    }
    assert_eq!(read.tables, replayed.tables);
    // Their queries are the server's own text: `views` shows how it writes them.
    assert!(read.views.keys().eq(replayed.views.keys()));
}

/// What was read, written in an empty database, is read from there as the same, and PostgreSQL understands it as the same.
async fn assert_makes_the_same(read: &Schema) {
    let Some(mut place) = Place::new().await else {
        return;
    };
    for operation in making(read) {
        place.carry_out(&operation, &Schema::new()).await;
    }
    let again = place.read().await;
    place.close().await;
    assert_eq!(
        again.in_name_order(),
        read.clone().in_name_order(),
        "what was read makes another schema"
    );
}

/// What makes a schema anew: foreign keys once all tables are there, and views last.
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
    operations.extend(schema.views.values().cloned().map(Operation::CreateView));
    operations
}
