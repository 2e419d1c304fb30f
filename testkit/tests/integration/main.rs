//! Faults with a real database and real processes, real servers, and the page about drivers.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(unix)]
mod driver_page;
#[cfg(unix)]
mod faulty;
#[cfg(unix)]
mod servers;
mod testing_page;
