//! `limbeck wait`.

use std::time::Duration;

use limbeck_core::engine::WaitFor;
use serde::Serialize;

use crate::args::parse_duration;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;

/// Wait until the database answers and is at all heads
///
/// For an application that starts beside its migration. Exits with 3 when the time runs out.
#[derive(Debug, clap::Args)]
pub(crate) struct WaitArgs {
    /// How long to wait: 30s, 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "10m")]
    timeout: Duration,

    /// Wait only until the database answers
    #[arg(long)]
    server: bool,
}

#[derive(Serialize)]
struct WaitAnswer {
    ready: bool,
}

impl Answer for WaitAnswer {
    fn text(&self, _layout: Layout) -> String {
        "the database is ready\n".to_owned()
    }
}

pub(crate) async fn run(args: &WaitArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let until = if args.server {
        WaitFor::Server
    } else {
        WaitFor::Heads
    };
    context.reader()?.wait(args.timeout, until).await?;
    context.output.answer(&WaitAnswer { ready: true })?;
    Ok(Exit::Success)
}
