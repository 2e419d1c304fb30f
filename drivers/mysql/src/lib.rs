//! The place of the driver for MySQL and MariaDB. It has no code yet: `limbeck` can't connect to either.
