//! Rows that satisfy every constraint of a table.
//!
//! Values are chosen from the types, the CHECKs and the rows of referenced tables; the database has the last word: a row
//! that it refuses is tried again with other values.

mod candidates;
mod choice;
mod evaluate;
mod filler;
mod formula;
mod guess;
mod reference;
mod sample;
mod shape;

pub(super) use filler::Filler;
