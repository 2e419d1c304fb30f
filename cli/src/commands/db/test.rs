//! `limbeck db test`.

use std::ffi::OsString;
use std::process::Child;
use std::process::Command;
use std::process::ExitStatus;
use std::time::Duration;

use limbeck_core::config::Config;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::EngineError;
use serde::Serialize;

use super::prepare;
use crate::args::LockArgs;
use crate::args::parse_duration;
use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::local::Place;
use crate::local::Scratch;
use crate::local::Server;
use crate::output::Answer;
use crate::output::Format;
use crate::output::Layout;
use crate::shell;

/// How often the end of the tests is looked for.
const LOOK: Duration = Duration::from_millis(20);

/// How long the tests may take to end by themselves after Ctrl-C.
const GRACE: Duration = Duration::from_secs(5);

/// The variables that give the database of the tests to them.
const VARIABLES: [&str; 2] = ["DATABASE_URL", "TEST_DATABASE_URL"];

/// Run the integration tests of the project on a database of their own
///
/// Starts the server where it does not answer, creates a new database beside the project's, upgrades it, runs the tests
/// with its URL as DATABASE_URL and TEST_DATABASE_URL, and drops it, whatever became of them. The tests are the command
/// after `--`, else `test` in [local] of limbeck.toml. Exits with 1 when they fail.
#[derive(Debug, clap::Args)]
pub(super) struct TestArgs {
    /// How long to wait until the server answers: 30s, 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "2m")]
    timeout: Duration,

    #[command(flatten)]
    lock: LockArgs,

    /// The tests: a program and its arguments
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Serialize)]
struct TestAnswer {
    passed: bool,
    status: String,
}

impl Answer for TestAnswer {
    fn text(&self, _layout: Layout) -> String {
        match self.passed {
            true => "the tests passed\n".to_owned(),
            false => format!("the tests failed: {}\n", self.status),
        }
    }
}

pub(super) async fn run(args: &TestArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let mut tests = tests(args, context)?;
    let url = context.database()?.url.value;
    let driver = context.driver(&url)?;
    let migrator = context.migrator(args.lock, |_| {})?;
    if let Place::Server(_) = Place::of(&*driver, &url)? {
        start_where_nobody_answers(args, &url, context).await?;
    }
    let scratch = Scratch::create(driver, &url).await?;
    let migrator = migrator.for_url(scratch.url.clone());
    let result = match prepare::fill(&migrator, context).await {
        Ok(_) => {
            let text = scratch.url.reveal();
            tests.envs(VARIABLES.map(|name| (name, &text)));
            if let Some(name) = &context.globals.database {
                tests.env(Config::url_variable(Some(name)), &text);
            }
            until_they_end(&mut tests, context).await
        }
        Err(error) => Err(error),
    };
    let dropped = scratch.drop().await;
    let status = result?;
    dropped?;
    let passed = status.success();
    context.output.answer(&TestAnswer {
        passed,
        status: status.to_string(),
    })?;
    Ok(if passed { Exit::Success } else { Exit::Found })
}

/// The command of the tests, in the folder of the project.
fn tests(args: &TestArgs, context: &Context<'_>) -> Result<Command, CommandError> {
    let local = context.local()?;
    let mut command = match (args.command.split_first(), &local.test) {
        (Some((program, arguments)), _) => {
            let mut command = Command::new(program);
            command.args(arguments);
            command
        }
        (None, Some(line)) => shell::command(line),
        (None, None) => {
            let message = "nothing says how the integration tests are run";
            return Err(CommandError::new(ErrorKind::Config, message)
                .with_hint("write `test = \"cargo test\"` into [local] of limbeck.toml")
                .with_hint("or give the command: `limbeck db test -- cargo test`"));
        }
    };
    let config = context.config()?;
    command.current_dir(std::path::Path::new(".").join(config.root()));
    command.env(config.environment_variable(), "test");
    if context.output.format() == Format::Json {
        // What they say is for people.
        command.stdout(std::io::stderr());
    }
    Ok(command)
}

/// Starts the server, where the project has one and none answers.
async fn start_where_nobody_answers(
    args: &TestArgs,
    url: &DatabaseUrl,
    context: &Context<'_>,
) -> Result<(), CommandError> {
    let driver = context.driver(url)?;
    match driver.connect(url, &ConnectOptions::read_only()).await {
        Err(error)
            if matches!(
                error.kind,
                DriverErrorKind::Connect | DriverErrorKind::ConnectionLost
            ) =>
        {
            let server = Server::of(context)
                .map_err(|reason| reason.with_hint(format!("no server answers at {url}: {error}")))?;
            match server {
                Some(server) => server.up(context, args.timeout).await,
                None => Err(EngineError::Connect(error).into()),
            }
        }
        // What else is wrong, making the database tells.
        _ => Ok(()),
    }
}

/// Runs the tests. A signal is theirs, too: they are waited for, so that the database can be dropped after them.
async fn until_they_end(command: &mut Command, context: &Context<'_>) -> Result<ExitStatus, CommandError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error| error::io(&format!("`{program}` cannot be run"), &error);
    let stop = context.listen()?;
    let mut child = command.spawn().map_err(failed)?;
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return context.stopped().map_or(Ok(status), Err);
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop.wait(1) => {
                end(&mut child).await.map_err(failed)?;
                let error = CommandError::new(ErrorKind::Stopped, "the tests were stopped");
                return Err(context.stopped().unwrap_or(error));
            }
        }
    }
}

/// Waits until they have ended by themselves, and no longer than that is likely.
async fn end(child: &mut Child) -> std::io::Result<()> {
    let ended = async {
        while child.try_wait()?.is_none() {
            tokio::time::sleep(LOOK).await;
        }
        Ok(())
    };
    match tokio::time::timeout(GRACE, ended).await {
        Ok(ended) => ended,
        Err(_) => {
            child.kill()?;
            child.wait().map(drop)
        }
    }
}
