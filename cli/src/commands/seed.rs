//! `limbeck seed`.

use limbeck_core::engine::SeedReport;
use limbeck_core::engine::SeedState;
use limbeck_core::engine::SeedStatus;
use limbeck_core::engine::SeededSeed;
use limbeck_core::engine::SeedsDone;
use limbeck_core::seed::SeedSet;
use serde::Serialize;

use crate::args::LockArgs;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::Table;
use crate::output::paint;
use crate::output::plain;

/// Write the rows that every database of an environment is to have
#[derive(Debug, clap::Args)]
pub(crate) struct SeedArgs {
    /// Only these seeds: the names of their files, also without folder, number or ending [default: all that are due]
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// The environment, instead of the one that LIMBECK_ENV names
    #[arg(long, value_name = "ENVIRONMENT")]
    env: Option<String>,

    /// Run again what runs once and has run
    #[arg(long)]
    again: bool,

    /// Show the seeds and whether they have run, and write nothing
    #[arg(long, conflicts_with = "again")]
    list: bool,

    #[command(flatten)]
    lock: LockArgs,
}

/// What was written.
#[derive(Debug, Serialize)]
pub(crate) struct SeedAnswer {
    environment: Option<String>,
    seeded: Vec<Seeded>,
    skipped: Vec<SeedStatus>,
    #[serde(skip)]
    hint: Option<String>,
}

#[derive(Debug, Serialize)]
struct Seeded {
    name: String,
    rows: Option<usize>,
    milliseconds: u64,
}

impl From<SeededSeed> for Seeded {
    fn from(seed: SeededSeed) -> Self {
        Self {
            name: seed.name,
            rows: seed.rows,
            milliseconds: u64::try_from(seed.elapsed.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

impl Answer for SeedAnswer {
    fn text(&self, _layout: Layout) -> String {
        if let Some(hint) = &self.hint {
            return format!("no seeds: {hint}\n");
        }
        let before = match self.skipped.len() {
            0 => String::new(),
            count => format!("; {} had run before", seeds(count)),
        };
        match self.seeded.len() {
            0 => format!("nothing to do{before}\n"),
            count => format!("{} written{before}\n", seeds(count)),
        }
    }
}

#[derive(Serialize)]
struct ListAnswer {
    environment: Option<String>,
    seeds: Vec<SeedStatus>,
    #[serde(skip)]
    hint: Option<String>,
}

impl Answer for ListAnswer {
    fn text(&self, _layout: Layout) -> String {
        if let Some(hint) = &self.hint {
            return format!("no seeds: {hint}\n");
        }
        let mut table = Table::default();
        for seed in &self.seeds {
            let colour = match seed.state {
                SeedState::Changed => Paint::Bad,
                _ => Paint::Faint,
            };
            table.row([
                paint(Paint::Revision, &seed.name),
                seed.table.as_deref().map(plain).unwrap_or_default(),
                seed.runs.to_string(),
                paint(colour, seed.state.as_str()),
                seed.ran_at.as_deref().map(plain).unwrap_or_default(),
            ]);
        }
        table.text()
    }
}

/// "1 seed", "2 seeds".
fn seeds(count: usize) -> String {
    format!("{count} seed{}", if count == 1 { "" } else { "s" })
}

pub(crate) async fn run(args: &SeedArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if let Some(environment) = &args.env {
        enter(environment, context)?;
    }
    let all = context.seeds()?;
    let hint = none(&all, context)?;
    tell_of_none(&all, args, context);
    let chosen = all
        .choose(&args.names)
        .map_err(limbeck_core::engine::EngineError::from)?;
    let environment = chosen.environment().map(str::to_owned);
    if args.list {
        let seeds = match chosen.is_empty() {
            true => Vec::new(),
            false => context.reader()?.seed_status(&chosen).await?,
        };
        context.output.answer(&ListAnswer {
            environment,
            seeds,
            hint,
        })?;
        return Ok(Exit::Success);
    }
    let done = match args.again {
        true => SeedsDone::RunAgain,
        false => SeedsDone::Skip,
    };
    let answer = write(&chosen, args.lock, done, hint, context).await?;
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}

/// Writes what is due.
pub(crate) async fn write_due(lock: LockArgs, context: &mut Context<'_>) -> Result<SeedAnswer, CommandError> {
    let all = context.seeds()?;
    let hint = none(&all, context)?;
    write(&all, lock, SeedsDone::Skip, hint, context).await
}

async fn write(
    seeds: &SeedSet,
    lock: LockArgs,
    done: SeedsDone,
    hint: Option<String>,
    context: &mut Context<'_>,
) -> Result<SeedAnswer, CommandError> {
    let mut report = SeedReport::default();
    if !seeds.is_empty() {
        let migrator = context.migrator(lock, |_| {})?;
        let mut progress = context.progress();
        let result = migrator.seed(seeds, done, &mut progress).await;
        progress.finish();
        report = result?;
    }
    Ok(SeedAnswer {
        environment: seeds.environment().map(str::to_owned),
        seeded: report.seeded.into_iter().map(Seeded::from).collect(),
        skipped: report.skipped,
        hint,
    })
}

/// Takes another environment than the variables name. Rows that are meant for another one stay out of production, whatever
/// its database is called.
fn enter(environment: &str, context: &mut Context<'_>) -> Result<(), CommandError> {
    let config = context.config()?;
    let variable = config.environment_variable();
    if let Some(present) = config.mode().filter(|present| *present != environment)
        && config.is_production()
    {
        let message =
            format!("`{variable}` says `{present}`, so seeds of `{environment}` are not written from here");
        let error = CommandError::new(ErrorKind::Usage, message);
        return Err(error.with_hint(format!(
            "set {variable}={environment} to work on the database of {environment}"
        )));
    }
    context.enter_environment(environment)
}

/// What to do where there are no seeds.
fn none(seeds: &SeedSet, context: &Context<'_>) -> Result<Option<String>, CommandError> {
    if !seeds.is_empty() {
        return Ok(None);
    }
    let folder = context.seed_folder()?;
    let place = match folder.path() {
        Some(path) => format!("put files into {}", plain(&path.display().to_string())),
        None => "this program brings none".to_owned(),
    };
    Ok(Some(place))
}

/// Tells when an environment that was asked for has no seeds of its own: its name may be misspelt.
fn tell_of_none(seeds: &SeedSet, args: &SeedArgs, context: &Context<'_>) {
    let Some(environment) = &args.env else { return };
    let is_own = seeds.iter().any(|seed| seed.environment.is_some());
    if !is_own && !seeds.is_empty() {
        let notes = context.output.notes();
        notes.line(&format!(
            "note: no seed is for the environment `{}` alone",
            plain(environment)
        ));
    }
}
