//! Sessions: what they are seen to do, what they leave, and those that only read.

use limbeck_core::driver::Activity;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;

use super::cancel;
use crate::conformance::bench::Bench;
use crate::conformance::bench::eventually;
use crate::conformance::bench::is_in_the_way;
use crate::conformance::bench::lines;
use crate::conformance::bench::number;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "sessions":
    each_session_is_another_one = "Each session has an id of its own, and the server says who it is.";
    a_dropped_session_takes_its_work_back = "A session that is dropped in a transaction leaves nothing, and is in nobody's way.";
    a_session_is_idle_and_then_gone [Activity] = "A session that waits for its client is idle, and one that was closed or dropped is gone.";
    a_session_that_writes_is_running [Activity] = "A session that runs a statement which writes is running.";
    settings_are_put_back = "`restore` puts back what a script has set, and keeps the lock.";
    a_session_that_only_reads_writes_nothing = "A session that only reads reads, and every attempt to write is refused.";
    a_session_that_only_reads_can_see_an_empty_database = "A session that only reads opens an empty database and makes nothing in it.";
}

async fn each_session_is_another_one(bench: &Bench) -> Outcome {
    let (first, second) = (bench.connect().await?, bench.connect().await?);
    let (first, second) = (first.server(), second.server());
    ensure!(
        first.session != second.session,
        "two sessions are called {}",
        first.session
    );
    ensure!(
        first.version >= first.dialect.floor(),
        "the server says that it is {}, and the dialect begins at {}",
        first.version,
        first.dialect.floor()
    );
    let dialects = bench.driver().dialects();
    ensure!(
        dialects
            .iter()
            .any(|dialect| dialect.name() == first.dialect.name()),
        "{} is no dialect of the driver",
        first.dialect.name()
    );
    Ok(())
}

async fn a_dropped_session_takes_its_work_back(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t (id) VALUES (1);",
    )
    .await?;
    let begin = connection.server().dialect.begin();
    run(&mut connection, begin).await?;
    run(&mut connection, "UPDATE t SET id = 2").await?;
    drop(connection);
    let mut other = bench.connect().await?;
    // It waits until the row is free; an engine that does not wait says that it is busy.
    eventually("a write after another session was dropped", async || match other
        .query("UPDATE t SET id = id + 10", &[])
        .await
    {
        Ok(_) => Ok(true),
        Err(error) if is_in_the_way(&error) => Ok(false),
        Err(error) => Err(error.into()),
    })
    .await?;
    ensure_eq!(lines(&mut other, "SELECT id FROM t").await?, ["11"], "what stays");
    Ok(())
}

async fn becomes(
    observer: &mut Box<dyn Connection>,
    session: &limbeck_core::driver::SessionId,
    what: &str,
    is_so: impl Fn(&Activity) -> bool,
) -> Outcome {
    eventually(what, async || {
        Ok(is_so(&observer.activity(session).await.during(what)?))
    })
    .await
}

async fn a_session_is_idle_and_then_gone(bench: &Bench) -> Outcome {
    let mut observer = bench.connect().await?;
    for is_closed in [true, false] {
        let mut other = bench.connect().await?;
        number(&mut other, "SELECT 1").await?;
        let session = other.server().session.clone();
        becomes(&mut observer, &session, "an idle session", |activity| {
            *activity == Activity::Idle
        })
        .await?;
        if is_closed {
            other.close().await?;
        } else {
            drop(other);
        }
        becomes(&mut observer, &session, "a session that is gone", |activity| {
            *activity == Activity::Gone
        })
        .await?;
    }
    Ok(())
}

async fn a_session_that_writes_is_running(bench: &Bench) -> Outcome {
    let mut observer = bench.connect().await?;
    let mut other = bench.connect().await?;
    portable(&mut other, cancel::ROWS).await?;
    let session = other.server().session.clone();
    let is_running = |activity: &Activity| matches!(activity, Activity::Running { .. });
    let seen = becomes(&mut observer, &session, "a session that runs", is_running);
    // Whichever ends first ends the other; the statement never does by itself.
    tokio::select! {
        seen = seen => seen,
        ended = other.query(cancel::ENDLESS_WRITE, &[]) => {
            Err(Failure::new(format!("the endless statement ended: {ended:?}")))
        }
    }
}

async fn settings_are_put_back(bench: &Bench) -> Outcome {
    let settings = &bench.session().settings;
    if settings.is_empty() {
        return Err(Failure::Ignored("no setting is named with `setting`".into()));
    }
    let mut connection = bench.connect().await?;
    let name = bench.lock_name(&*connection);
    let is_locking = bench.offers(crate::Offer::Locks);
    if is_locking {
        connection.try_lock(&name).await?;
    }
    for (change, read) in settings {
        let before = lines(&mut connection, read).await?;
        run(&mut connection, change).await?;
        let changed = lines(&mut connection, read).await?;
        ensure!(changed != before, "{change} changes nothing that {read} shows");
        connection.restore().await.during("restore")?;
        let after = lines(&mut connection, read).await?;
        ensure_eq!(after, before, "{read}, after {change} and restore");
    }
    if is_locking {
        ensure!(connection.unlock(&name).await?, "the lock is gone after restore");
    }
    Ok(())
}

async fn a_session_that_only_reads_writes_nothing(bench: &Bench) -> Outcome {
    let mut writer = bench.connect().await?;
    portable(
        &mut writer,
        "CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t (id) VALUES (1);",
    )
    .await?;
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    for sql in [
        "INSERT INTO t (id) VALUES (2)",
        "UPDATE t SET id = 3",
        "DELETE FROM t",
        "CREATE TABLE u (id INTEGER)",
        "DROP TABLE t",
    ] {
        let error = reader.query(sql, &[]).await.refused(sql)?;
        ensure_eq!(error.kind, DriverErrorKind::Permission, "{sql}: {error}");
        ensure_eq!(
            lines(&mut reader, "SELECT id FROM t").await?,
            ["1"],
            "the rows after {sql}"
        );
    }
    Ok(())
}

async fn a_session_that_only_reads_can_see_an_empty_database(bench: &Bench) -> Outcome {
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    ensure_eq!(number(&mut reader, "SELECT 1").await?, 1, "a query");
    let migrator = bench.migrator(crate::conformance::histories::scripts(&[])?)?;
    ensure!(
        migrator.current().await?.is_empty(),
        "something is applied in an empty database"
    );
    let error = reader
        .query("SELECT version_num FROM limbeck_version", &[])
        .await
        .refused("a version table")?;
    ensure_eq!(error.kind, DriverErrorKind::UndefinedTable, "{error}");
    Ok(())
}
