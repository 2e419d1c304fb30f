//! The text of a table whose definition the model says in full.
//!
//! SQLite keeps a text as it was written and adds to it in its own way. Where nothing of the text would be lost, the
//! rebuild starts from what the dialect writes for the model: so a table looks the same whether its history ran on the
//! database or was written as SQL, which knows the model alone.

use limbeck_core::sql::TokenKind;

use crate::text::ConstraintKind;
use crate::text::TableText;
use crate::text::comparable;
use crate::text::significant;

/// Whether both texts say the same, but for the order in which constraints stand, and for whether they stand in a column.
pub(super) fn says_the_same(text: &str, written: &str) -> bool {
    !has_comment(text) && words(text).is_some_and(|words_of_text| words(written) == Some(words_of_text))
}

/// A comment says something that no token says.
fn has_comment(text: &str) -> bool {
    limbeck_core::sql::Lexer::new(text, &crate::dialect::RULES).any(|token| token.kind == TokenKind::Comment)
}

/// The tokens in an order that does not depend on how the text is arranged; none when it cannot be read.
fn words(text: &str) -> Option<Vec<(TokenKind, String)>> {
    let mut words: Vec<(TokenKind, String)> = significant(text)
        .filter(|(_, token)| *token != ",")
        .map(comparable)
        .collect();
    for column in TableText::read(text).ok()?.columns {
        let keys = column.constraints.iter();
        let references = keys.filter(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
        for _ in references {
            // Outside of the column the key names it.
            let named = format!(
                "FOREIGN KEY ({})",
                limbeck_core::dialect::render::quoted(&crate::dialect::SQLITE, &column.name)
            );
            words.extend(significant(&named).map(comparable).collect::<Vec<_>>());
        }
    }
    words.sort_by(|one, other| one.1.cmp(&other.1));
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
            r#"create table t (id bigint not null, CONSTRAINT "pk_t" PRIMARY KEY ("id"), "up" BIGINT CONSTRAINT "fk_t" REFERENCES "t" ("id"), CONSTRAINT ck_t CHECK ("id" > 0))"#,
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
            "CREATE TABLE",
        ] {
            assert!(!says_the_same(text, WRITTEN), "{text}");
        }
    }
}
