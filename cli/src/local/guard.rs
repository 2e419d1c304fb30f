//! What keeps data from being lost that matter.

use std::net::IpAddr;

use limbeck_core::driver::ServerAddress;

use super::server::Place;
use crate::ask::ask;
use crate::ask::can_ask;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Fails in production, and where nobody has said that it is not.
pub(crate) fn require_development(context: &Context<'_>, command: &str) -> Result<(), CommandError> {
    let config = context.config()?;
    if config.mode().is_some() {
        return refuse_production(context, command);
    }
    let variable = config.environment_variable();
    let message = format!("`{command}` loses data, and {variable} does not say in which environment this is");
    Err(CommandError::new(ErrorKind::DataLoss, message).with_hint(format!(
        "where they may be lost, write {variable}=development to .env"
    )))
}

/// Fails in production.
fn refuse_production(context: &Context<'_>, command: &str) -> Result<(), CommandError> {
    let config = context.config()?;
    match config.mode_source() {
        Some(mode) if config.is_production() => {
            let message = format!(
                "`{command}` loses data, and this is the environment {}",
                mode.value
            );
            let found = format!("{} comes from: {}", mode.name, mode.layer);
            Err(CommandError::new(ErrorKind::DataLoss, message).with_hint(found))
        }
        _ => Ok(()),
    }
}

/// Fails in production, and where the data are on another machine and nobody has said that this is not production.
pub(crate) fn require_known_place(
    context: &Context<'_>,
    place: &Place,
    command: &str,
) -> Result<(), CommandError> {
    match place {
        Place::Server(address) if !is_loopback(address) => require_development(context, command),
        _ => refuse_production(context, command),
    }
}

/// Fails for a server of another machine.
pub(crate) fn require_loopback(address: &ServerAddress, why: &str) -> Result<(), CommandError> {
    if is_loopback(address) {
        return Ok(());
    }
    let host = address.host.as_deref().unwrap_or_default();
    let message = format!("the database is on {host}, and {why}");
    Err(CommandError::new(ErrorKind::Usage, message)
        .with_hint("the commands about a server for development are for localhost"))
}

fn is_loopback(address: &ServerAddress) -> bool {
    match address.host.as_deref() {
        None | Some("localhost") => true,
        // The folder of a socket.
        Some(host) if host.starts_with('/') => true,
        Some(host) => host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
    }
}

/// Asks whether data may be lost, unless `yes` has said so.
pub(crate) fn consent(context: &Context<'_>, question: &str, yes: bool) -> Result<(), CommandError> {
    if yes {
        return Ok(());
    }
    if !can_ask(context) {
        let message = format!("nobody is here to answer: {question}");
        return Err(CommandError::new(ErrorKind::DataLoss, message).with_hint("`--yes` is the answer"));
    }
    match ask(question, context) {
        Some(true) => Ok(()),
        _ => Err(CommandError::new(ErrorKind::DataLoss, "nothing was done")),
    }
}

#[cfg(test)]
mod tests {
    use limbeck_core::driver::DatabaseUrl;

    use super::is_loopback;

    #[test]
    fn this_machine_has_several_names() {
        for (host, expected) in [
            ("localhost", true),
            ("127.0.0.1", true),
            ("127.9.8.7", true),
            ("[::1]", true),
            ("%2Frun%2Fpostgresql", true),
            ("", true),
            ("db", false),
            ("10.0.0.1", false),
            ("localhost.example", false),
            ("127.0.0.1.example", false),
        ] {
            let url: DatabaseUrl = format!("postgres://{host}/shop").parse().unwrap();
            assert_eq!(is_loopback(&url.server().unwrap()), expected, "{host}");
        }
    }
}
