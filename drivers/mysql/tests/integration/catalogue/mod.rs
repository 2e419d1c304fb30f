//! All objects of a database, there and back.

mod corpus;
mod pairs;
mod queries;
mod told;
