mod fold_names;

use std::process::ExitCode;

use fold_names::FoldNames;
use limbeck_cli::Cli;

pub fn cli() -> Cli {
    Cli::new().migration(FoldNames)
}

fn main() -> ExitCode {
    cli().run()
}
