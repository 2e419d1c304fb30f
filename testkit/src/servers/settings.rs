//! How the servers of tests differ from those of production.

/// What makes PostgreSQL quick, as words after `-c`. The machine does not lose power in a test. A commit still writes before
/// it is told, so that one that was told is there after a kill.
pub(super) const POSTGRES: [&str; 3] = ["max_connections=300", "fsync=off", "full_page_writes=off"];

/// What makes MySQL and MariaDB quick and frugal. Without a binary log a full disk is an error; with one MySQL waits until
/// somebody makes room.
pub(super) const MYSQL: [&str; 7] = [
    "--max-connections=500",
    "--skip-name-resolve",
    "--skip-log-bin",
    // Not to the disk, but out of the process: a commit that was told is there after a kill.
    "--innodb-flush-log-at-trx-commit=2",
    "--innodb-buffer-pool-size=64M",
    "--loose-innodb-redo-log-capacity=32M",
    "--loose-mysqlx=OFF",
];
