//! Sessions as a driver gives them.

mod answers;
mod refused;
mod turns;
