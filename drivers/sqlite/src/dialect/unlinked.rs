//! Statements around which foreign keys are off.

use limbeck_core::dialect::Rendering;

use super::rebuild;
use crate::text::significant;

/// What puts foreign keys back to where a session has them.
const ON: &str = "PRAGMA foreign_keys = ON";

/// Fails while foreign keys are on, with the reason. A statement has no other way to fail: the path of no JSON value is a
/// sentence.
const GUARD: &str = "\
    SELECT json_extract('{}', 'foreign keys are on, and DROP TABLE would empty what refers to the table' || \
    substr(foreign_keys, 2)) FROM pragma_foreign_keys WHERE foreign_keys";

/// The statements with foreign keys off: `DROP TABLE` deletes the rows first, and ON DELETE CASCADE would follow. Inside a
/// transaction the setting does nothing, silently; there the statement behind it fails before anything is lost.
pub(crate) fn without_foreign_keys(statements: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut all = vec![rebuild::FOREIGN_KEYS_OFF.to_owned(), GUARD.to_owned()];
    all.extend(statements);
    all.push(ON.to_owned());
    all
}

/// What a statement that sets foreign keys means in a step: off is off before the transaction, with a look at all foreign
/// keys at its end, and a session has them on after every step.
pub(super) fn around(sql: &str) -> Option<Rendering> {
    let words: Vec<String> = significant(sql)
        .map(|(_, token)| token.to_ascii_uppercase())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["PRAGMA", "FOREIGN_KEYS", "=", value] | ["PRAGMA", "FOREIGN_KEYS", "(", value, ")"] => {
            match *value {
                "OFF" | "0" | "FALSE" | "NO" => Some(rebuild::around()),
                "ON" | "1" | "TRUE" | "YES" => Some(Rendering::default()),
                _ => None,
            }
        }
        _ => None,
    }
}
