//! The core's integration tests: one binary, one module a topic.

mod config_database;
mod config_files;
mod graph_oracle;
mod script_checksum;
mod script_faults;
mod script_files;
mod script_text;
