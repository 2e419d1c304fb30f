//! `limbeck db down`.

use serde::Serialize;

use super::up::NoServerAnswer;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::local::Server;
use crate::output::Answer;
use crate::output::Layout;

/// Stop the server and take its container away; the data stay
#[derive(Debug, clap::Args)]
pub(super) struct DownArgs {}

#[derive(Serialize)]
struct DownAnswer {
    stopped: bool,
    volumes: Vec<String>,
}

impl Answer for DownAnswer {
    fn text(&self, _layout: Layout) -> String {
        match (self.stopped, self.volumes.join(", ")) {
            (false, _) => "the server was not there\n".to_owned(),
            (true, volumes) if volumes.is_empty() => "the server has stopped\n".to_owned(),
            (true, volumes) => format!("the server has stopped; its data stay in the volume {volumes}\n"),
        }
    }
}

pub(super) fn run(context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let Some(server) = Server::of(context)? else {
        let answer = NoServerAnswer::of(context)?;
        context.output.answer(&answer)?;
        return Ok(Exit::Success);
    };
    let volumes = server.down()?;
    context.output.answer(&DownAnswer {
        stopped: volumes.is_some(),
        volumes: volumes.unwrap_or_default(),
    })?;
    Ok(Exit::Success)
}
