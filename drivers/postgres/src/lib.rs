//! The place of the PostgreSQL driver. It has no code yet: `limbeck` can't connect to PostgreSQL.
