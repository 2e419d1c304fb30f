//! Runs that lose their lock.

use std::sync::Arc;

use limbeck_core::driver::Trust;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Observer;

use crate::Fault;
use crate::FaultKind;
use crate::Faulty;
use crate::RevisionFile;
use crate::StatementCount;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::History;
use crate::conformance::histories::scripts;

checks! { "lost_lock":
    a_lost_lock_stops_the_run_before_its_next_step [Locks, LockProof] = "A run that has lost its lock between two steps stops with `LockLost` before it changes anything more.";
    a_lock_lost_anywhere_spoils_nothing [Locks, LockProof] = "A run that loses its lock after any statement either stops with `LockLost` or was done, and a plain upgrade finishes exactly.";
}

/// Notes how many statements were sent when each step began.
struct Steps {
    count: StatementCount,
    begun: Vec<usize>,
}

impl Observer for Steps {
    fn event(&mut self, event: &Event<'_>) {
        if matches!(event, Event::StepStarted { .. }) {
            self.begun.push(self.count.get());
        }
    }
}

fn three_tables() -> Result<Arc<limbeck_core::script::ScriptSet>, Failure> {
    let file = |id: &str, parents: &[&str]| {
        RevisionFile::new(id)
            .revises(parents)
            .upgrade(&format!("CREATE TABLE t_{id} (id BIGINT PRIMARY KEY);"))
            .downgrade(&format!("DROP TABLE t_{id};"))
    };
    scripts(&[file("a1", &[]), file("b2", &["a1"]), file("c3", &["b2"])])
}

fn faulty(
    bench: &Bench,
    fault: Fault,
    scripts: &Arc<limbeck_core::script::ScriptSet>,
) -> Result<Migrator, Failure> {
    let driver = Faulty::new(bench.shared(), fault);
    Ok(Migrator::new(Arc::new(driver), bench.url()?, Arc::clone(scripts)))
}

/// Passes over a server whose sessions are no good for locks: the lease has tests of its own.
async fn needs_session_locks(bench: &Bench) -> Outcome {
    match bench.connect().await?.server().trust {
        Trust::Session => Ok(()),
        _ => Err(Failure::Ignored(
            "the locks of sessions are not trusted here".into(),
        )),
    }
}

async fn a_lost_lock_stops_the_run_before_its_next_step(bench: &Bench) -> Outcome {
    needs_session_locks(bench).await?;
    let scripts = three_tables()?;
    let driver = Faulty::counting(bench.shared());
    let mut steps = Steps {
        count: driver.count(),
        begun: Vec::new(),
    };
    let counting = Migrator::new(Arc::new(driver), bench.url()?, Arc::clone(&scripts));
    counting.upgrade("heads", &mut steps).await?;
    ensure_eq!(steps.begun.len(), 3, "steps that began");
    for (step, after) in steps.begun.into_iter().enumerate() {
        let bench = bench.another()?;
        let migrator = faulty(&bench, Fault::new(FaultKind::Unlock, after), &scripts)?;
        let error = migrator
            .upgrade("heads", &mut Ignore)
            .await
            .refused("a run without its lock")?;
        ensure!(
            matches!(error, EngineError::LockLost { .. }),
            "the lock was lost before step {}: {error}",
            step + 1
        );
        for (position, table) in ["t_a1", "t_b2", "t_c3"].into_iter().enumerate() {
            let mut connection = bench.connect().await?;
            let is_there = connection
                .query(&format!("SELECT id FROM {table}"), &[])
                .await
                .is_ok();
            ensure_eq!(
                is_there,
                position < step,
                "whether {table} is there when the lock is lost before step {}",
                step + 1
            );
        }
    }
    Ok(())
}

async fn a_lock_lost_anywhere_spoils_nothing(bench: &Bench) -> Outcome {
    needs_session_locks(bench).await?;
    let scripts = History::Portable.scripts(bench.driver().name())?;
    let driver = Faulty::counting(bench.shared());
    let count = driver.count();
    let counting = Migrator::new(Arc::new(driver), bench.url()?, Arc::clone(&scripts));
    counting.upgrade("heads", &mut Ignore).await?;
    for after in 0..count.get() {
        let bench = bench.another()?;
        let migrator = faulty(&bench, Fault::new(FaultKind::Unlock, after), &scripts)?;
        match migrator.upgrade("heads", &mut Ignore).await {
            Ok(_) | Err(EngineError::LockLost { .. }) => {}
            Err(error) => return Err(error).during(format!("lost after {after} statements")),
        }
        let plain = bench.migrator(Arc::clone(&scripts))?;
        plain
            .upgrade("heads", &mut Ignore)
            .await
            .during(format!("the next run, after a lock that was lost after {after}"))?;
        let mut connection = bench.connect().await?;
        ensure_eq!(
            lines(&mut connection, "SELECT n, note FROM one").await?,
            ["1111|kept"],
            "the rows, when the lock was lost after {after} statements"
        );
    }
    Ok(())
}
