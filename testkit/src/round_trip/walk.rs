//! From one schema to another and back, in two scratch databases.

use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::diff::diff;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Scope;
use limbeck_core::operation::Operation;
use limbeck_core::operation::derive_downgrade;
use limbeck_core::schema::Schema;

/// How far a pair went.
pub(super) enum Walked {
    Whole,
    /// The dialect has no words for one of the schemas.
    Inexpressible,
}

/// Two scratch databases.
pub(super) struct Walk {
    here: Box<dyn Connection>,
    there: Box<dyn Connection>,
}

impl Walk {
    pub(super) async fn open(driver: &dyn Driver, url: &DatabaseUrl) -> Result<Self, String> {
        let options = ConnectOptions::read_write();
        let here = driver.scratch(url, &options).await;
        let there = driver.scratch(url, &options).await;
        Ok(Self {
            here: here.map_err(|error| error.to_string())?,
            there: there.map_err(|error| error.to_string())?,
        })
    }

    pub(super) async fn close(self) -> Result<(), String> {
        self.here.close().await.map_err(|error| error.to_string())?;
        self.there.close().await.map_err(|error| error.to_string())
    }

    pub(super) async fn there_and_back(&mut self, one: &Schema, other: &Schema) -> Result<Walked, String> {
        let nothing = Schema::new();
        for (connection, schema) in [(&mut self.here, one), (&mut self.there, other)] {
            let made = diff(&nothing, schema, &[]);
            if let Some(left) = made.left.first() {
                return Err(format!("making it: {left}"));
            }
            if rendered(&**connection, &made.operations, &nothing).is_err_and(|error| !error.is_unknown()) {
                return Ok(Walked::Inexpressible);
            }
            carry_out(&mut **connection, &made.operations).await?;
        }
        let one = read(&mut *self.here).await?;
        let other = read(&mut *self.there).await?;
        same("the schema to itself", &one, &read(&mut *self.here).await?)?;
        let found = diff(&one, &other, &[]);
        if let Some(left) = found.left.first() {
            return Err(format!("left: {left}"));
        }
        carry_out(&mut *self.here, &found.operations).await?;
        let arrived = read(&mut *self.here).await?;
        same("there", &arrived, &other).map_err(|error| after(error, &found.operations))?;
        let back = match derive_downgrade(&found.operations, &one) {
            Ok(downgrade) => downgrade.operations,
            Err(_) => diff(&arrived, &one, &[]).operations,
        };
        carry_out(&mut *self.here, &back).await?;
        let home = read(&mut *self.here).await?;
        same("back", &home, &one).map_err(|error| after(error, &back))?;
        Ok(Walked::Whole)
    }
}

fn after(error: String, operations: &[Operation]) -> String {
    format!("{error}\nafter {operations:?}")
}

fn rendered(
    connection: &dyn Connection,
    operations: &[Operation],
    schema: &Schema,
) -> Result<Rendering, RenderError> {
    let server = connection.server();
    let context = RenderContext::new(server.version).with_schema(schema);
    server.dialect.render(operations, &context)
}

/// Carries operations out as a revision does: the alterations of one table together, with what the database says of it then.
/// What some of them have made unknown is read again before the others.
async fn carry_out(connection: &mut dyn Connection, operations: &[Operation]) -> Result<(), String> {
    let together = |one: &Operation, next: &Operation| {
        one.altered_table().is_some() && one.altered_table() == next.altered_table()
    };
    for mut operations in operations.chunk_by(together) {
        while !operations.is_empty() {
            let schema = needed(connection, operations).await?;
            let (rendering, count) = match rendered(connection, operations, &schema) {
                Ok(rendering) => (rendering, operations.len()),
                Err(error) => {
                    let known = error.operation().filter(|at| *at > 0 && error.is_unknown());
                    let known = known.ok_or_else(|| format!("{error}: {operations:?}"))?;
                    let first = operations.get(..known).unwrap_or_default();
                    let rendering = rendered(connection, first, &schema);
                    (rendering.map_err(|error| error.to_string())?, known)
                }
            };
            send_all(connection, &rendering).await?;
            operations = operations.get(count..).unwrap_or_default();
        }
    }
    Ok(())
}

/// What the dialect must know of the schema.
async fn needed(connection: &mut dyn Connection, operations: &[Operation]) -> Result<Schema, String> {
    let dialect = connection.server().dialect;
    match operations
        .iter()
        .all(|operation| dialect.needs(operation) == Needs::Nothing)
    {
        true => Ok(Schema::new()),
        false => read(connection).await,
    }
}

async fn send_all(connection: &mut dyn Connection, rendering: &Rendering) -> Result<(), String> {
    for sql in &rendering.before {
        send(connection, sql).await?;
    }
    for statement in &rendering.statements {
        for guard in statement.asked_before() {
            asks(connection, &guard.query, &guard.refusal).await?;
        }
        send(connection, &statement.sql).await?;
    }
    for guard in &rendering.checks {
        asks(connection, &guard.query, &guard.refusal).await?;
    }
    connection.restore().await.map_err(|error| error.to_string())
}

async fn send(connection: &mut dyn Connection, sql: &str) -> Result<(), String> {
    let sent = connection.query(sql, &[]).await;
    sent.map(drop).map_err(|error| format!("{error}: {sql}"))
}

/// A question that must find no rows.
async fn asks(connection: &mut dyn Connection, query: &str, refusal: &str) -> Result<(), String> {
    let rows = connection.query(query, &[]).await;
    match rows.map_err(|error| format!("{error}: {query}"))?.rows.is_empty() {
        true => Ok(()),
        false => Err(refusal.to_owned()),
    }
}

async fn read(connection: &mut dyn Connection) -> Result<Schema, String> {
    let read = connection.introspect(Scope::All).await;
    read.map_err(|error| error.to_string())
}

/// Nothing leads from one to the other, nor back.
fn same(what: &str, one: &Schema, other: &Schema) -> Result<(), String> {
    for (from, to) in [(one, other), (other, one)] {
        let found = diff(from, to, &[]);
        if let Some(left) = found.left.first() {
            return Err(format!("{what}: left: {left}"));
        }
        if !found.operations.is_empty() {
            return Err(format!("{what}: {:?}", found.operations));
        }
    }
    Ok(())
}
