//! Ctrl-C and SIGTERM.

use std::io;

use limbeck_core::engine::Signal;
use limbeck_core::engine::Stop;

/// Turns every signal from now on into a request to stop, as long as the runtime lives.
pub(crate) fn listen(stop: &Stop) -> io::Result<()> {
    listen_to_interrupt(stop.clone())?;
    listen_to_terminate(stop.clone())
}

#[cfg(unix)]
fn listen_to_interrupt(stop: Stop) -> io::Result<()> {
    use tokio::signal::unix::SignalKind;
    listen_to(SignalKind::interrupt(), Signal::Interrupt, stop)
}

#[cfg(unix)]
fn listen_to_terminate(stop: Stop) -> io::Result<()> {
    use tokio::signal::unix::SignalKind;
    listen_to(SignalKind::terminate(), Signal::Terminate, stop)
}

#[cfg(unix)]
fn listen_to(kind: tokio::signal::unix::SignalKind, signal: Signal, stop: Stop) -> io::Result<()> {
    let mut stream = tokio::signal::unix::signal(kind)?;
    tokio::spawn(async move {
        while stream.recv().await.is_some() {
            stop.request(signal);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_interrupt(stop: Stop) -> io::Result<()> {
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            stop.request(Signal::Interrupt);
        }
    });
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_terminate(_stop: Stop) -> io::Result<()> {
    Ok(())
}
