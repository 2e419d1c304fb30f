//! A second process: this program once more, told by its environment what to do.

use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::ExitCode;
use std::process::ExitStatus;
use std::process::Output;
use std::process::Stdio;
use std::sync::Arc;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::LockName;
use limbeck_core::driver::TryLock;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;

use super::bench::Bench;
use super::failure::During;
use super::failure::Failure;
use super::failure::Outcome;
use super::histories::History;
use super::shared::Shared;
use crate::Fault;
use crate::Faulty;

const ROLE: &str = "LIMBECK_CONFORMANCE_ROLE";
const URL: &str = "LIMBECK_CONFORMANCE_URL";
const HISTORY: &str = "LIMBECK_CONFORMANCE_HISTORY";
const FAULT: &str = "LIMBECK_CONFORMANCE_FAULT";

/// What a process is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Takes the lock and keeps it until it is killed.
    HoldLock,
    /// Upgrades to the heads.
    Upgrade,
    /// Downgrades to the base.
    Downgrade,
}

impl Role {
    const ALL: [Self; 3] = [Self::HoldLock, Self::Upgrade, Self::Downgrade];

    const fn word(self) -> &'static str {
        match self {
            Self::HoldLock => "hold-lock",
            Self::Upgrade => "upgrade",
            Self::Downgrade => "downgrade",
        }
    }
}

/// Does what this process was started for; none when it is to run the checks.
pub(crate) fn run(driver: &Shared) -> Option<ExitCode> {
    let role = std::env::var(ROLE).ok()?;
    let outcome = match Role::ALL.into_iter().find(|known| known.word() == role) {
        Some(role) => play(role, driver),
        None => Err(Failure::new(format!("there is no role {role}"))),
    };
    Some(match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            say(&mut std::io::stderr(), &failure.to_string());
            ExitCode::FAILURE
        }
    })
}

fn play(role: Role, driver: &Shared) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let url: DatabaseUrl = std::env::var(URL)?.parse()?;
    runtime.block_on(async {
        match role {
            Role::HoldLock => hold_lock(driver, &url).await,
            Role::Upgrade => migrator(driver, url)?
                .upgrade("heads", &mut Ignore)
                .await
                .map(drop)
                .map_err(Failure::from),
            Role::Downgrade => migrator(driver, url)?
                .downgrade("base", &mut Ignore)
                .await
                .map(drop)
                .map_err(Failure::from),
        }
    })
}

async fn hold_lock(driver: &Shared, url: &DatabaseUrl) -> Outcome {
    let mut connection = driver.connect(url, &ConnectOptions::read_write()).await?;
    let name = LockName::new(&connection.server().schema, "limbeck_version");
    if connection.try_lock(&name).await? != TryLock::Acquired {
        return Err(Failure::new("the lock is not free"));
    }
    say(&mut std::io::stdout(), "ready");
    // Until the parent lets go or is gone.
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}

fn migrator(driver: &Shared, url: DatabaseUrl) -> Result<Migrator, Failure> {
    let history: History = std::env::var(HISTORY)?.parse()?;
    let scripts = history.scripts(driver.name())?;
    let driver: Arc<dyn Driver> = match std::env::var(FAULT) {
        Ok(fault) => {
            let fault: Fault = fault.parse()?;
            Arc::new(Faulty::new(driver.clone(), fault))
        }
        Err(_) => Arc::new(driver.clone()),
    };
    Ok(Migrator::new(driver, url, scripts).with_options(history.options()?))
}

fn say(to: &mut dyn std::io::Write, text: &str) {
    // Who does not listen any more needs no answer.
    let _ = writeln!(to, "{text}").and_then(|()| to.flush());
}

fn command(bench: &Bench, role: Role) -> Result<Command, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .env(ROLE, role.word())
        .env(URL, bench.database().secret().reveal())
        .env_remove(HISTORY)
        .env_remove(FAULT)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    Ok(command)
}

/// A process that runs a history.
pub(crate) struct Runner(Child);

impl Runner {
    /// Starts it, perhaps as one with which something goes wrong.
    pub(crate) fn start(
        bench: &Bench,
        role: Role,
        history: History,
        fault: Option<Fault>,
    ) -> Result<Self, Failure> {
        let mut command = command(bench, role)?;
        command.env(HISTORY, history.to_string());
        if let Some(fault) = fault {
            command.env(FAULT, fault.to_string());
        }
        Ok(Self(command.spawn().during("starting a second process")?))
    }

    /// Its end, and what it said on standard error.
    pub(crate) fn end(self) -> Result<(ExitStatus, String), Failure> {
        let Output { status, stderr, .. } = self.0.wait_with_output()?;
        Ok((status, String::from_utf8_lossy(&stderr).into_owned()))
    }

    /// Its end, which must be a good one.
    pub(crate) fn succeed(self) -> Outcome {
        match self.end()? {
            (status, _) if status.success() => Ok(()),
            (status, said) => Err(Failure::new(format!("a process ended with {status}: {said}"))),
        }
    }
}

/// A process that holds the lock.
pub(crate) struct LockHolder {
    process: Child,
    _stdout: BufReader<ChildStdout>,
}

impl LockHolder {
    /// Starts it, and waits until it has the lock.
    pub(crate) fn start(bench: &Bench) -> Result<Self, Failure> {
        let mut process = command(bench, Role::HoldLock)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .during("starting a second process")?;
        let stdout = process.stdout.take();
        let mut stdout = BufReader::new(stdout.ok_or_else(|| Failure::new("no standard output"))?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let holder = Self {
            process,
            _stdout: stdout,
        };
        if line.trim() == "ready" {
            return Ok(holder);
        }
        Err(Failure::new("the second process did not get the lock"))
    }

    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it with SIGKILL.
    pub(crate) fn kill(mut self) -> Outcome {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for LockHolder {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
