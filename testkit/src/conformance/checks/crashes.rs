//! Runs that die anywhere, and the run that goes on from there.

use std::sync::Arc;

use limbeck_core::driver::Driver;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Resolution;
use limbeck_core::script::ScriptSet;

use crate::Fault;
use crate::FaultKind;
use crate::Faulty;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::child::Role;
use crate::conformance::child::Runner;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::History;
use crate::conformance::histories::LOADED;
use crate::conformance::offer::Offer;

checks! { "crashes":
    killed_in_an_upgrade_of_portable_sql = "A process that is killed after any statement of an upgrade in portable SQL: a plain upgrade finishes, and every row is exactly right.";
    killed_in_a_downgrade_of_portable_sql = "The same for a downgrade, which a plain downgrade finishes.";
    killed_around_statements_that_stand_alone = "A process that is killed around statements that stand alone and have probes: a plain upgrade finishes.";
    killed_on_the_way_back_around_statements_that_stand_alone = "The same for a downgrade.";
    killed_around_portable_statements_that_stand_alone [Introspection] = "A process that is killed around portable statements that stand alone and have no probes: the catalogue tells what became of them, and a plain upgrade finishes.";
    killed_on_the_way_back_around_portable_statements_that_stand_alone [Introspection] = "The same for a downgrade.";
    killed_around_a_statement_that_nobody_can_tell_of = "A process that is killed around native SQL that stands alone and has no probe: the next run finishes, or asks, and finishes once it is told.";
    cut_off_in_an_upgrade_of_portable_sql = "A connection that is cut after any statement of an upgrade in portable SQL: the run fails, and a plain upgrade finishes.";
    cut_off_in_a_downgrade_of_portable_sql = "The same for a downgrade.";
    cut_off_around_statements_that_stand_alone = "A connection that is cut around statements that stand alone: a plain upgrade finishes.";
}

async fn killed_in_an_upgrade_of_portable_sql(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Upgrade, History::Portable).await
}

async fn killed_in_a_downgrade_of_portable_sql(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Downgrade, History::Portable).await
}

async fn killed_around_statements_that_stand_alone(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Upgrade, History::Alone).await
}

async fn killed_on_the_way_back_around_statements_that_stand_alone(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Downgrade, History::Alone).await
}

async fn killed_around_portable_statements_that_stand_alone(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Upgrade, History::Typed).await
}

async fn killed_on_the_way_back_around_portable_statements_that_stand_alone(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Downgrade, History::Typed).await
}

async fn killed_around_a_statement_that_nobody_can_tell_of(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Kill, Role::Upgrade, History::Opaque).await
}

async fn cut_off_in_an_upgrade_of_portable_sql(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Cut, Role::Upgrade, History::Portable).await
}

async fn cut_off_in_a_downgrade_of_portable_sql(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Cut, Role::Downgrade, History::Portable).await
}

async fn cut_off_around_statements_that_stand_alone(bench: &Bench) -> Outcome {
    everywhere(bench, FaultKind::Cut, Role::Upgrade, History::Alone).await
}

/// What is at stake: a history, the way it goes, and what goes wrong.
struct Run {
    history: History,
    role: Role,
    scripts: Arc<ScriptSet>,
}

/// Lets the fault come after each number of statements, from none to all.
async fn everywhere(bench: &Bench, kind: FaultKind, role: Role, history: History) -> Outcome {
    needs_to_tell(bench).await?;
    let scripts = history.scripts(bench.driver().name())?;
    let run = Run {
        history,
        role,
        scripts,
    };
    let driver = Faulty::counting(bench.shared());
    let count = driver.count();
    run.prepare(bench).await?;
    let before = count.get();
    run.go(&run.migrator(bench, Arc::new(driver))?).await?;
    run.verify(bench).await.during("without a fault")?;
    for after in 0..count.get() - before {
        run.clear(bench).await.during("clearing the database")?;
        run.prepare(bench).await?;
        run.fail(bench, Fault::new(kind, after)).await?;
        run.finish(bench)
            .await
            .during(format!("the run after {kind:?} after {after} statements"))?;
        run.verify(bench)
            .await
            .during(format!("{kind:?} after {after} statements"))?;
    }
    Ok(())
}

/// Passes over drivers with which a person must decide each time: where schema changes are not transactional, only the
/// catalogue tells what became of one.
async fn needs_to_tell(bench: &Bench) -> Outcome {
    let connection = bench.connect().await?;
    let server = connection.server();
    let is_taken_back = server.dialect.capabilities(&server.version).transactional_ddl;
    if is_taken_back || bench.offers(Offer::Introspection) {
        return Ok(());
    }
    Err(Failure::Ignored(
        "schema changes are not transactional, and this driver does not offer reading the schema".into(),
    ))
}

impl Run {
    fn migrator(&self, bench: &Bench, driver: Arc<dyn Driver>) -> Result<Migrator, Failure> {
        let migrator = Migrator::new(driver, bench.url()?, Arc::clone(&self.scripts));
        Ok(migrator.with_options(self.history.options()?))
    }

    fn plain(&self, bench: &Bench) -> Result<Migrator, Failure> {
        self.migrator(bench, Arc::new(bench.shared()))
    }

    /// Makes the database as empty as it was: a new one for each fault would take most of the time.
    async fn clear(&self, bench: &Bench) -> Outcome {
        self.plain(bench)?.downgrade("base", &mut Ignore).await?;
        let mut connection = bench.connect().await?;
        for table in ["limbeck_journal", "limbeck_version"] {
            run(&mut connection, &format!("DROP TABLE {table}")).await?;
        }
        Ok(())
    }

    async fn prepare(&self, bench: &Bench) -> Outcome {
        if self.role == Role::Downgrade {
            self.plain(bench)?.upgrade("heads", &mut Ignore).await?;
        }
        Ok(())
    }

    async fn go(&self, migrator: &Migrator) -> Result<(), EngineError> {
        match self.role {
            Role::Downgrade => migrator.downgrade("base", &mut Ignore).await.map(drop),
            _ => migrator.upgrade("heads", &mut Ignore).await.map(drop),
        }
    }

    async fn fail(&self, bench: &Bench, fault: Fault) -> Outcome {
        if fault.kind == FaultKind::Kill {
            let (status, said) = Runner::start(bench, self.role, self.history, Some(fault))?.end()?;
            // Who is killed has no exit code.
            ensure!(
                status.code().is_none(),
                "{fault}: the process ended by itself, with {status}: {said}"
            );
            return Ok(());
        }
        let driver = Faulty::new(bench.shared(), fault);
        let migrator = self.migrator(bench, Arc::new(driver))?;
        self.go(&migrator).await.refused(format!("{fault}"))?;
        Ok(())
    }

    /// Runs the same command once more. A statement of which nobody can tell is decided by what the table shows.
    async fn finish(&self, bench: &Bench) -> Outcome {
        let migrator = self.plain(bench)?;
        let doubt = match self.go(&migrator).await {
            Ok(()) => return Ok(()),
            Err(EngineError::Doubt(doubt)) if self.history == History::Opaque => doubt,
            Err(error) => return Err(error.into()),
        };
        ensure_eq!(doubt.revision, "b2", "the revision in doubt");
        let mut connection = bench.connect().await?;
        let resolution = match lines(&mut connection, "SELECT n FROM one").await?.as_slice() {
            [n] if n == "100" => Resolution::Done,
            _ => Resolution::NotRun,
        };
        migrator.resolve("b2", resolution, &mut Ignore).await?;
        self.go(&migrator).await?;
        Ok(())
    }

    /// Everything is there once, and after a downgrade nothing, until it is upgraded again.
    async fn verify(&self, bench: &Bench) -> Outcome {
        let migrator = self.plain(bench)?;
        let mut connection = bench.connect().await?;
        if self.role == Role::Downgrade {
            ensure!(
                migrator.current().await?.is_empty(),
                "something is applied after the downgrade"
            );
            for table in ["one", "two"] {
                let gone = connection.query(&format!("SELECT id FROM {table}"), &[]).await;
                gone.refused(format!("{table}, after the downgrade"))?;
            }
            migrator.upgrade("heads", &mut Ignore).await?;
        }
        let (query, rows, head) = match self.history {
            History::Portable => ("SELECT n, note FROM one", "1111|kept", "c3"),
            History::Alone => ("SELECT n FROM one", "1010101", "c3"),
            History::Typed => ("SELECT n, note FROM one", "101|kept", "c3"),
            _ => ("SELECT n FROM one", "100", "b2"),
        };
        ensure_eq!(lines(&mut connection, query).await?, [rows], "{query}");
        ensure_eq!(migrator.current().await?, [head], "the version table");
        let loaded = match self.history {
            History::Portable => Some(LOADED),
            History::Typed => Some(0),
            _ => None,
        };
        if let Some(loaded) = loaded {
            let count = lines(&mut connection, "SELECT count(*) FROM two").await?;
            ensure_eq!(count, [loaded.to_string()], "the rows of two");
        }
        Ok(())
    }
}
