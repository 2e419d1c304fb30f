//! Waiting for a server that has just been started.

use std::time::Duration;
use std::time::Instant;

use limbeck_core::engine::EngineError;
use limbeck_core::engine::WaitFor;

use super::server::Server;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// How often the container is looked at while its server does not answer.
const LOOK: Duration = Duration::from_secs(1);

/// Waits until the server answers, as long as its container runs and there is time.
pub(super) async fn until_it_answers(
    server: &Server,
    context: &Context<'_>,
    timeout: Duration,
) -> Result<(), CommandError> {
    context.listen()?;
    let migrator = context.without_scripts()?;
    let started = Instant::now();
    loop {
        let left = timeout.saturating_sub(started.elapsed());
        match migrator.wait(left.min(LOOK), WaitFor::Server).await {
            Ok(()) => return Ok(()),
            Err(EngineError::NoAnswer { .. }) if started.elapsed() < timeout => require_running(server)?,
            Err(EngineError::NoAnswer { error, .. }) => {
                return Err(EngineError::NoAnswer {
                    waited: started.elapsed(),
                    error,
                }
                .into())
                .map_err(|error: CommandError| {
                    error.with_hint("`limbeck db logs` shows what the server writes")
                });
            }
            Err(error) => return Err(explained(error.into())),
        }
    }
}

/// The error of a signal that has come while another program was waited for.
pub(super) async fn stopped(context: &Context<'_>) -> Option<CommandError> {
    // The runtime hears of a signal when it rests.
    tokio::time::sleep(Duration::from_millis(1)).await;
    context.stopped()
}

fn require_running(server: &Server) -> Result<(), CommandError> {
    let state = match server.container()? {
        Some(container) if container.state.running => return Ok(()),
        Some(container) => container.state.in_words(),
        None => "gone".to_owned(),
    };
    let error = CommandError::new(
        ErrorKind::Connect,
        format!("the container of the server is {state} before the server has answered"),
    );
    Err(error.with_hint("`limbeck db logs` shows what the server wrote"))
}

/// An error of the server, with what is particular to one whose data stay.
fn explained(error: CommandError) -> CommandError {
    match error.kind() {
        ErrorKind::Authentication => error.with_hint(
            "the data of a server in a container keep the user and the password with which they were made: \
             set those, or have `limbeck db reset` make the server anew and lose the data",
        ),
        _ => error,
    }
}
