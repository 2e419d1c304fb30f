//! Statements as they stand in a file.

use super::LexicalRules;
use super::split;

/// What can end a statement that has semicolons inside it.
const ENDS: [&str; 4] = ["//", "$$", "~~", "@@"];

/// A statement as it stands in a file, with what ends it and the end of its line; none when [`split`] would not read it back
/// as one statement.
///
/// ```
/// use limbeck_core::sql::{LexicalRules, in_file};
///
/// let text = in_file("DROP TABLE account", &LexicalRules::STANDARD);
/// assert_eq!(text.as_deref(), Some("DROP TABLE account;\n"));
/// ```
pub fn in_file(statement: &str, rules: &LexicalRules) -> Option<String> {
    let statement = statement.trim().trim_end_matches(';').trim_end();
    let plain = format!("{statement};\n");
    if is_one(&plain, statement, rules) {
        return Some(plain);
    }
    let end = ENDS.into_iter().find(|end| !statement.contains(end))?;
    let text = format!("DELIMITER {end}\n{statement}{end}\nDELIMITER ;\n");
    (rules.delimiter_lines && is_one(&text, statement, rules)).then_some(text)
}

fn is_one(text: &str, statement: &str, rules: &LexicalRules) -> bool {
    let slices = split(text, rules);
    let bodies: Vec<&str> = slices
        .iter()
        .map(|slice| slice.body.slice(text))
        .filter(|body| !body.is_empty())
        .collect();
    // A comment in front is not part of the body.
    matches!(bodies.as_slice(), [body] if !body.is_empty() && statement.ends_with(body))
}

#[cfg(test)]
mod tests {
    use super::super::test_rules::MYSQL;
    use super::*;

    #[test]
    fn semicolons_inside_want_another_end() {
        let trigger =
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @x = 1; SET @y = 'a//b'; END";
        let text = in_file(trigger, &MYSQL).unwrap();
        assert_eq!(text, format!("DELIMITER $$\n{trigger}$$\nDELIMITER ;\n"));
        assert_eq!(in_file(trigger, &LexicalRules::STANDARD), None);
    }

    #[test]
    fn a_semicolon_at_the_end_is_written_once() {
        for sql in ["SELECT 1", "SELECT 1;", " SELECT 1 ;\n"] {
            assert_eq!(
                in_file(sql, &LexicalRules::STANDARD).as_deref(),
                Some("SELECT 1;\n")
            );
        }
        assert_eq!(in_file("-- a comment", &LexicalRules::STANDARD), None);
    }
}
