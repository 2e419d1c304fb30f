//! Everything that a database holds, and what leads from one to another.

mod cases;
mod linked;
mod pairs;
mod read;
