//! Statements around which foreign keys are off, where each is sent by itself.

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
    let mut all = vec![super::rebuild::FOREIGN_KEYS_OFF.to_owned(), GUARD.to_owned()];
    all.extend(statements);
    all.push(ON.to_owned());
    all
}
