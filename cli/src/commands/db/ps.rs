//! `limbeck db ps`.

use serde::Serialize;

use super::up;
use super::up::NoServerAnswer;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::local::Server;
use crate::local::State;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::Table;
use crate::output::paint;
use crate::output::plain;

/// Show the server: its container, how that is, its port, its version
#[derive(Debug, clap::Args)]
pub(super) struct PsArgs {}

#[derive(Serialize)]
struct PsAnswer {
    container: Option<String>,
    state: Option<String>,
    running: bool,
    port: u16,
    volumes: Vec<String>,
    server: Option<String>,
    /// Why no server answers.
    error: Option<String>,
}

impl Answer for PsAnswer {
    fn text(&self, _layout: Layout) -> String {
        let mut table = Table::default();
        table.row(["container", self.container.as_deref().unwrap_or("none")]);
        if let Some(state) = &self.state {
            let colour = if self.running { Paint::Good } else { Paint::Bad };
            table.row(["state".to_owned(), paint(colour, state)]);
        }
        table.row(["port".to_owned(), format!("127.0.0.1:{}", self.port)]);
        if !self.volumes.is_empty() {
            table.row(["volume".to_owned(), self.volumes.join(", ")]);
        }
        let server = self.server.clone().or_else(|| self.error.as_deref().map(plain));
        table.row([
            "server".to_owned(),
            server.unwrap_or_else(|| "has no such database".to_owned()),
        ]);
        table.text()
    }
}

pub(super) async fn run(context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let Some(server) = Server::of(context)? else {
        let answer = NoServerAnswer::of(context)?;
        context.output.answer(&answer)?;
        return Ok(Exit::Success);
    };
    let container = server.container()?;
    let state = container.as_ref().map(crate::local::Container::state);
    let running = state.is_some_and(|state| state.running);
    let (found, error) = match running {
        true => match up::version(context).await {
            Ok(version) => (version, None),
            Err(error) => (None, Some(error.to_string())),
        },
        false => (None, Some("does not run: `limbeck db up` starts it".to_owned())),
    };
    let answer = PsAnswer {
        state: state.map(State::in_words),
        running,
        port: server.port(),
        volumes: container
            .iter()
            .flat_map(crate::local::Container::volumes)
            .map(str::to_owned)
            .collect(),
        server: found,
        error,
        container: container.map(|container| container.name().to_owned()),
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}
