//! Many processes that wait for one lock.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use super::Row;
use super::engine_of;
use super::on_each;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Target;
use crate::place::Place;
use crate::work;

pub(super) struct Waiting;

const QUERIES_A_SECOND: f64 = 50.0;
const SECONDS: f64 = 2.0;

/// How long queries are counted.
const WINDOW: Duration = Duration::from_secs(5);

/// How late a session of PostgreSQL may tell of what it has done: 10 s, and a little more.
const TELLING: Duration = Duration::from_secs(12);

/// How long it may take until all wait, and until all have ended.
const PATIENCE: Duration = Duration::from_secs(120);

/// How often is looked whether something has happened.
const GLANCE: Duration = Duration::from_millis(5);

const REVISIONS: usize = 10;

/// The hook of the run that holds the lock: it says so, and goes on when somebody writes to the pipe.
const HOLD: &str = "name = \"bench\"\n\n[hooks]\nbefore_run = [\"touch held && cat release\"]\n";

impl Row for Waiting {
    fn name(&self) -> &'static str {
        "waiting"
    }

    fn work(&self) -> &'static str {
        "processes of `limbeck upgrade` that wait for one lock, until it is released and they find nothing to do"
    }

    fn floor(&self) -> &'static str {
        "limits: what the server is asked meanwhile, and when the last process has ended"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        on_each(&Engine::ALL, &[scale.pick(100, 10)], "processes")
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let place = Place::new(engine, bench.scratch())?;
        let folder = bench.folder("waiting-")?;
        let project = folder.path();
        Corpus::rows(REVISIONS).write(project)?;
        let holder = bench.folder("holder-")?;
        Corpus::rows(REVISIONS).write(holder.path())?;
        Bench::write(holder.path(), "limbeck.toml", HOLD)?;
        let pipe = holder.path().join("release");
        work::output(Command::new("mkfifo").arg(&pipe))?;

        let mut all = Processes::default();
        all.start(
            bench.limbeck_on(holder.path(), &place, &["upgrade"]),
            &project.join("holder.log"),
        )?;
        let held = holder.path().join("held");
        until("the lock is held", || Ok(held.exists() || all.some_ended()?))?;
        let logs: Vec<_> = (0..case.size)
            .map(|number| project.join(format!("{number}.log")))
            .collect();
        for log in &logs {
            all.start(bench.limbeck_on(project, &place, &["upgrade"]), log)?;
        }
        // Who waits says for whom.
        until("all wait", || {
            Ok(logs.iter().all(|log| has_text(log)) || all.some_ended()?)
        })?;
        let queries = queries_a_second(&place)?;
        let released = Instant::now();
        fs::write(&pipe, "").map_err(BenchError::file(&pipe))?;
        all.finish()?;
        let seconds = released.elapsed().as_secs_f64();

        let outcome = |what: &str, target: Target, figure: f64| Outcome {
            row: self.name().to_owned(),
            case: Case::on(engine, case.size, format!("processes, {what}")),
            target,
            figure,
            rounds: 1,
            standings: Vec::new(),
        };
        let queries = queries.map(|figure| outcome("queries", Target::PerSecond(QUERIES_A_SECOND), figure));
        let done = outcome("all done", Target::Seconds(SECONDS), seconds);
        Ok(queries.into_iter().chain([done]).collect())
    }
}

/// Processes that do not outlive this value.
#[derive(Default)]
struct Processes(Vec<(Child, String)>);

impl Processes {
    fn start(&mut self, mut command: Command, log: &Path) -> Result<(), BenchError> {
        let file = File::create(log).map_err(BenchError::file(log))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file)
            .spawn();
        let child = child.map_err(|source| BenchError::Start {
            program: "limbeck".to_owned(),
            source,
        })?;
        self.0.push((child, log.display().to_string()));
        Ok(())
    }

    /// An error when one has ended, which is too early; else false.
    fn some_ended(&mut self) -> Result<bool, BenchError> {
        for (child, log) in &mut self.0 {
            if let Ok(Some(status)) = child.try_wait() {
                return Err(ended(status.to_string(), log));
            }
        }
        Ok(false)
    }

    /// Waits until all have ended well.
    fn finish(mut self) -> Result<(), BenchError> {
        for (child, log) in &mut self.0 {
            let status = child.wait().map_err(BenchError::file(Path::new(log)))?;
            if !status.success() {
                return Err(ended(status.to_string(), log));
            }
        }
        self.0.clear();
        Ok(())
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for (child, _) in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn ended(ended: String, log: &str) -> BenchError {
    BenchError::Failed {
        command: "limbeck upgrade".to_owned(),
        ended,
        said: fs::read_to_string(log).unwrap_or_default().trim().to_owned(),
    }
}

fn has_text(log: &Path) -> bool {
    log.metadata().is_ok_and(|metadata| metadata.len() > 0)
}

fn until(what: &str, mut holds: impl FnMut() -> Result<bool, BenchError>) -> Result<(), BenchError> {
    let begin = Instant::now();
    while !holds()? {
        if begin.elapsed() > PATIENCE {
            return Err(BenchError::unreadable(what, "not after two minutes"));
        }
        thread::sleep(GLANCE);
    }
    Ok(())
}

/// What the server is asked a second; none where there is no server. On MySQL and MariaDB, whatever it is asked counts, so
/// nobody else may use it.
fn queries_a_second(place: &Place) -> Result<Option<f64>, BenchError> {
    let Some(database) = place.database() else {
        return Ok(None);
    };
    let sql = match place.engine() {
        Engine::MySql => {
            "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Questions'"
                .to_owned()
        }
        Engine::MariaDb => {
            "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'QUESTIONS'"
                .to_owned()
        }
        Engine::Postgres | Engine::Sqlite => format!(
            "SELECT (xact_commit + xact_rollback)::text FROM pg_stat_database WHERE datname = '{}'",
            database.name()
        ),
    };
    let count = || -> Result<f64, BenchError> {
        let rows = database.server().rows(&sql);
        let value = rows.first().and_then(|value| value.parse().ok());
        value.ok_or_else(|| BenchError::unreadable(sql.as_str(), rows.join(", ")))
    };
    if place.engine() == Engine::Postgres {
        thread::sleep(TELLING);
    }
    // Two at once say what asking costs.
    let (first, second) = (count()?, count()?);
    let begin = Instant::now();
    thread::sleep(WINDOW);
    let third = count()?;
    let asked = (third - second) - (second - first);
    Ok(Some(asked.max(0.0) / begin.elapsed().as_secs_f64()))
}
