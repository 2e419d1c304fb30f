//! Texts without the name of their own database.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Rows;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use super::text;
use crate::dialect::RULES;

/// A database, as the texts in it name it.
pub(super) struct Database {
    /// Its name between backticks.
    quoted: String,
    /// The tables, views and sequences in it.
    relations: BTreeMap<String, ObjectId>,
}

/// A text without the name of its database.
pub(super) struct Unqualified {
    pub(super) text: String,
    /// The tables, views and sequences that it names.
    pub(super) relations: BTreeSet<ObjectId>,
}

impl Database {
    /// From the answer to the question for all relations. A database without any is named by no text.
    pub(super) fn read(relations: &Rows) -> Self {
        let name = relations.rows.first().map_or("", |row| text::of(row, 6));
        let relations = relations.rows.iter().map(|row| {
            let kind = match text::of(row, 1) {
                "VIEW" => Kind::View,
                "SEQUENCE" => Kind::Sequence,
                _ => Kind::Table,
            };
            ObjectId::new(kind, text::of(row, 0))
        });
        Self::new(name, relations)
    }

    fn new(name: &str, relations: impl IntoIterator<Item = ObjectId>) -> Self {
        Self {
            quoted: text::quoted(name),
            relations: relations.into_iter().map(|id| (id.name.clone(), id)).collect(),
        }
    }

    /// The server writes each table of a view with its database: `shop`.`account`. An alias may have the name of the
    /// database too, and stays.
    pub(super) fn unqualified(&self, written: &str) -> Unqualified {
        let words: Vec<(TokenKind, &str)> = Lexer::new(written, &RULES)
            .map(|token| (token.kind, token.span.slice(written)))
            .collect();
        let has_alias = self.is_alias(&words);
        let mut plain = Unqualified {
            text: String::with_capacity(written.len()),
            relations: BTreeSet::new(),
        };
        let mut rest = words.as_slice();
        while let Some(((_, word), following)) = rest.split_first() {
            rest = following;
            let relation = self.qualified(word, following).filter(|name| {
                let is_column_of = following.get(2).is_some_and(|(_, word)| *word == ".");
                !plain.text.ends_with('.')
                    && (!has_alias || is_column_of || (stands_for_table(&plain.text) && self.has(name)))
            });
            match relation {
                Some(name) => {
                    rest = following.get(1..).unwrap_or_default();
                    plain.relations.extend(self.relations.get(&name).cloned());
                }
                None => plain.text.push_str(word),
            }
        }
        plain
    }

    fn has(&self, name: &str) -> bool {
        self.relations.contains_key(name)
    }

    /// The name behind that of the database.
    fn qualified(&self, word: &str, following: &[(TokenKind, &str)]) -> Option<String> {
        let [(_, "."), (TokenKind::QuotedName, name), ..] = following else {
            return None;
        };
        let inner = name.strip_prefix('`')?.strip_suffix('`')?;
        (word == self.quoted).then(|| inner.replace("``", "`"))
    }

    /// Whether a table goes by the name of the database: it follows the table's own without AS, which is before columns.
    fn is_alias(&self, words: &[(TokenKind, &str)]) -> bool {
        let telling: Vec<(TokenKind, &str)> = words
            .iter()
            .copied()
            .filter(|(kind, _)| !kind.is_trivia())
            .collect();
        telling.windows(2).any(|pair| {
            let [(before, text), (_, word)] = pair else {
                return false;
            };
            *word == self.quoted && (*before == TokenKind::QuotedName || *text == ")")
        })
    }
}

/// Whether what follows this text is a table, and no column.
fn stands_for_table(text: &str) -> bool {
    let last = text.trim_end().rsplit([' ', '(', ',']).next().unwrap_or_default();
    let is_word = ["from", "join", "straight_join"].contains(&last.to_ascii_lowercase().as_str());
    is_word || text.ends_with("from (") || text.ends_with("join (")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(written: &str) -> String {
        let database = Database::new("shop", ["t", "id"].map(|name| ObjectId::new(Kind::Table, name)));
        database.unqualified(written).text
    }

    #[test]
    fn only_the_name_of_the_database_goes() {
        assert_eq!(
            plain("select `shop`.`t`.`shop` AS `x`,'`shop`.' from `shop`.`t`"),
            "select `t`.`shop` AS `x`,'`shop`.' from `t`"
        );
    }

    #[test]
    fn an_alias_of_the_same_name_stays() {
        assert_eq!(
            plain("select `shop`.`id` AS `id` from `shop`.`t` `shop`"),
            "select `shop`.`id` AS `id` from `t` `shop`"
        );
    }

    #[test]
    fn what_is_named_is_known() {
        let database = Database::new("shop", [ObjectId::new(Kind::Sequence, "t")]);
        let found = database.unqualified("nextval(`shop`.`t`) + `shop`.`u`");
        assert_eq!(found.text, "nextval(`t`) + `u`");
        assert_eq!(
            found.relations,
            BTreeSet::from([ObjectId::new(Kind::Sequence, "t")])
        );
    }
}
