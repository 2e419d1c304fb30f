//! `limbeck db logs`.

use serde::Serialize;

use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::local::Server;
use crate::output::Answer;
use crate::output::Format;
use crate::output::Layout;

/// Show what the server has written
#[derive(Debug, clap::Args)]
pub(super) struct LogsArgs {
    /// Go on until Ctrl-C
    #[arg(short, long)]
    follow: bool,

    /// Only the last lines
    #[arg(short = 'n', long, value_name = "LINES")]
    tail: Option<usize>,
}

#[derive(Serialize)]
struct LogsAnswer {
    lines: Vec<String>,
}

impl Answer for LogsAnswer {
    fn text(&self, _layout: Layout) -> String {
        self.lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

pub(super) fn run(args: &LogsArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let Some(server) = Server::of(context)? else {
        let message = format!(
            "{} has no server that could write anything",
            context.database_in_words()?
        );
        return Err(CommandError::new(ErrorKind::Unsupported, message));
    };
    let mut arguments = Vec::new();
    arguments.extend(args.tail.map(|lines| format!("--tail={lines}")));
    let json = context.output.format() == Format::Json;
    if args.follow && json {
        let message = "`--follow` never ends, and `--json` writes its object at the end";
        return Err(CommandError::new(ErrorKind::Usage, message));
    }
    let cannot = |error| error::io("the logs cannot be read", &error);
    if args.follow {
        arguments.push("--follow".to_owned());
        let status = server.logs(&arguments).status().map_err(cannot)?;
        return match status.success() {
            true => Ok(Exit::Success),
            false => Err(failed(&status.to_string())),
        };
    }
    let output = server.logs(&arguments).output().map_err(cannot)?;
    if !output.status.success() {
        return Err(failed(&output.status.to_string()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().map(str::to_owned).collect();
    context.output.answer(&LogsAnswer { lines })?;
    Ok(Exit::Success)
}

fn failed(status: &str) -> CommandError {
    CommandError::new(
        ErrorKind::Io,
        format!("the logs cannot be read: compose ended with {status}"),
    )
    .with_hint("`limbeck db ps` shows whether there is a container")
}
