//! Portable functions in SQLite.

/// SQLite's name of a portable function; none when it has no function with the same arguments and result.
pub(super) fn name(portable: &str) -> Option<&str> {
    Some(match portable {
        "char_length" | "character_length" => "length",
        _ => portable,
    })
}
