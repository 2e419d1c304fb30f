//! All objects, in the engine's own words.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Changes;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::changes;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;

use crate::conformance::bench::Bench;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "objects":
    what_is_read_makes_it_again [Objects] = "What is read of all objects makes them again in an empty database, with the same fingerprint.";
    what_leads_to_other_objects_leads_back [Objects] = "What leads from one set of objects to another leads there and back, keeps the rows of what stays, and ends in an empty database.";
    a_session_that_only_reads_can_read_all_objects [Objects] = "A session that only reads can read all objects.";
}

const SCHEMA: &str = "CREATE TABLE team (id BIGINT PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE);
    CREATE TABLE member (id BIGINT PRIMARY KEY, team_id BIGINT REFERENCES team (id), \"odd name\" INTEGER DEFAULT 1 CHECK (\"odd name\" > 0));
    CREATE INDEX ix_member_odd ON member (\"odd name\");
    CREATE VIEW named (id) AS SELECT id FROM team WHERE name <> '';";

const OTHER: &str = "CREATE TABLE team (id BIGINT PRIMARY KEY, name VARCHAR(90), size INTEGER);
    CREATE TABLE badge (id BIGINT PRIMARY KEY, team_id BIGINT REFERENCES team (id));
    CREATE UNIQUE INDEX ix_team_size ON team (size);
    CREATE VIEW named (id, size) AS SELECT id, size FROM team WHERE name <> '';";

async fn what_is_read_makes_it_again(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let nothing = connection.catalogue().await?;
    portable(&mut connection, SCHEMA).await?;
    let read = connection.catalogue().await?;
    ensure_eq!(connection.catalogue().await?, read, "the second reading");
    let without_order = connection.catalogue_without_order().await?;
    ensure_eq!(
        without_order.fingerprint(),
        read.fingerprint(),
        "the fingerprint without order"
    );
    let elsewhere = bench.another()?;
    let mut other = elsewhere.connect().await?;
    let made = read.in_order().filter(|object| !nothing.contains(&object.id));
    for statement in made.flat_map(Object::statements) {
        run(&mut other, statement).await?;
    }
    let again = other.catalogue().await?;
    is_nothing(&leads(&*other, &again, &read))?;
    ensure_eq!(again.fingerprint(), read.fingerprint(), "the fingerprint");
    Ok(())
}

async fn what_leads_to_other_objects_leads_back(bench: &Bench) -> Outcome {
    let elsewhere = bench.another()?;
    let mut other = elsewhere.connect().await?;
    portable(&mut other, OTHER).await?;
    let wanted = other.catalogue().await?;
    let mut connection = bench.connect().await?;
    let nothing = connection.catalogue().await?;
    portable(&mut connection, SCHEMA).await?;
    let begun = connection.catalogue().await?;
    run(&mut connection, "INSERT INTO team (id, name) VALUES (1, 'one')").await?;
    for to in [&wanted, &begun] {
        lead(&mut connection, to).await?;
        let names = connection.query("SELECT name FROM team", &[]).await?;
        let names: Vec<Option<&str>> = names.rows.iter().map(|row| row.text(0)).collect();
        ensure_eq!(names, [Some("one")], "the rows of what stays");
    }
    lead(&mut connection, &nothing).await
}

async fn a_session_that_only_reads_can_read_all_objects(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, SCHEMA).await?;
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    let read = reader.catalogue().await?;
    ensure_eq!(read, connection.catalogue().await?, "what the reader reads");
    ensure!(!read.is_empty(), "nothing was read");
    Ok(())
}

/// Makes what is in a database what it is to be.
async fn lead(connection: &mut Box<dyn Connection>, to: &Catalogue) -> Outcome {
    let is = connection.catalogue().await?;
    for statement in leads(&**connection, &is, to).statements() {
        run(connection, statement).await?;
    }
    let made = connection.catalogue().await?;
    is_nothing(&leads(&**connection, &made, to))
}

fn leads(connection: &dyn Connection, from: &Catalogue, to: &Catalogue) -> Changes {
    let server = connection.server();
    changes(from, to, &|change| {
        server.dialect.alter_object(change, &server.version)
    })
}

fn is_nothing(found: &Changes) -> Outcome {
    ensure!(found.is_empty(), "something is different: {found:#?}");
    Ok(())
}
