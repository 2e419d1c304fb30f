//! Ports of this machine.

use std::io;
use std::net::Ipv4Addr;
use std::net::TcpListener;

use crate::error::CommandError;
use crate::error::ErrorKind;

/// Fails where something listens at a port already.
pub(super) fn require_free(port: u16, variable: &str) -> Result<(), CommandError> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(CommandError::new(
            ErrorKind::Busy,
            format!("port {port} of this machine is taken, so that the server cannot be started there"),
        )
        .with_hint(format!(
            "stop what listens there, or choose another port: {variable}={} in .env.local",
            port.saturating_add(1)
        ))),
        // What else keeps from listening here need not keep the engine from it.
        _ => Ok(()),
    }
}
