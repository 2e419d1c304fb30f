//! The driver on real files.

mod support;

mod statements;
