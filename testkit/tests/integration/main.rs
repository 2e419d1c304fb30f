//! Faults with a real database and real processes, real servers, and the pages about drivers and tests.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod driver_page;
#[cfg(unix)]
mod faulty;
#[cfg(unix)]
mod servers;
#[cfg(unix)]
mod testing_page;
