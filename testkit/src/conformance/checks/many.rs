//! Many runs on one database.

use std::time::Duration;

use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::history::HistoryTables;

use crate::RevisionFile;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::number;
use crate::conformance::check::checks;
use crate::conformance::child::LockHolder;
use crate::conformance::child::Role;
use crate::conformance::child::Runner;
use crate::conformance::failure::During;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::COUNTED;
use crate::conformance::histories::History;
use crate::conformance::histories::scripts;

checks! { "many":
    eight_processes_upgrade_once = "Eight processes that upgrade at once: each revision is applied exactly once, and all of them succeed.";
    a_run_that_gets_no_lock_says_who_has_it [Locks] = "A run that waits too long for the lock fails with `Locked` and names the holder.";
    two_histories_do_not_disturb_each_other = "Two histories with version tables of their own run in one database at the same time.";
}

async fn eight_processes_upgrade_once(bench: &Bench) -> Outcome {
    let mut runners = Vec::new();
    for _ in 0..8 {
        runners.push(Runner::start(bench, Role::Upgrade, History::Counting, None)?);
    }
    for runner in runners {
        runner.succeed()?;
    }
    let mut connection = bench.connect().await?;
    let steps = i64::try_from(COUNTED)?;
    ensure_eq!(
        number(&mut connection, "SELECT n FROM one").await?,
        steps,
        "how often the revisions ran, of which each adds one"
    );
    ensure_eq!(
        lines(&mut connection, "SELECT version_num FROM limbeck_version").await?,
        [format!("n{COUNTED}")],
        "the version table"
    );
    let twice = "SELECT revision FROM limbeck_journal WHERE event = 'done' AND statement_from = 1 \
                 GROUP BY revision HAVING count(*) > 1";
    ensure_eq!(
        lines(&mut connection, twice).await?,
        Vec::<String>::new(),
        "revisions that the journal has twice"
    );
    Ok(())
}

async fn a_run_that_gets_no_lock_says_who_has_it(bench: &Bench) -> Outcome {
    let migrator = bench.migrator(History::Counting.scripts(bench.driver().name())?)?;
    let mut options = migrator.options().clone();
    options.lock_timeout = Duration::from_millis(100);
    let migrator = migrator.with_options(options);
    let holder = LockHolder::start(bench)?;
    let error = migrator
        .upgrade("heads", &mut Ignore)
        .await
        .refused("a run without the lock")?;
    ensure!(
        matches!(&error, EngineError::Locked { holder: Some(_), .. }),
        "while another process holds the lock: {error}"
    );
    ensure!(
        migrator.current().await?.is_empty(),
        "something was applied without the lock"
    );
    holder.kill()?;
    let mut options = migrator.options().clone();
    options.lock_timeout = Duration::from_secs(60);
    migrator
        .with_options(options)
        .upgrade("heads", &mut Ignore)
        .await
        .during("once the lock is free")?;
    Ok(())
}

async fn two_histories_do_not_disturb_each_other(bench: &Bench) -> Outcome {
    let history = |table: &str| {
        let create = format!("CREATE TABLE {table} (id BIGINT PRIMARY KEY, n INTEGER);");
        let file = |id: &str, up: &str, down: &str| {
            let sql = |text: &str| text.replace("{it}", table);
            RevisionFile::new(id).upgrade(&sql(up)).downgrade(&sql(down))
        };
        scripts(&[
            RevisionFile::new("a1").upgrade(&create),
            file(
                "b2",
                "INSERT INTO {it} (id, n) VALUES (1, 0);",
                "DELETE FROM {it};",
            )
            .revises(["a1"]),
            file("c3", "UPDATE {it} SET n = n + 1;", "UPDATE {it} SET n = n - 1;").revises(["b2"]),
        ])
    };
    let mut migrators = Vec::new();
    for (table, version) in [("first", "first_version"), ("second", "second version")] {
        let migrator = bench.migrator(history(table)?)?;
        let mut options = migrator.options().clone();
        options.tables = HistoryTables::new(version)?;
        migrators.push(migrator.with_options(options));
    }
    let [first, second] = migrators.as_slice() else {
        return Ok(());
    };
    let (mut one, mut other) = (Ignore, Ignore);
    let (one, other) = tokio::join!(
        first.upgrade("heads", &mut one),
        second.upgrade("heads", &mut other)
    );
    one.during("the first history")?;
    other.during("the second history")?;
    let mut connection = bench.connect().await?;
    for table in ["first", "second"] {
        ensure_eq!(
            lines(&mut connection, &format!("SELECT n FROM {table}")).await?,
            ["1"],
            "the rows of the {table} history"
        );
    }
    second.downgrade("base", &mut Ignore).await?;
    ensure_eq!(
        lines(&mut connection, "SELECT n FROM first").await?,
        ["1"],
        "the rows of the first history, when the second went back"
    );
    ensure_eq!(first.current().await?, ["c3"], "the first history");
    ensure!(
        second.current().await?.is_empty(),
        "the second history did not go back"
    );
    Ok(())
}
