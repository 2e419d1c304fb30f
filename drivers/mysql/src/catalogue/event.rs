//! Events.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

use super::Server;
use super::hidden;
use super::program;
use super::session;
use super::shown::Shown;
use super::text::of;
use super::text::quoted;
use super::text::some;
use super::text::string;

/// All events.
pub(super) fn read_all(server: Server, rows: &Rows, shown: &Shown) -> Result<Vec<Object>, DriverError> {
    rows.rows.iter().map(|row| read(server, row, shown)).collect()
}

fn read(server: Server, row: &Row, shown: &Shown) -> Result<Object, DriverError> {
    let name = of(row, 0);
    let body = some(row, 1).ok_or_else(|| hidden("event", name, "EVENT"))?;
    let shown = shown.get(name).and_then(|shown| program::of_event(shown));
    let body = shown.unwrap_or(body);
    let kept = match of(row, 9) {
        "PRESERVE" => "PRESERVE",
        _ => "NOT PRESERVE",
    };
    let status = match of(row, 8) {
        "ENABLED" => "ENABLE",
        "DISABLED" => "DISABLE",
        _ => "DISABLE ON SLAVE",
    };
    let comment = some(row, 10).map_or(String::new(), |comment| format!(" COMMENT {}", string(comment)));
    let create = format!(
        "CREATE EVENT {} ON SCHEDULE {} ON COMPLETION {kept} {status}{comment} DO {body}",
        quoted(name),
        schedule(row),
    );
    let id = ObjectId::new(Kind::Event, name);
    let mut object = Object::new(id, "", format!("DROP EVENT {}", quoted(name)));
    object.create = session::under(server, of(row, 11), some(row, 12), create);
    Ok(object)
}

fn schedule(row: &Row) -> String {
    if of(row, 2) == "ONE TIME" {
        return format!("AT {}", string(of(row, 3)));
    }
    let mut schedule = format!("EVERY {} {}", interval(of(row, 4)), of(row, 5));
    // An event that begins with its own making was given no beginning.
    let is_given = row.integer(13) != Some(1);
    if let Some(start) = some(row, 6).filter(|_| is_given) {
        schedule.push_str(&format!(" STARTS {}", string(start)));
    }
    if let Some(end) = some(row, 7) {
        schedule.push_str(&format!(" ENDS {}", string(end)));
    }
    schedule
}

/// What is not a number stands between quotes, which the catalogue shows or not.
fn interval(value: &str) -> String {
    let bare = value.trim_matches('\'');
    match bare.chars().all(|letter| letter.is_ascii_digit()) {
        true => bare.to_owned(),
        false => string(bare),
    }
}
