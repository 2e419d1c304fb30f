//! Measures `limbeck` beside its floors and its peers: `limbeck-bench --help`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command talks to the terminal"
)]

use std::process::ExitCode;

use limbeck_benches::arguments::Arguments;
use limbeck_benches::arguments::HELP;
use limbeck_benches::error::BenchError;
use limbeck_benches::peak;
use limbeck_benches::report::json;
use limbeck_benches::report::page;
use limbeck_benches::report::svg;
use limbeck_benches::report::table;
use limbeck_benches::run;

/// Wrong usage.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [option, rest @ ..] = words.as_slice()
        && option == peak::OPTION
    {
        return parent(rest);
    }
    match work(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            match error {
                BenchError::Usage(_) => ExitCode::from(USAGE),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

/// Runs a program, and prints how much memory it took.
fn parent(words: &[String]) -> ExitCode {
    match peak::kilobytes_of(words) {
        Ok(kilobytes) => {
            println!("{kilobytes}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn work(words: &[String]) -> Result<ExitCode, BenchError> {
    let arguments = Arguments::read(words)?;
    if arguments.help {
        println!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.list {
        for row in &arguments.rows {
            println!(
                "{:<14}{}\n{:<14}beside {}",
                row.name(),
                row.work(),
                "",
                row.floor()
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    let results = match &arguments.from {
        Some(path) => json::read(path)?,
        None => run::run(&arguments, |line| eprintln!("{line}"))?,
    };
    print!("{}", table::plain(&results));
    let write =
        |path: &std::path::Path, text: String| std::fs::write(path, text).map_err(BenchError::file(path));
    if let Some(path) = &arguments.json {
        write(path, json::text(&results)?)?;
    }
    if let Some(path) = &arguments.plot {
        let outcomes: Vec<_> = results.outcomes.iter().collect();
        write(path, svg::plot("Limbeck beside its floors", &outcomes))?;
    }
    if let Some(docs) = &arguments.docs {
        page::update(docs, &results)?;
    }
    // A target that is missed is a result; a case that could not be measured is none.
    Ok(match results.failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
