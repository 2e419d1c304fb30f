//! `limbeck db up`.

use std::time::Duration;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::EngineError;
use serde::Serialize;

use crate::args::parse_duration;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::local::Server;
use crate::output::Answer;
use crate::output::Layout;

/// Start the server in its container, and wait until it answers
#[derive(Debug, clap::Args)]
pub(super) struct UpArgs {
    /// How long to wait until it answers: 30s, 10m, 1h
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "2m")]
    timeout: Duration,
}

#[derive(Serialize)]
struct UpAnswer {
    url: String,
    server: Option<String>,
}

impl Answer for UpAnswer {
    fn text(&self, _layout: Layout) -> String {
        let server = self.server.as_deref().unwrap_or("a server");
        format!("{server} answers at {}\n", self.url)
    }
}

/// There is nothing to start or to stop.
#[derive(Serialize)]
pub(super) struct NoServerAnswer {
    database: String,
}

impl NoServerAnswer {
    pub(super) fn of(context: &Context<'_>) -> Result<Self, CommandError> {
        Ok(Self {
            database: context.database_in_words()?,
        })
    }
}

impl Answer for NoServerAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("{} needs no server\n", self.database)
    }
}

pub(super) async fn run(args: &UpArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let Some(server) = Server::of(context)? else {
        let answer = NoServerAnswer::of(context)?;
        context.output.answer(&answer)?;
        return Ok(Exit::Success);
    };
    server.up(context, args.timeout).await?;
    let answer = UpAnswer {
        url: context.database()?.url.value.to_string(),
        server: version(context).await?,
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}

/// Which server answers; none where it has no such database yet.
pub(super) async fn version(context: &Context<'_>) -> Result<Option<String>, CommandError> {
    let url = context.database()?.url.value;
    let driver = context.driver(&url)?;
    match driver.connect(&url, &ConnectOptions::read_only()).await {
        Ok(connection) => {
            let server = connection.server();
            let text = format!("{} {}", server.dialect.name(), server.version);
            connection.close().await.map_err(EngineError::Connect)?;
            Ok(Some(text))
        }
        Err(error) if error.kind == DriverErrorKind::NoDatabase => Ok(None),
        Err(error) => Err(EngineError::Connect(error).into()),
    }
}
