//! The SQL of `limbeck upgrade --sql` as `limbeck upgrade` sends it.
//!
//! A file guards each step against what could have happened meanwhile, and asks the journal for the next number. A run knows
//! both, so that a client fed with the file would have more to do.

/// Takes out what only a file has: the guard of each step, and the question for the number of a row of the journal.
pub fn as_sent(script: &str) -> String {
    let mut sent = String::with_capacity(script.len());
    let mut number = 0;
    for line in script.lines() {
        if is_guard(line) {
            continue;
        }
        match numbered(line, number + 1) {
            Some(line) => {
                number += 1;
                sent.push_str(&line);
            }
            None => sent.push_str(line),
        }
        sent.push('\n');
    }
    sent
}

/// A guard copies rows of the journal, of which there are some only where it is to fail.
fn is_guard(line: &str) -> bool {
    let words: String = line.chars().filter(|c| !matches!(c, '"' | '`')).collect();
    words.starts_with("INSERT INTO limbeck_journal SELECT ")
}

/// A row of the journal with its number, and not the question for it.
fn numbered(line: &str, number: usize) -> Option<String> {
    let begin = line
        .find(" (SELECT \"seq\" FROM (")
        .or_else(|| line.find(" (SELECT `seq` FROM ("))?;
    let mut depth = 0;
    let rest = line.get(begin + 1..)?;
    let end = rest.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at + 1)
    })?;
    Some(format!("{} {number}{}", line.get(..begin)?, rest.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_go_and_rows_of_the_journal_have_numbers() {
        let script = "BEGIN;\n\
            INSERT INTO \"limbeck_journal\" SELECT * FROM \"limbeck_journal\" WHERE \"seq\" = 1;\n\
            INSERT INTO \"limbeck_journal\" (\"seq\", \"proof\") VALUES ((SELECT 1), (SELECT \"seq\" FROM (SELECT coalesce(max(\"seq\"), 0) + 1 AS \"seq\" FROM \"limbeck_journal\") AS \"last\"), 'offline');\n\
            CREATE TABLE a (b int);\n\
            INSERT INTO `limbeck_journal` (`seq`) VALUES (1, (SELECT `seq` FROM (SELECT 1) AS `last`));\n";
        let sent = "BEGIN;\n\
            INSERT INTO \"limbeck_journal\" (\"seq\", \"proof\") VALUES ((SELECT 1), 1, 'offline');\n\
            CREATE TABLE a (b int);\n\
            INSERT INTO `limbeck_journal` (`seq`) VALUES (1, 2);\n";
        assert_eq!(as_sent(script), sent);
    }
}
