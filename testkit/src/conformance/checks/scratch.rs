//! Databases that are made, dropped and copied.

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
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "databases":
    a_scratch_session_is_empty_and_leaves_nothing [Scratch] = "A scratch session begins empty, works, and neither shows in the database nor stays.";
    a_database_is_dropped_and_made_again [Administration] = "A database is dropped and made again, empty; doing so twice is harmless.";
    a_backup_is_a_new_file_and_never_an_old_one [Backup] = "A copy of a database that somebody works on is written into a new file, and not over one that is there.";
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

async fn a_backup_is_a_new_file_and_never_an_old_one(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(&mut connection, TABLE).await?;
    let folder = tempfile::tempdir()?;
    let (url, file) = (bench.url()?, folder.path().join("copy"));
    bench
        .driver()
        .backup(&url, &file)
        .await
        .during("the first copy")?;
    let written = std::fs::read(&file)?;
    ensure!(!written.is_empty(), "the copy holds something");
    connection.query("INSERT INTO t (id) VALUES (2)", &[]).await?;
    let again = bench.driver().backup(&url, &file).await;
    again.refused("a copy over another")?;
    ensure!(std::fs::read(&file)? == written, "the first copy is as it was");
    let nowhere = folder.path().join("nowhere").join("copy");
    let lost = bench.driver().backup(&url, &nowhere).await;
    lost.refused("a copy into a folder that is not there")?;
    let left = std::fs::read_dir(folder.path())?.count();
    ensure_eq!(left, 1, "files in the folder");
    Ok(())
}
