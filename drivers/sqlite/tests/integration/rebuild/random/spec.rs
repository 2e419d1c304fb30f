//! Tables in SQLite's own words, made of random choices.

use super::choices::Choices;

/// A table `t` as a list of texts, so that a change can be made to it and to what is expected of it alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Spec {
    pub(super) columns: Vec<ColumnSpec>,
    pub(super) constraints: Vec<String>,
    pub(super) is_strict: bool,
    pub(super) without_rowid: bool,
}

#[derive(Clone, Debug)]
pub(super) struct ColumnSpec {
    /// The name, and how it is written.
    pub(super) name: &'static str,
    pub(super) written: &'static str,
    pub(super) type_text: &'static str,
    pub(super) clauses: Vec<String>,
    pub(super) is_generated: bool,
    pub(super) has_default: bool,
    pub(super) is_required: bool,
    /// Whether its values are rows of the table p.
    pub(super) is_reference: bool,
    /// Whether it can only hold whole numbers.
    pub(super) is_number: bool,
}

const NAMES: &[(&str, &str)] = &[
    ("a", "a"),
    ("B b", "\"B b\""),
    ("select", "[select]"),
    ("größe", "größe"),
    ("it's", "\"it's\""),
    ("q\"q", "`q\"q`"),
    ("rowid", "rowid"),
];

const TYPES: &[&str] = &[
    "",
    "INT",
    "VARCHAR(9)",
    "\"odd type\"",
    "NUMERIC (10, 2)",
    "TEXT",
    "LONG BLOB",
    "REAL",
];
const STRICT_TYPES: &[&str] = &["INT", "TEXT", "ANY", "REAL", "BLOB"];
const CONFLICTS: &[&str] = &[
    "",
    "",
    "ON CONFLICT IGNORE",
    "ON CONFLICT REPLACE",
    "on conflict fail",
];
const DEFAULTS: &[&str] = &[
    "DEFAULT 1",
    "DEFAULT (1 + (2))",
    "DEFAULT -3",
    "CONSTRAINT d DEFAULT NULL",
];
const KEYS: &[&str] = &[
    "REFERENCES p",
    "REFERENCES p (id) ON DELETE CASCADE",
    "CONSTRAINT \"fk 1\" REFERENCES P ON UPDATE SET NULL ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED",
    "REFERENCES [p] (\"ID\") MATCH SIMPLE NOT DEFERRABLE",
];

impl Spec {
    pub(super) fn new(choices: &mut Choices<'_>) -> Self {
        let mut spec = Self {
            is_strict: choices.one_in(4),
            without_rowid: choices.one_in(4),
            ..Self::default()
        };
        let count = 2 + choices.number() % 5;
        for (name, written) in NAMES.iter().take(count) {
            let column = ColumnSpec::new(choices, name, written, &spec);
            spec.columns.push(column);
        }
        spec.add_key(choices);
        spec.add_constraints(choices);
        spec
    }

    fn add_key(&mut self, choices: &mut Choices<'_>) {
        let conflict = *choices.one(CONFLICTS);
        let kind = choices.number() % 5;
        let without_rowid = self.without_rowid;
        let first = &mut self.columns[0];
        if first.is_generated {
            return;
        }
        if kind < 2 && !without_rowid {
            let order = if kind == 0 {
                ""
            } else {
                *choices.one(&["", "ASC", "DESC"])
            };
            let numbered = if kind == 0 { "AUTOINCREMENT" } else { "" };
            first.type_text = "INTEGER";
            first.is_number = true;
            first.clauses = vec![format!("PRIMARY KEY {order} {conflict} {numbered}")];
            // With the default that was taken away there is none.
            first.has_default = false;
            first.is_required = false;
            first.is_reference = false;
        } else if kind == 2 || without_rowid {
            let second = &self.columns[1];
            let mut key = format!("{} COLLATE NOCASE DESC", self.columns[0].written);
            if choices.yes() && !second.is_generated {
                key = format!("{key}, {}", second.written);
            }
            let name = *choices.one(&["", "CONSTRAINT [pk t]"]);
            self.constraints
                .push(format!("{name} PRIMARY KEY ({key}) {conflict}"));
        }
    }

    fn add_constraints(&mut self, choices: &mut Choices<'_>) {
        for _ in 0..choices.number() % 4 {
            let column = choices.one(&self.columns).written;
            let name = *choices.one(&["", "CONSTRAINT k", "CONSTRAINT \"odd (name\""]);
            let conflict = *choices.one(CONFLICTS);
            self.constraints.push(match choices.number() % 3 {
                0 => format!("{name} CHECK ({column} IS NULL OR {column} IS NOT NULL) {conflict}"),
                1 => format!("{name} UNIQUE ({column} COLLATE RTRIM ASC) {conflict}"),
                _ => format!("{name} CHECK (')' <> {column} OR TRUE)"),
            });
        }
    }

    /// Whether a column is never NULL, as it is in a primary key that says so by itself.
    pub(super) fn key_requires(&self, column: usize) -> bool {
        let is_key = |constraint: &String| constraint.contains("PRIMARY KEY");
        column < 2 && (self.is_strict || self.without_rowid) && self.constraints.iter().any(is_key)
    }

    /// The text, its tokens parted by random blanks and comments.
    pub(super) fn text(&self, choices: &mut Choices<'_>) -> String {
        let mut text = String::from("CREATE TABLE ");
        for token in tokens(&self.body("t")) {
            if choices.yes() && stay_apart(text.trim_end(), &token) {
                text.truncate(text.trim_end().len());
            }
            text.push_str(&token);
            text.push_str(choices.one::<&str>(&[" ", " ", "\n", "\t ", " /* ( */ ", " -- it's, )\n"]));
        }
        text
    }

    /// The text without `CREATE TABLE`.
    pub(super) fn body(&self, table: &str) -> String {
        let columns = self.columns.iter().map(ColumnSpec::text);
        let items: Vec<String> = columns.chain(self.constraints.iter().cloned()).collect();
        let options: Vec<&str> = [(self.is_strict, "STRICT"), (self.without_rowid, "WITHOUT ROWID")]
            .into_iter()
            .filter_map(|(is_it, option)| is_it.then_some(option))
            .collect();
        format!("{table} ({}) {}", items.join(", "), options.join(", "))
    }
}

impl ColumnSpec {
    fn new(choices: &mut Choices<'_>, name: &'static str, written: &'static str, spec: &Spec) -> Self {
        let mut column = Self {
            name,
            written,
            type_text: *choices.one(if spec.is_strict { STRICT_TYPES } else { TYPES }),
            clauses: Vec::new(),
            is_generated: false,
            has_default: false,
            is_required: false,
            is_reference: false,
            is_number: false,
        };
        if let (Some(source), true) = (spec.columns.first(), choices.one_in(5)) {
            let storage = choices.one(&["", "VIRTUAL", "STORED"]);
            let words = choices.one(&["AS", "GENERATED ALWAYS AS"]);
            column.is_generated = true;
            column.type_text = if spec.is_strict { "TEXT" } else { "" };
            column
                .clauses
                .push(format!("{words} (upper({}) || ',') {storage}", source.written));
        } else {
            column.add_clauses(choices);
        }
        if choices.one_in(4) {
            column.clauses.push("COLLATE nocase".to_owned());
        }
        column
    }

    fn add_clauses(&mut self, choices: &mut Choices<'_>) {
        let conflict = *choices.one(CONFLICTS);
        if choices.one_in(3) {
            self.has_default = true;
            self.clauses.push((*choices.one(DEFAULTS)).to_owned());
        }
        if choices.one_in(4) {
            self.is_required = true;
            self.clauses.push(format!("NOT NULL {conflict}"));
        }
        if choices.one_in(4) {
            self.clauses.push(format!("UNIQUE {conflict}"));
        }
        if choices.one_in(4) {
            let name = *choices.one(&["", "CONSTRAINT one CONSTRAINT two"]);
            self.clauses
                .push(format!("{name} CHECK ({} IS NOT 'no')", self.written));
        }
        if choices.one_in(4) {
            self.is_reference = true;
            self.clauses.push((*choices.one(KEYS)).to_owned());
        }
        if choices.yes() {
            self.clauses.reverse();
        }
    }

    fn text(&self) -> String {
        format!("{} {} {}", self.written, self.type_text, self.clauses.join(" "))
    }
}

/// Whether two tokens are two without a blank between them. A comment before them may need the end of its line.
fn stay_apart(before: &str, token: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let (last, first) = (before.chars().last(), token.chars().next());
    let is_line_comment = before.lines().last().is_some_and(|line| line.contains("--"));
    !is_line_comment && last != first && !(last.is_some_and(is_word) && first.is_some_and(is_word))
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<String> {
    use limbeck_core::dialect::Dialect;
    let tokens = limbeck_core::sql::Lexer::new(text, limbeck_sqlite::SQLITE.lexical_rules());
    let significant = tokens.filter(|token| !token.kind.is_trivia());
    significant
        .map(|token| token.span.slice(text).to_owned())
        .collect()
}
