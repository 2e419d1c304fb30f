//! The text of a table that the dialect has written itself.
//!
//! SQLite adds to a text in its own way. Where a text has just the tokens that the dialect writes for the model, the
//! rebuild starts from those: so a table looks the same whether its history ran on the database or was written as SQL,
//! which knows the model alone. A text that somebody else has written stays as it is.

use limbeck_core::dialect::render;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::SQLITE;
use crate::dialect::RULES;
use crate::text::ConstraintKind;
use crate::text::TableText;
use crate::text::significant;

/// Whether both texts have the same tokens, but for the order in which constraints stand, and for whether they stand in a
/// column.
pub(super) fn says_the_same(text: &str, written: &str) -> bool {
    !has_comment(text) && words(text).is_some_and(|words_of_text| words(written) == Some(words_of_text))
}

/// A comment says something that no token says.
fn has_comment(text: &str) -> bool {
    Lexer::new(text, &RULES).any(|token| token.kind == TokenKind::Comment)
}

/// The tokens in an order that does not depend on how the text is arranged; none when it cannot be read.
fn words(text: &str) -> Option<Vec<String>> {
    let own = significant(text).map(|(_, token)| token.to_owned());
    let mut words: Vec<String> = own.filter(|token| token != ",").collect();
    for column in TableText::read(text).ok()?.columns {
        let constraints = column.constraints.iter();
        let keys = constraints.filter(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
        for _ in keys {
            // Outside of the column the key names it.
            let named = format!("FOREIGN KEY ({})", render::quoted(&SQLITE, &column.name));
            words.extend(significant(&named).map(|(_, token)| token.to_owned()));
        }
    }
    words.sort_unstable();
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: &str = r#"CREATE TABLE "t" (
    "id" BIGINT NOT NULL,
    "up" BIGINT,
    CONSTRAINT "pk_t" PRIMARY KEY ("id"),
    CONSTRAINT "ck_t" CHECK ("id" > 0),
    CONSTRAINT "fk_t" FOREIGN KEY ("up") REFERENCES "t" ("id")
)"#;

    #[test]
    fn only_the_arrangement_may_differ() {
        let same = [
            r#"CREATE TABLE "t" ("id" BIGINT NOT NULL, CONSTRAINT "pk_t" PRIMARY KEY ("id"), "up" BIGINT CONSTRAINT "fk_t" REFERENCES "t" ("id"), CONSTRAINT "ck_t" CHECK ("id" > 0))"#,
            &WRITTEN.replace('\n', " "),
        ];
        for text in same {
            assert!(says_the_same(text, WRITTEN), "{text}");
        }
        for text in [
            &WRITTEN.replace("BIGINT NOT NULL", "BIGINT NOT NULL ON CONFLICT IGNORE"),
            &WRITTEN.replace("\n)", "\n) STRICT"),
            &WRITTEN.replace("\"up\" BIGINT,", "\"up\" BIGINT COLLATE NOCASE,"),
            &WRITTEN.replace("CONSTRAINT \"ck_t\" ", ""),
            &WRITTEN.replace("\n)", " -- why\n)"),
            &WRITTEN.replace("\"up\"", "up"),
            "CREATE TABLE",
        ] {
            assert!(!says_the_same(text, WRITTEN), "{text}");
        }
    }
}
