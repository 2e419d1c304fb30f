//! The `limbeck` command.

use std::process::ExitCode;

use limbeck_cli::Cli;

fn main() -> ExitCode {
    Cli::new().run()
}
