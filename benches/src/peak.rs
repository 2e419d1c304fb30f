//! The most memory that a program has taken.
//!
//! The system keeps this for all children of a process together, so each program that is asked about gets a parent of its
//! own: this program again, which does nothing else.

use std::env;
use std::process::Command;
use std::process::Stdio;

use nix::sys::resource::UsageWho;
use nix::sys::resource::getrusage;

use crate::error::BenchError;
use crate::work;

/// The option by which this program is such a parent.
pub const OPTION: &str = "--peak-of";

/// The resident memory at its peak, in megabytes of 1,000,000 bytes.
///
/// # Errors
/// The program fails.
pub fn megabytes(command: &Command) -> Result<f64, BenchError> {
    let start = |source| BenchError::Start {
        program: "this program".to_owned(),
        source,
    };
    let mut parent = Command::new(env::current_exe().map_err(start)?);
    parent
        .arg(OPTION)
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => parent.env(name, value),
            None => parent.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        parent.current_dir(folder);
    }
    let said = work::output(&mut parent)?;
    let kilobytes: f64 = said
        .trim()
        .parse()
        .map_err(|_| BenchError::unreadable(OPTION, &said))?;
    Ok(kilobytes * 1024.0 / 1e6)
}

/// Runs a program as its parent, and gives its peak in units of 1024 bytes.
///
/// # Errors
/// The program fails.
pub fn kilobytes_of(words: &[String]) -> Result<i64, BenchError> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| BenchError::Usage(format!("{OPTION} needs a program")))?;
    let mut command = Command::new(program);
    work::output(command.args(arguments).stdout(Stdio::null()))?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN);
    let usage = usage.map_err(|error| BenchError::unreadable("getrusage", error))?;
    // Apple's systems count bytes.
    Ok(if cfg!(target_vendor = "apple") {
        usage.max_rss() / 1024
    } else {
        usage.max_rss()
    })
}
