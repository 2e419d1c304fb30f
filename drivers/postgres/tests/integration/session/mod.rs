//! Sessions as a driver gives them.

mod answers;
mod loads;
mod refused;
mod turns;
