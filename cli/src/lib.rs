//! The `limbeck` command as a library.
