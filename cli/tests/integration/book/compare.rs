//! Whether a command has printed what its page says.
//!
//! Times, durations and checksums may differ. The id of a revision may, too, but it must be the same one everywhere: where
//! the page shows an id, and the command another, the one means the other from there on.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What differs from run to run, and what stands in its place when lines are compared.
static CHANGING: LazyLock<[(Regex, &str); 5]> = LazyLock::new(|| {
    [
        (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?", "[time]"),
        (r"\b\d+(\.\d+)? (ms|s|min)\b", "[duration]"),
        (r"sha256:[0-9a-f]{64}", "[checksum]"),
        (r"\b(pid|process) \d+", "[process]"),
        (r"os error \d+", "[code of the system]"),
    ]
    .map(|(pattern, word)| (Regex::new(pattern).unwrap(), word))
});

/// Which id of the page is which one of the run.
#[derive(Default)]
pub(super) struct Ids {
    of_run: HashMap<String, String>,
    of_page: HashMap<String, String>,
}

impl Ids {
    /// A text of the page with the ids of the run.
    pub(super) fn in_run(&self, text: &str) -> String {
        replaced(text, &self.of_run)
    }

    /// A text of the run with the ids of the page.
    pub(super) fn in_page(&self, text: &str) -> String {
        replaced(text, &self.of_page)
    }

    /// Takes in that an id of the page is one of the run. False where one of them is another one already.
    fn learn(&mut self, page: &str, run: &str) -> bool {
        let known = self
            .of_run
            .entry(page.to_owned())
            .or_insert_with(|| run.to_owned());
        let back = self
            .of_page
            .entry(run.to_owned())
            .or_insert_with(|| page.to_owned());
        known == run && back == page
    }

    /// Whether the output of a run is what the page says. `…` alone in a line stands for any lines.
    pub(super) fn agree(&mut self, page: &str, run: &str) -> bool {
        let expected: Vec<&str> = page.lines().map(str::trim_end).collect();
        let printed: Vec<&str> = run.trim_end().lines().map(str::trim_end).collect();
        let Some(pairs) = pairs(&expected, &printed) else {
            return false;
        };
        pairs.iter().all(|(page, run)| {
            let of_page = ids(page).into_iter().map(|range| &page[range]);
            let mut of_run = ids(run).into_iter().map(|range| &run[range]);
            of_page
                .into_iter()
                .all(|id| of_run.next().is_some_and(|other| self.learn(id, other)))
        })
    }
}

/// Which lines stand for which, or None where they don't.
fn pairs<'a>(expected: &[&'a str], printed: &[&'a str]) -> Option<Vec<(&'a str, &'a str)>> {
    match (expected.split_first(), printed.split_first()) {
        (None, None) => Some(Vec::new()),
        (Some((&"…", more)), _) => {
            (0..=printed.len()).find_map(|skipped| pairs(more, printed.get(skipped..)?))
        }
        (Some((line, more)), Some((other, rest))) if masked(line) == masked(other) => {
            let mut pairs = pairs(more, rest)?;
            pairs.push((line, other));
            Some(pairs)
        }
        _ => None,
    }
}

/// A line without what may differ. Alignment goes with it: a longer time moves what stands behind it.
fn masked(line: &str) -> String {
    let mut text = line.to_owned();
    for range in ids(line).into_iter().rev() {
        text.replace_range(range, "[id]");
    }
    for (pattern, word) in CHANGING.iter() {
        text = pattern.replace_all(&text, *word).into_owned();
    }
    if text == line {
        return text;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where ids as `limbeck revision` gives them stand: twelve hexadecimal digits.
fn ids(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, character) in text.char_indices().chain([(text.len(), ' ')]) {
        if character.is_ascii_alphanumeric() {
            continue;
        }
        let word = &text[start..end];
        let hexadecimal = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if word.len() == 12 && word.bytes().all(hexadecimal) {
            found.push(start..end);
        }
        start = end + character.len_utf8();
    }
    found
}

fn replaced(text: &str, by: &HashMap<String, String>) -> String {
    let mut text = text.to_owned();
    for range in ids(&text).into_iter().rev() {
        if let Some(other) = by.get(&text[range.clone()]) {
            text.replace_range(range, other);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_one_everywhere() {
        let mut known = Ids::default();
        assert!(known.agree("migrations/2b61f23fb6c7_a.sql", "migrations/0123456789ab_a.sql"));
        assert_eq!(known.in_run("rm 2b61f23fb6c7_a.sql"), "rm 0123456789ab_a.sql");
        assert_eq!(known.in_page("at 0123456789ab"), "at 2b61f23fb6c7");
        assert!(known.agree("at 2b61f23fb6c7\n", "at 0123456789ab\n"));
        assert!(!known.agree("at 2b61f23fb6c7\n", "at aaaaaaaaaaaa\n"));
        assert!(!known.agree("at bbbbbbbbbbbb\n", "at 0123456789ab\n"));
    }

    #[test]
    fn what_may_differ_may_differ_and_nothing_else() {
        let agree = |page, run| Ids::default().agree(page, run);
        assert!(agree("took 12 ms", "took 1.3 s"));
        assert!(agree("at 2026-11-21T10:43:41Z", "at 2027-01-01T00:00:00.123Z"));
        assert!(!agree("12 rows", "13 rows"));
        assert!(!agree("a\nb", "a"));
        assert!(!agree("a", "a\nb"));
        assert!(!agree("", "a"));
    }

    #[test]
    fn an_ellipsis_stands_for_any_lines() {
        let agree = |page, run| Ids::default().agree(page, run);
        assert!(agree("a\n…\nd", "a\nb\nc\nd"));
        assert!(agree("…\na\n…", "a"));
        assert!(agree("…", ""));
        assert!(!agree("a\n…\nd", "a\nb\nc"));
        assert!(!agree("…\na", "a\nb"));
    }
}
