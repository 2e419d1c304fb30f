//! Databases and environments on the machine of a developer.

mod compose;
mod container;
mod environments;
mod every_database;
mod files;
mod guards;
mod tests_of_a_project;
