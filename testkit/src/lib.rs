//! Tools to test Limbeck drivers and migrations.
