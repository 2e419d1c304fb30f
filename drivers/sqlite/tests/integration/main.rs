//! The driver on real files and with real processes.

mod support;

mod cancel;
mod child;
mod dialect;
mod files;
mod locks;
mod statements;
