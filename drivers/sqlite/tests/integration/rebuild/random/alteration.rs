//! Alterations that need a rebuild.

use super::choices::Choices;
use super::spec::ColumnSpec;
use super::spec::Spec;
use crate::rebuild::quoted;

/// Portable statements, what takes them back, and what they are to leave.
pub(super) struct Alteration {
    pub(super) up: String,
    pub(super) down: String,
    /// The table as it is then to be written; none when SQLite edits texts itself.
    pub(super) text: Option<Spec>,
    /// What stands at the end of each row then.
    tail: String,
}

impl Alteration {
    /// One that can be done to the table; none when the chosen one does not fit it.
    pub(super) fn of(spec: &Spec, choices: &mut Choices<'_>) -> Option<Self> {
        let at = choices.number() % spec.columns.len();
        let column = &spec.columns[at];
        let name = quoted(column.name);
        let mut text = spec.clone();
        let alter = format!("ALTER TABLE t ALTER COLUMN {name}");
        let takes_default = !column.has_default && !column.is_generated && !column.is_number;
        Some(match choices.number() % 7 {
            0 if takes_default => {
                set_default(&mut text.columns[at]);
                Self::new(
                    format!("{alter} SET DEFAULT 'x'"),
                    format!("{alter} DROP DEFAULT"),
                    text,
                )
            }
            1 => {
                let second = quoted(spec.columns[(at + 1) % spec.columns.len()].name);
                let added = format!("CONSTRAINT \"u 1\" UNIQUE ({name}, {second})");
                text.constraints.push(added.clone());
                Self::new(format!("ALTER TABLE t ADD {added}"), drop_constraint("u 1"), text)
            }
            2 if !column.is_generated => {
                let added =
                    format!("CONSTRAINT f FOREIGN KEY ({name}) REFERENCES \"p\" (\"id\") ON DELETE SET NULL");
                text.constraints.push(added.clone());
                Self::new(
                    format!("ALTER TABLE t ADD {added}").replace("CONSTRAINT f", "CONSTRAINT \"f\""),
                    drop_constraint("f"),
                    {
                        *text.constraints.last_mut()? = added.replace("CONSTRAINT f", "CONSTRAINT \"f\"");
                        text
                    },
                )
            }
            3 => {
                let mut added = column.clone();
                added.written = "\"new\"";
                added.type_text = "TEXT";
                added.clauses = vec!["DEFAULT (lower('X'))".to_owned()];
                text.columns.push(added);
                Self {
                    tail: "|'x'".to_owned(),
                    ..Self::new(
                        "ALTER TABLE t ADD COLUMN new TEXT DEFAULT (lower('X'))".to_owned(),
                        "ALTER TABLE t DROP COLUMN new".to_owned(),
                        text,
                    )
                }
            }
            4 if takes_default && !column.is_required && !spec.key_requires(at) => {
                set_default(&mut text.columns[at]);
                text.columns[at].clauses.push("NOT NULL".to_owned());
                Self::new(
                    format!("{alter} SET DEFAULT 'x'; {alter} SET NOT NULL"),
                    format!("{alter} DROP DEFAULT; {alter} DROP NOT NULL"),
                    text,
                )
            }
            5 if takes_default => Self {
                text: None,
                ..Self::new(
                    format!(
                        "ALTER TABLE t RENAME COLUMN {name} TO \"other one\"; ALTER TABLE t ALTER COLUMN \"other one\" SET DEFAULT 'x'"
                    ),
                    format!("ALTER TABLE t RENAME COLUMN \"other one\" TO {name}; {alter} DROP DEFAULT"),
                    text,
                )
            },
            6 if column.type_text == "VARCHAR(9)" => {
                text.columns[at].type_text = "VARCHAR(30)";
                Self::new(
                    format!("{alter} SET DATA TYPE VARCHAR(30)"),
                    format!("{alter} SET DATA TYPE VARCHAR(9)"),
                    text,
                )
            }
            _ => return None,
        })
    }

    fn new(up: String, down: String, text: Spec) -> Self {
        Self {
            up,
            down,
            text: Some(text),
            tail: String::new(),
        }
    }

    /// The rows without what the alteration has added to each.
    pub(super) fn rows_before(&self, rows: &[String]) -> Vec<String> {
        let cut = |row: &String| {
            row.strip_suffix(&self.tail)
                .map_or_else(|| format!("no {}: {row}", self.tail), str::to_owned)
        };
        rows.iter().map(cut).collect()
    }
}

fn set_default(column: &mut ColumnSpec) {
    column.clauses.insert(0, "DEFAULT 'x'".to_owned());
}

fn drop_constraint(name: &str) -> String {
    format!("ALTER TABLE t DROP CONSTRAINT \"{name}\"")
}
