//! The names of what is compared one by one.

/// The table as SQL. The same in both, as the object's name is.
pub(super) const TABLE: &str = "sql";
pub(super) const UNLOGGED: &str = "unlogged";
/// What a table inherits from, or is a partition of.
pub(super) const PARENTS: &str = "parents";
/// Which rows a partition has.
pub(super) const BOUND: &str = "bound";
/// How a table is divided into partitions.
pub(super) const PARTITION_KEY: &str = "partition key";
/// The access method, where it is not the usual one.
pub(super) const METHOD: &str = "access method";
/// The server of a foreign table, with its options.
pub(super) const SERVER: &str = "server";
/// The definition of a check that the tables below have too.
pub(super) const INHERITABLE: &str = "inheritable";
/// The name of a setting of a table, or of the index that is it.
pub(super) const REPLICA_IDENTITY: &str = "replica identity";

/// Of columns.
pub(super) mod column {
    pub(in super::super) const TYPE: &str = "type";
    pub(in super::super) const COLLATION: &str = "collation";
    pub(in super::super) const DEFAULT: &str = "default";
    /// The name of the constraint; empty for the one that the server chooses.
    pub(in super::super) const NOT_NULL: &str = "not null";
    /// Present where the rows were not looked at.
    pub(in super::super) const UNPROVEN: &str = "not null not valid";
    pub(in super::super) const IDENTITY: &str = "identity";
    pub(in super::super) const SEQUENCE: &str = "sequence";
    /// STORED or VIRTUAL.
    pub(in super::super) const GENERATED: &str = "generated";
    pub(in super::super) const EXPRESSION: &str = "expression";
    pub(in super::super) const STORAGE: &str = "storage";
    pub(in super::super) const COMPRESSION: &str = "compression";
    pub(in super::super) const STATISTICS: &str = "statistics";
    pub(in super::super) const OPTIONS: &str = "options";
    pub(in super::super) const COMMENT: &str = "comment";
    pub(in super::super) const FOREIGN: &str = "foreign options";
}

/// Of types.
pub(super) mod kind {
    /// enum, domain, composite or range.
    pub(in super::super) const KIND: &str = "kind";
    /// The values of an enum, as a JSON array.
    pub(in super::super) const VALUES: &str = "values";
    pub(in super::super) const BASE: &str = "base";
    pub(in super::super) const DEFAULT: &str = "default";
    pub(in super::super) const NOT_NULL: &str = "not null";
    /// The constraints of a domain, or the members of a composite type, as a JSON array: names, definitions and comments.
    pub(in super::super) const MEMBERS: &str = "members";
}
