//! A real history.
