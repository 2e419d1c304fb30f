//! SQLite for Limbeck.
