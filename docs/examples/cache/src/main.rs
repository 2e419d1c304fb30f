//! `limbeck` with the hook.

use std::process::ExitCode;

use cache::ForgetCached;
use limbeck_cli::Cli;

fn main() -> ExitCode {
    let url = std::env::var("REDIS_URL").unwrap_or_else(|_| "redis://localhost/".to_owned());
    match ForgetCached::new(&url) {
        Ok(hook) => Cli::new().hook(hook).run(),
        // The URL may hold a password.
        Err(error) => {
            eprintln!("error: REDIS_URL cannot be used: {}", error.category());
            ExitCode::from(2)
        }
    }
}
