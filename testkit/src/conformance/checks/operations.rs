//! Every operation of portable SQL, up and down, with rows that must stay.

mod cases;

use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::DataLoss;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Report;

use self::cases::CASES;
use super::catalogue::Replayed;
use crate::RevisionFile;
use crate::conformance::bench::Bench;
use crate::conformance::bench::lines;
use crate::conformance::check::Check;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure_eq;
use crate::conformance::histories::scripts;
use crate::conformance::offer::Offer;

/// An operation on tables with rows.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// Portable SQL that makes what the operation changes.
    pub(super) before: &'static str,
    /// The operation.
    pub(super) change: &'static str,
    /// Its way back, where that is not to be derived.
    pub(super) back: &'static str,
    /// What must be found after the operation.
    pub(super) up: Found,
    /// What must be found after its way back.
    pub(super) down: Found,
}

/// A query with its rows, and what the constraints refuse.
pub(super) struct Found {
    pub(super) query: &'static str,
    pub(super) rows: &'static [&'static str],
    pub(super) refused: &'static [&'static str],
}

/// A check an operation: what it does to rows. And for drivers that read the schema, what the catalogue says then.
pub(super) fn checks() -> Vec<Check> {
    let rows = CASES.iter().map(|case| {
        Check::new("operations", case.name, case.about, |bench| {
            Box::pin(keeps_rows(bench, case))
        })
    });
    let schema = CASES.iter().map(|case| {
        let about = format!(
            "{} What is read from the catalogue then is what the replay of the history says.",
            case.about
        );
        Check::new("introspection", case.name, about, |bench| {
            Box::pin(reads_back(bench, case))
        })
        .needing(&[Offer::Introspection])
    });
    rows.chain(schema).collect()
}

fn migrator(bench: &Bench, case: &Case) -> Result<Migrator, Failure> {
    let before = RevisionFile::new("a1").upgrade(case.before).downgrade("");
    let change = RevisionFile::new("b2").revises(["a1"]).upgrade(case.change);
    let change = match case.back {
        "" => change,
        back => change.downgrade(back),
    };
    let migrator = bench.migrator(scripts(&[before, change])?)?;
    let mut options = migrator.options().clone();
    options.data_loss = DataLoss::Allow;
    Ok(migrator.with_options(options))
}

/// Runs the operation; an engine that cannot do it says so before anything runs.
async fn upgrade(migrator: &Migrator) -> Outcome {
    possible(migrator.upgrade("heads", &mut Ignore).await)
}

async fn downgrade(migrator: &Migrator) -> Outcome {
    possible(migrator.downgrade("a1", &mut Ignore).await)
}

fn possible(answer: Result<Report, EngineError>) -> Outcome {
    match answer {
        Ok(_) => Ok(()),
        Err(EngineError::Render { error, .. }) => Err(Failure::Ignored(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

async fn keeps_rows(bench: &Bench, case: &Case) -> Outcome {
    let migrator = migrator(bench, case)?;
    let mut connection = bench.connect().await?;
    for turn in ["the first upgrade", "the second upgrade"] {
        upgrade(&migrator).await?;
        find(&mut connection, &case.up).await.during(turn)?;
        downgrade(&migrator).await.during("the downgrade")?;
        find(&mut connection, &case.down)
            .await
            .during(format!("the downgrade after {turn}"))?;
    }
    Ok(())
}

async fn find(connection: &mut Box<dyn Connection>, found: &Found) -> Outcome {
    if !found.query.is_empty() {
        ensure_eq!(
            lines(connection, found.query).await?,
            found.rows,
            "{}",
            found.query
        );
    }
    for sql in found.refused {
        let error = connection.query(sql, &[]).await.refused(sql)?;
        ensure_eq!(error.kind, DriverErrorKind::Constraint, "{sql}: {error}");
    }
    Ok(())
}

async fn reads_back(bench: &Bench, case: &Case) -> Outcome {
    let migrator = migrator(bench, case)?;
    upgrade(&migrator).await?;
    let mut connection = bench.connect().await?;
    let mut replayed = Replayed::of(&*connection, case.before)?;
    let before = replayed.clone();
    replayed.apply(case.change)?;
    replayed
        .compare(bench, &mut connection)
        .await
        .during("after the operation")?;
    downgrade(&migrator).await?;
    before
        .compare(bench, &mut connection)
        .await
        .during("after its way back")
}
