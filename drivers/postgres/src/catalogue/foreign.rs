//! Options of foreign data.

use super::entry::literal;
use super::entry::quoted;

/// Options that are kept as `name=value`, as SQL after a blank; nothing when there are none.
pub(super) fn options(options: Option<&[String]>) -> String {
    let options = options.unwrap_or_default().iter();
    let options: Vec<String> = options
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            format!("{} {}", quoted(name), literal(value))
        })
        .collect();
    match options.is_empty() {
        true => String::new(),
        false => format!(" OPTIONS ({})", options.join(", ")),
    }
}
