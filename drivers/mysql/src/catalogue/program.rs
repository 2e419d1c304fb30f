//! Statements that triggers, routines and events hold, as `SHOW CREATE` has them.

use limbeck_core::sql::Lexer;
use limbeck_core::sql::Span;
use limbeck_core::sql::TokenKind;

use crate::dialect::RULES;

/// A text without who has made the object.
pub(super) fn without_definer(shown: &str) -> String {
    let mut tokens = Lexer::new(shown, &RULES);
    let definer = tokens.find(|token| token.span.slice(shown).eq_ignore_ascii_case("DEFINER"));
    // A name may have blanks in it, but between its quotes.
    let end = tokens.find(|token| token.kind == TokenKind::Whitespace);
    match definer.zip(end) {
        Some((definer, end)) => {
            let before = shown.get(..definer.span.start).unwrap_or_default();
            let behind = shown.get(end.span.end..).unwrap_or_default();
            format!("{before}{behind}")
        }
        None => shown.to_owned(),
    }
}

/// What a trigger does: all behind FOR EACH ROW and the trigger that it follows.
pub(super) fn of_trigger(shown: &str) -> Option<&str> {
    let words = words(shown);
    let row = words
        .windows(3)
        .position(|words| are(shown, words, &["FOR", "EACH", "ROW"]))?;
    let rest = words.get(row.checked_add(3)?..)?;
    let is_placed = rest
        .first()
        .is_some_and(|word| is(shown, *word, "FOLLOWS") || is(shown, *word, "PRECEDES"));
    let end = match is_placed {
        true => rest.get(1)?.end,
        false => words.get(row.checked_add(2)?)?.end,
    };
    shown.get(end..).map(str::trim_start)
}

/// What an event does: all behind DO.
pub(super) fn of_event(shown: &str) -> Option<&str> {
    let words = words(shown);
    let mut ends = words.iter().filter(|word| is(shown, **word, "DO"));
    shown.get(ends.next()?.end..).map(str::trim_start)
}

/// The query of a view: all behind the AS that follows its name and its columns.
pub(super) fn of_view(shown: &str) -> Option<&str> {
    let words = words(shown);
    let mut words = words.iter().skip_while(|word| !is(shown, **word, "VIEW"));
    let start = words.find(|word| is(shown, **word, "AS"))?;
    shown.get(start.end..).map(str::trim_start)
}

/// The names that a query itself gives its columns, as far as it does: all between the first SELECT and its FROM.
pub(super) fn names_of_query(query: &str) -> Vec<String> {
    let words = words(query);
    let mut depth = 0_usize;
    let mut names = Vec::new();
    let mut last: Option<&str> = None;
    let mut is_in = false;
    for word in words.iter().map(|span| span.slice(query)) {
        let is_outside = depth == 0;
        match word {
            "(" => depth = depth.saturating_add(1),
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_end = [",", "FROM", "UNION"]
            .iter()
            .any(|end| word.eq_ignore_ascii_case(end));
        if is_outside && is_in && is_end {
            names.extend(last.and_then(name));
            if word != "," {
                return names;
            }
        }
        is_in |= is_outside && word.eq_ignore_ascii_case("SELECT");
        last = Some(word);
    }
    names.extend(last.and_then(name));
    names
}

fn name(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('`')?.strip_suffix('`')?;
    Some(inner.replace("``", "`"))
}

fn words(text: &str) -> Vec<Span> {
    let tokens = Lexer::new(text, &RULES).filter(|token| !token.kind.is_trivia());
    tokens.map(|token| token.span).collect()
}

fn is(text: &str, span: Span, word: &str) -> bool {
    span.slice(text).eq_ignore_ascii_case(word)
}

fn are(text: &str, spans: &[Span], words: &[&str]) -> bool {
    spans.iter().zip(words).all(|(span, word)| is(text, *span, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_made_it_is_left_out() {
        let shown = "CREATE DEFINER=`ro ot`@`%` PROCEDURE `p`()\nselect 1";
        assert_eq!(without_definer(shown), "CREATE PROCEDURE `p`()\nselect 1");
        let shown = "CREATE DEFINER=\"root\"@\"%\" PROCEDURE \"p\"()\nas begin null; end";
        assert_eq!(
            without_definer(shown),
            "CREATE PROCEDURE \"p\"()\nas begin null; end"
        );
    }

    #[test]
    fn a_trigger_does_what_follows_its_place() {
        let plain = "CREATE DEFINER=`a`@`b` trigger t /* for each row */ before insert on x for  each row set @a = 'x'";
        assert_eq!(of_trigger(plain), Some("set @a = 'x'"));
        let placed = "CREATE TRIGGER `t` BEFORE INSERT ON `x` FOR EACH ROW FOLLOWS `o` begin end";
        assert_eq!(of_trigger(placed), Some("begin end"));
    }

    #[test]
    fn an_event_does_what_follows_do() {
        let shown = "CREATE EVENT `do` ON SCHEDULE EVERY 1 DAY COMMENT 'do' DO select 'do'";
        assert_eq!(of_event(shown), Some("select 'do'"));
    }

    #[test]
    fn a_query_names_its_columns() {
        let query = "with `x` as (select 1 AS `b`) select `t`.`a` AS `a`,(select 1 AS `z` from `u`) AS `c``d` from `t`";
        assert_eq!(names_of_query(query), ["a", "c`d"]);
        assert_eq!(names_of_query("select 1 AS `x` union select 2 AS `2`"), ["x"]);
        assert_eq!(names_of_query("select 1 AS `x`"), ["x"]);
    }

    #[test]
    fn a_view_is_what_follows_as() {
        let shown = "CREATE ALGORITHM=UNDEFINED VIEW `as` (`a`,`as`) AS select 1 AS `x`";
        assert_eq!(of_view(shown), Some("select 1 AS `x`"));
    }
}
