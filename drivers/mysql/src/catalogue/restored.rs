//! Texts as `SHOW CREATE` has them.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::Span;

use super::text;
use super::text::quoted;
use crate::dialect::RULES;
use crate::introspect::decode;

/// The line of a table's text that begins so, or whose key has this name.
pub(super) fn line<'a>(shown: &'a str, begins: &str) -> Option<&'a str> {
    let mut lines = shown.lines().map(str::trim_start);
    lines.find(|line| {
        line.strip_prefix(begins)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The line of an index.
pub(super) fn key_line<'a>(shown: &'a str, name: &str) -> Option<&'a str> {
    let words = ["", "UNIQUE ", "FULLTEXT ", "SPATIAL ", "VECTOR "];
    let name = quoted(name);
    words
        .iter()
        .find_map(|word| line(shown, &format!("{word}KEY {name}")))
}

/// The lines behind the columns and keys.
pub(super) fn options(shown: &str) -> &str {
    shown
        .rfind("\n) ")
        .and_then(|at| shown.get(at..))
        .unwrap_or(shown)
}

/// The partitions, without the engine of each, which is that of the table.
pub(super) fn partitions(shown: &str) -> Option<String> {
    let options = options(shown);
    let clause = options.get(options.find("PARTITION BY ")?..)?;
    let mut kept = String::new();
    let mut words = Lexer::new(clause, &RULES)
        .map(|token| token.span.slice(clause))
        .peekable();
    while let Some(word) = words.next() {
        if word == "ENGINE" {
            // ENGINE = InnoDB
            words.by_ref().filter(|word| !word.trim().is_empty()).nth(1);
            kept.truncate(kept.trim_end().len());
            continue;
        }
        kept.push_str(word);
    }
    Some(kept)
}

/// A text with the letters that are only in the other one: both have the same strings and comments in the same order.
pub(super) fn restored(lossy: &str, exact: Option<&str>) -> String {
    let Some(exact) = exact.filter(|_| lossy.contains('?')) else {
        return lossy.to_owned();
    };
    let mut originals = Lexer::new(exact, &RULES).map(|token| token.span.slice(exact));
    let tokens = Lexer::new(lossy, &RULES).map(|token| {
        let word = token.span.slice(lossy);
        if !word.contains('?') {
            return word.to_owned();
        }
        let mut ahead = originals.clone();
        match ahead.find(|original| is_lossy(word, original)) {
            Some(original) => {
                originals = ahead;
                original.to_owned()
            }
            None => word.to_owned(),
        }
    });
    tokens.collect()
}

/// Whether a word is what is left of another one.
fn is_lossy(word: &str, original: &str) -> bool {
    let plain = |text: &str| decode(text).unwrap_or_else(|| text.to_owned());
    let (word, original) = (plain(word), plain(original));
    let with = |mark: &str| -> String {
        let letters = original.chars();
        letters
            .map(|letter| match u32::from(letter) > 0xffff {
                true => mark.to_owned(),
                false => letter.to_string(),
            })
            .collect()
    };
    word == with("?") || word == with("????")
}

/// A default of bytes, or with letters that are lost, as it is in the line of its column.
pub(super) fn with_default(definition: &str, line: Option<&str>) -> String {
    let found = line.and_then(|line| {
        let exact = default(line)?.slice(line);
        let own = default(definition)?;
        let (before, behind) = (definition.get(..own.start)?, definition.get(own.end..)?);
        let literal = own.slice(definition);
        let is_lossy = literal.starts_with("0x") || (literal.starts_with('\'') && literal.contains('?'));
        is_lossy.then(|| format!("{before}{exact}{behind}"))
    });
    found.unwrap_or_else(|| definition.to_owned())
}

/// The word behind DEFAULT.
fn default(text: &str) -> Option<Span> {
    let mut tokens = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
    tokens.find(|token| token.span.slice(text) == "DEFAULT")?;
    tokens.next().map(|token| token.span)
}

/// The columns of an index between their parentheses, and what stands behind them without the comment.
pub(super) fn parts_and_options(line: &str) -> Option<(String, String)> {
    let start = line.find('(')?;
    let end = start.saturating_add(text::enclosed(line.get(start..)?)?);
    let parts = line.get(start.saturating_add(1)..end.saturating_sub(1))?;
    let rest = line.get(end..)?.trim().trim_end_matches(',').trim();
    let options = match rest.starts_with("COMMENT '") {
        true => "",
        false => rest.split(" COMMENT '").next()?,
    };
    // MySQL hides a parser from older servers.
    let options = options.trim_start_matches("/*!50100 ").trim_end_matches(" */");
    Some((parts.to_owned(), options.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_back() {
        let line = "`a` enum('x','😀') DEFAULT '😀' COMMENT 'what? 🎉',";
        assert_eq!(
            restored("enum('x','?') DEFAULT '?' COMMENT 'what? ?'", Some(line)),
            "enum('x','😀') DEFAULT '😀' COMMENT 'what? 🎉'"
        );
        assert_eq!(
            restored("select '????' AS `x`", Some("VIEW `v` AS select '😀' AS `x`")),
            "select '😀' AS `x`"
        );
        assert_eq!(restored("'ok?'", Some("'ok?'")), "'ok?'");
        assert_eq!(restored("'ok?'", None), "'ok?'");
    }

    #[test]
    fn bytes_come_back() {
        let line = "`b` varbinary(9) DEFAULT 'ab\\0c' COMMENT 'x',";
        assert_eq!(
            with_default("varbinary(9) DEFAULT 0x6162 COMMENT 'x'", Some(line)),
            "varbinary(9) DEFAULT 'ab\\0c' COMMENT 'x'"
        );
    }

    #[test]
    fn partitions_have_the_engine_of_their_table() {
        let shown = "CREATE TABLE `t` (\n  `a` int\n) ENGINE=InnoDB\n PARTITION BY LIST (`a`)\n\
                     (PARTITION `p0` VALUES IN (1) ENGINE = InnoDB,\n PARTITION `p1` DEFAULT ENGINE = InnoDB)";
        assert_eq!(
            partitions(shown).as_deref(),
            Some("PARTITION BY LIST (`a`)\n(PARTITION `p0` VALUES IN (1),\n PARTITION `p1` DEFAULT)")
        );
    }

    #[test]
    fn options_stand_behind_the_columns() {
        let found = |line| parts_and_options(line).unwrap();
        let both = |parts: &str, options: &str| (parts.to_owned(), options.to_owned());
        assert_eq!(
            found("FULLTEXT KEY `b` (`b`) /*!50100 WITH PARSER `ngram` */ ,"),
            both("`b`", "WITH PARSER `ngram`")
        );
        assert_eq!(found("FULLTEXT KEY `b` (`b`) COMMENT 'x',"), both("`b`", ""));
        assert_eq!(
            found("UNIQUE KEY `id` (`id`,`p` WITHOUT OVERLAPS)"),
            both("`id`,`p` WITHOUT OVERLAPS", "")
        );
    }
}
