//! Settings of a session that what is made in it keeps.

use limbeck_core::dialect::Dialect;

use super::Server;
use super::text::string;

/// The statements that make something under these settings; the driver's own are there again afterwards.
pub(super) fn under(
    server: Server,
    sql_mode: &str,
    time_zone: Option<&str>,
    statement: String,
) -> Vec<String> {
    let mut statements = vec![statement];
    if !is_own(server, sql_mode) {
        statements.insert(0, format!("SET SESSION sql_mode = {}", string(sql_mode)));
        statements.push(format!("SET SESSION sql_mode = {}", string(&own(server))));
    }
    if let Some(zone) = time_zone.filter(|zone| *zone != TIME_ZONE) {
        statements.insert(0, format!("SET SESSION time_zone = {}", string(zone)));
        statements.push(format!("SET SESSION time_zone = {}", string(TIME_ZONE)));
    }
    statements
}

/// The time zone of the driver's sessions.
const TIME_ZONE: &str = "+00:00";

/// The `sql_mode` of the driver's sessions.
fn own(server: Server) -> String {
    let settings = server.dialect.session_settings().iter();
    let mut found = settings.filter_map(|setting| setting.split_once("sql_mode = '")?.1.split_once('\''));
    found.next().map(|(mode, _)| mode.to_owned()).unwrap_or_default()
}

/// Whether both say the same in any order.
fn is_own(server: Server, sql_mode: &str) -> bool {
    let sorted = |mode: &str| {
        let mut words: Vec<String> = mode.split(',').map(str::to_owned).collect();
        words.sort();
        words
    };
    sorted(sql_mode) == sorted(&own(server))
}
