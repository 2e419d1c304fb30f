//! Faults with a real database and real processes, and real servers.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(unix)]
mod faulty;
#[cfg(unix)]
mod page;
#[cfg(unix)]
mod servers;
