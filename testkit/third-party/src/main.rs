//! The `limbeck` command with this driver.

use std::process::ExitCode;

use limbeck_cli::Cli;

fn main() -> ExitCode {
    Cli::bare().driver(limbeck_lite::Lite).run()
}
