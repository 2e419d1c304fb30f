//! Databases that are made and dropped.

use limbeck_core::driver::Administer;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverErrorKind;

use crate::conformance::bench::Bench;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure_eq;

checks! { "databases":
    a_scratch_session_is_empty_and_leaves_nothing [Scratch] = "A scratch session begins empty, works, and neither shows in the database nor stays.";
    a_database_is_dropped_and_made_again [Administration] = "A database is dropped and made again, empty; doing so twice is harmless.";
}

const TABLE: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t (id) VALUES (1);";

async fn a_scratch_session_is_empty_and_leaves_nothing(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, "CREATE TABLE own (id INTEGER PRIMARY KEY);").await?;
    for _ in 0..2 {
        let options = ConnectOptions::read_write();
        let mut scratch = bench.driver().scratch(&bench.url()?, &options).await?;
        for table in ["own", "t"] {
            let error = scratch
                .query(&format!("SELECT id FROM {table}"), &[])
                .await
                .refused(format!("{table} in a scratch session"))?;
            ensure_eq!(error.kind, DriverErrorKind::UndefinedTable, "{error}");
        }
        portable(&mut scratch, TABLE).await?;
        ensure_eq!(
            number(&mut scratch, "SELECT count(*) FROM t").await?,
            1,
            "its rows"
        );
        let hidden = connection.query("SELECT id FROM t", &[]).await;
        hidden.refused("a scratch table, in the database")?;
        scratch.close().await.during("closing a scratch session")?;
    }
    Ok(())
}

async fn a_database_is_dropped_and_made_again(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, TABLE).await?;
    connection.close().await?;
    let url = bench.url()?;
    for task in [
        Administer::Drop,
        Administer::Drop,
        Administer::Create,
        Administer::Create,
    ] {
        let done = bench.driver().administer(&url, task).await;
        done.during(format!("{task:?}"))?;
    }
    let mut connection = bench.connect().await?;
    let error = connection
        .query("SELECT id FROM t", &[])
        .await
        .refused("a table of the database before")?;
    ensure_eq!(error.kind, DriverErrorKind::UndefinedTable, "{error}");
    Ok(())
}
