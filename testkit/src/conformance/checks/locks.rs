//! The migration lock between sessions and between processes.

use std::time::Duration;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;

use crate::conformance::bench::Bench;
use crate::conformance::bench::eventually;
use crate::conformance::bench::portable;
use crate::conformance::bench::run;
use crate::conformance::check::checks;
use crate::conformance::child::LockHolder;
use crate::conformance::failure::During;
use crate::conformance::failure::Failure;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::Refused;
use crate::conformance::failure::ensure;
use crate::conformance::failure::ensure_eq;

checks! { "locks":
    a_second_session_is_refused_and_told_who_holds [Locks] = "A second session is refused the lock at once, and told who holds it.";
    a_second_process_is_refused [Locks] = "Another process is refused the lock.";
    taking_a_lock_twice_is_taking_it_once [Locks] = "A session that takes its lock again has it once: one unlock frees it.";
    unlocking_frees_the_lock [Locks] = "Unlocking frees the lock, and only the session that holds it can unlock it.";
    closing_a_session_frees_its_lock [Locks] = "Closing a session frees its lock.";
    dropping_a_session_frees_its_lock [Locks] = "Dropping a session frees its lock, also in the middle of a transaction.";
    a_killed_process_frees_its_lock [Locks] = "A process that is killed frees its lock.";
    a_waiting_session_is_told_that_the_lock_is_free [Locks, LockWait] = "A session that waits for a lock is told when it is given back, and has not taken it.";
    a_wait_for_a_lock_has_an_end [Locks, LockWait] = "A wait for a lock that nobody gives back ends, and tells that it was not seen free.";
    locks_of_two_names_are_apart [Locks, LocksApart] = "Two sessions hold the locks of two histories in one database at the same time.";
    one_session_may_hold_two_locks [Locks, LockProof] = "One session holds two locks, which are proven and freed one by one.";
    the_holder_can_be_seen_without_taking_the_lock [Locks, LockHolder] = "A session that only reads sees who holds the lock, and that nobody does.";
    a_proof_is_text_while_the_lock_is_held [Locks, LockProof] = "The proof is text while the session holds the lock, NULL before, after and in every other session, also in a transaction.";
    a_guarded_insert_stops_without_the_lock [Locks, LockProof] = "An INSERT of the proof into a column that is NOT NULL fails with `Constraint` once the lock is gone.";
}

async fn take(bench: &Bench, connection: &mut Box<dyn Connection>) -> Result<TryLock, Failure> {
    let name = bench.lock_name(&**connection);
    connection.try_lock(&name).await.during("try_lock")
}

async fn acquire(bench: &Bench, connection: &mut Box<dyn Connection>) -> Outcome {
    ensure_eq!(take(bench, connection).await?, TryLock::Acquired, "a free lock");
    Ok(())
}

async fn refused(bench: &Bench, connection: &mut Box<dyn Connection>) -> Result<Option<Holder>, Failure> {
    match take(bench, connection).await? {
        TryLock::Held(holder) => Ok(holder),
        TryLock::Acquired => Err(Failure::new("a lock that another session holds was given")),
    }
}

/// Takes the lock once it is free.
async fn acquire_eventually(bench: &Bench, connection: &mut Box<dyn Connection>, what: &str) -> Outcome {
    eventually(what, async || {
        Ok(take(bench, connection).await? == TryLock::Acquired)
    })
    .await
}

/// What the proof of a lock gives in a statement.
pub(super) async fn proof(
    connection: &mut Box<dyn Connection>,
    name: &LockName,
) -> Result<Option<String>, Failure> {
    let Some(scalar) = connection.lock_proof(name) else {
        return Err(Failure::new("there is no proof"));
    };
    let rows = run(connection, &format!("SELECT {scalar}")).await?;
    let Some(row) = rows.rows.first() else {
        return Err(Failure::new(format!("{scalar} gives no row")));
    };
    match row.get(0) {
        value if value.is_null() => Ok(None),
        value => match value.as_text() {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(Failure::new(format!(
                "{scalar} gives {value:?}, which is no text"
            ))),
        },
    }
}

async fn a_second_session_is_refused_and_told_who_holds(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    acquire(bench, &mut first).await?;
    let Some(holder) = refused(bench, &mut second).await? else {
        return Err(Failure::new("nobody is named as the holder"));
    };
    ensure!(
        holder.user.is_some() || holder.pid.is_some(),
        "neither user nor process is told of the holder"
    );
    refused(bench, &mut second).await?;
    Ok(())
}

async fn a_second_process_is_refused(bench: &Bench) -> Outcome {
    let holder = LockHolder::start(bench)?;
    let mut connection = bench.connect().await?;
    refused(bench, &mut connection).await?;
    ensure!(holder.id() != std::process::id(), "it is this process");
    Ok(())
}

async fn taking_a_lock_twice_is_taking_it_once(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    let name = bench.lock_name(&*first);
    acquire(bench, &mut first).await?;
    acquire(bench, &mut first).await?;
    refused(bench, &mut second).await?;
    ensure!(first.unlock(&name).await?, "the lock was not given back");
    ensure!(!first.unlock(&name).await?, "the lock was given back twice");
    acquire(bench, &mut second).await
}

async fn unlocking_frees_the_lock(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    let name = bench.lock_name(&*first);
    ensure!(
        !first.unlock(&name).await?,
        "a lock that nobody holds was given back"
    );
    acquire(bench, &mut first).await?;
    ensure!(
        !second.unlock(&name).await?,
        "the lock of another session was given back"
    );
    refused(bench, &mut second).await?;
    ensure!(first.unlock(&name).await?, "the lock was not given back");
    acquire(bench, &mut second).await?;
    refused(bench, &mut first).await?;
    Ok(())
}

async fn closing_a_session_frees_its_lock(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    acquire(bench, &mut first).await?;
    first.close().await.during("closing")?;
    acquire_eventually(bench, &mut second, "the lock of a closed session").await
}

async fn dropping_a_session_frees_its_lock(bench: &Bench) -> Outcome {
    let mut second = bench.connect().await?;
    portable(&mut second, "CREATE TABLE t (id INTEGER PRIMARY KEY);").await?;
    for in_transaction in [false, true] {
        let mut first = bench.connect().await?;
        acquire_eventually(bench, &mut first, "the lock").await?;
        if in_transaction {
            let begin = first.server().dialect.begin();
            run(&mut first, begin).await?;
            run(&mut first, "INSERT INTO t (id) VALUES (1)").await?;
        }
        drop(first);
        acquire_eventually(bench, &mut second, "the lock of a dropped session").await?;
        let name = bench.lock_name(&*second);
        second.unlock(&name).await?;
    }
    Ok(())
}

async fn a_killed_process_frees_its_lock(bench: &Bench) -> Outcome {
    let holder = LockHolder::start(bench)?;
    let mut connection = bench.connect().await?;
    refused(bench, &mut connection).await?;
    holder.kill()?;
    acquire_eventually(bench, &mut connection, "the lock of a killed process").await
}

async fn a_waiting_session_is_told_that_the_lock_is_free(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    let mut third = bench.connect().await?;
    let name = bench.lock_name(&*first);
    for _ in 0..2 {
        acquire(bench, &mut first).await?;
        refused(bench, &mut second).await?;
        let (told, given) = tokio::join!(
            second.await_unlock(&name, Duration::from_secs(600)),
            first.unlock(&name)
        );
        ensure!(given?, "the lock was not given back");
        ensure!(
            told?,
            "the wait has ended, and it was not told that the lock is free"
        );
        acquire(bench, &mut third).await?;
        third.unlock(&name).await?;
        acquire(bench, &mut second).await?;
        second.unlock(&name).await?;
    }
    Ok(())
}

async fn a_wait_for_a_lock_has_an_end(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    let name = bench.lock_name(&*first);
    acquire(bench, &mut first).await?;
    for wait in [
        Duration::ZERO,
        Duration::from_millis(20),
        Duration::from_millis(1100),
    ] {
        let told = second.await_unlock(&name, wait).await.during("waiting")?;
        ensure!(!told, "the lock was said to be free");
    }
    refused(bench, &mut second).await?;
    Ok(())
}

fn other_name(connection: &dyn Connection) -> LockName {
    LockName::new(&connection.server().schema, "other_version")
}

async fn locks_of_two_names_are_apart(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    acquire(bench, &mut first).await?;
    let other = other_name(&*second);
    ensure_eq!(
        second.try_lock(&other).await?,
        TryLock::Acquired,
        "the lock of another history"
    );
    let answer = first.try_lock(&other).await?;
    ensure!(answer != TryLock::Acquired, "that lock was given twice");
    Ok(())
}

async fn one_session_may_hold_two_locks(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let (name, other) = (bench.lock_name(&*connection), other_name(&*connection));
    acquire(bench, &mut connection).await?;
    ensure_eq!(
        proof(&mut connection, &other).await?,
        None,
        "the proof of a lock that was not taken"
    );
    ensure_eq!(
        connection.try_lock(&other).await?,
        TryLock::Acquired,
        "a second lock of the same session"
    );
    ensure!(
        proof(&mut connection, &name).await?.is_some(),
        "the first lock is not proven"
    );
    ensure!(
        proof(&mut connection, &other).await?.is_some(),
        "the second lock is not proven"
    );
    ensure!(
        connection.unlock(&name).await?,
        "the first lock was not given back"
    );
    ensure_eq!(
        proof(&mut connection, &name).await?,
        None,
        "the proof of the first lock"
    );
    ensure!(
        proof(&mut connection, &other).await?.is_some(),
        "the second lock is gone too"
    );
    Ok(())
}

async fn the_holder_can_be_seen_without_taking_the_lock(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    let name = bench.lock_name(&*connection);
    let mut reader = bench.connect_with(&ConnectOptions::read_only()).await?;
    ensure_eq!(
        reader.lock_holder(&name).await?,
        None,
        "the holder of a free lock"
    );
    acquire(bench, &mut connection).await?;
    let seen = reader.lock_holder(&name).await?;
    let mut second = bench.connect().await?;
    let told = refused(bench, &mut second).await?;
    ensure_eq!(seen, told, "the holder that is seen, and the one that is told");
    ensure!(seen.is_some(), "nobody is seen to hold the lock");
    connection.unlock(&name).await?;
    ensure_eq!(reader.lock_holder(&name).await?, None, "the holder afterwards");
    Ok(())
}

async fn a_proof_is_text_while_the_lock_is_held(bench: &Bench) -> Outcome {
    let (mut first, mut second) = (bench.connect().await?, bench.connect().await?);
    let name = bench.lock_name(&*first);
    ensure_eq!(proof(&mut first, &name).await?, None, "the proof before");
    acquire(bench, &mut first).await?;
    for in_transaction in [false, true] {
        if in_transaction {
            let begin = first.server().dialect.begin();
            run(&mut first, begin).await?;
        }
        let text = proof(&mut first, &name).await?;
        ensure!(
            text.is_some_and(|text| !text.is_empty() && text.len() <= 255),
            "the proof is to be a text of 1 to 255 letters"
        );
        ensure_eq!(
            proof(&mut second, &name).await?,
            None,
            "the proof in another session"
        );
    }
    run(&mut first, "ROLLBACK").await?;
    ensure!(
        proof(&mut first, &name).await?.is_some(),
        "ROLLBACK has freed the lock"
    );
    first.unlock(&name).await?;
    ensure_eq!(proof(&mut first, &name).await?, None, "the proof after");
    Ok(())
}

async fn a_guarded_insert_stops_without_the_lock(bench: &Bench) -> Outcome {
    let mut connection = bench.connect().await?;
    portable(
        &mut connection,
        "CREATE TABLE guarded (id INTEGER PRIMARY KEY, proof VARCHAR(255) NOT NULL);",
    )
    .await?;
    let name = bench.lock_name(&*connection);
    acquire(bench, &mut connection).await?;
    let Some(scalar) = connection.lock_proof(&name) else {
        return Err(Failure::new("there is no proof"));
    };
    let insert =
        |id: u32| format!("INSERT INTO guarded (id, proof) VALUES ({id}, CASE WHEN 1 = 1 THEN {scalar} END)");
    run(&mut connection, &insert(1)).await?;
    connection.unlock(&name).await?;
    let error = connection
        .query(&insert(2), &[])
        .await
        .refused("an insert without the lock")?;
    ensure_eq!(error.kind, DriverErrorKind::Constraint, "{error}");
    Ok(())
}
