//! What the catalogue is asked: as many questions as there are kinds, however many objects there are.
//!
//! Each table of the catalogue is told by itself of which database it is to speak: where that follows from a join only,
//! MariaDB opens the tables of all databases.

use limbeck_core::dialect::Version;

use super::Server;
use super::text::quoted;

/// Tables, views and sequences.
pub(super) const RELATIONS: &str = "SELECT t.table_name, t.table_type, t.engine, t.table_collation, t.create_options, \
    t.table_comment, database() FROM information_schema.tables AS t WHERE t.table_schema = database() \
    ORDER BY t.table_name";

pub(super) fn columns(server: Server) -> String {
    format!(
        "SELECT c.table_name, c.column_name, c.column_type, c.character_set_name, c.collation_name, c.is_nullable, \
         c.column_default, c.extra, c.generation_expression, c.column_comment, {} \
         FROM information_schema.columns AS c WHERE c.table_schema = database() \
         ORDER BY c.table_name, c.ordinal_position",
        if server.is_mariadb() { "NULL" } else { "c.srs_id" }
    )
}

pub(super) fn indexes(server: Server) -> String {
    let (expression, hidden) = match server.is_mariadb() {
        true if server.version >= Version::new(10, 6, 0) => ("NULL", "s.ignored = 'YES'"),
        true => ("NULL", "0"),
        false => ("s.expression", "s.is_visible = 'NO'"),
    };
    format!(
        "SELECT s.table_name, s.index_name, s.non_unique, s.column_name, s.collation, s.sub_part, s.index_type, \
         s.index_comment, {expression}, {hidden} FROM information_schema.statistics AS s \
         WHERE s.table_schema = database() ORDER BY s.table_name, s.index_name, s.seq_in_index"
    )
}

pub(super) const PARTITIONS: &str = "SELECT p.table_name, p.partition_name, p.subpartition_name, p.partition_method, \
    p.subpartition_method, p.partition_expression, p.subpartition_expression, p.partition_description, \
    p.partition_comment FROM information_schema.partitions AS p \
    WHERE p.table_schema = database() AND p.partition_name IS NOT NULL \
    ORDER BY p.table_name, p.partition_ordinal_position, p.subpartition_ordinal_position";

pub(super) fn views(server: Server) -> String {
    format!(
        "SELECT v.table_name, v.view_definition, v.check_option, v.security_type, {} \
         FROM information_schema.views AS v WHERE v.table_schema = database() ORDER BY v.table_name",
        if server.is_mariadb() {
            "v.algorithm"
        } else {
            "NULL"
        }
    )
}

pub(super) const TRIGGERS: &str = "SELECT t.trigger_name, t.event_object_table, t.action_timing, t.event_manipulation, \
    t.action_statement, t.sql_mode FROM information_schema.triggers AS t WHERE t.trigger_schema = database() \
    ORDER BY t.event_object_table, t.action_timing, t.event_manipulation, t.action_order";

pub(super) const ROUTINES: &str = "SELECT r.routine_type, r.specific_name, r.routine_definition, r.dtd_identifier, \
    r.character_set_name, r.collation_name, r.is_deterministic, r.sql_data_access, r.security_type, \
    r.routine_comment, r.sql_mode, r.external_language FROM information_schema.routines AS r \
    WHERE r.routine_schema = database() ORDER BY r.routine_type, r.specific_name";

pub(super) const PARAMETERS: &str = "SELECT p.routine_type, p.specific_name, p.parameter_mode, p.parameter_name, \
    p.dtd_identifier, p.character_set_name, p.collation_name FROM information_schema.parameters AS p \
    WHERE p.specific_schema = database() AND p.ordinal_position > 0 \
    ORDER BY p.routine_type, p.specific_name, p.ordinal_position";

pub(super) const EVENTS: &str = "SELECT e.event_name, e.event_definition, e.event_type, cast(e.execute_at AS char), \
    e.interval_value, e.interval_field, cast(e.starts AS char), cast(e.ends AS char), e.status, e.on_completion, \
    e.event_comment, e.sql_mode, e.time_zone, e.starts IN (e.created, e.last_altered) \
    FROM information_schema.events AS e WHERE e.event_schema = database() ORDER BY e.event_name";

/// What the sequences of these names hold: each is a table of one row.
pub(super) fn sequences(names: &[&str]) -> String {
    let selects = names.iter().map(|name| {
        format!(
            "SELECT {}, start_value, minimum_value, maximum_value, increment, cache_size, cycle_option FROM {}",
            super::text::string(name),
            quoted(name)
        )
    });
    selects.collect::<Vec<_>>().join(" UNION ALL ")
}
