//! The registry history.
