//! A table that becomes another one of which only the text is known.

use limbeck_core::catalogue::Keeps;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Name;

use super::super::traits::SQLITE;
use super::copy::Copy;
use super::new_name;
use super::sequence;
use super::text::DdlText;

/// A table in two texts.
pub(in super::super) struct Remaking {
    table: Name,
    old: DdlText,
    new: DdlText,
}

impl Remaking {
    pub(in super::super) fn new(table: &Name, old: &str, new: &str) -> Result<Self, RenderError> {
        Ok(Self {
            table: table.clone(),
            old: DdlText::new(table, old.to_owned())?,
            new: DdlText::new(table, new.to_owned())?,
        })
    }

    /// The columns that stand behind all others in the new text and are not in the old one; none when others are missing.
    pub(in super::super) fn new_columns(&self) -> Result<Option<Vec<Name>>, RenderError> {
        let old = self.old.column_names()?;
        let mut new = self.new.column_names()?;
        let added = new.split_off(old.len().min(new.len()));
        Ok((new == old).then_some(added))
    }

    /// The old text as SQLite leaves it when these columns are added.
    pub(in super::super) fn grown(&self, columns: &[&str]) -> Result<String, RenderError> {
        let mut text = DdlText::new(&self.table, self.old.sql().to_owned())?;
        for column in columns {
            text.add_column(column)?;
        }
        Ok(text.sql().to_owned())
    }

    /// The statements that make it anew, with the rows of its columns that stay. The name is free for a moment:
    /// `legacy_alter_table` keeps SQLite from looking for it in views and triggers.
    pub(in super::super) fn statements(&self) -> Result<Vec<String>, RenderError> {
        let new = new_name(&self.table);
        let quoted = |name: &Name| render::quoted(&SQLITE, name);
        let mut statements = vec![self.new.named(&new)?];
        let copy = Copy::between(&self.old, &self.new)?;
        if !copy.is_empty(&self.new)? {
            statements.push(copy.statement(&self.table, &new, &self.new)?);
        }
        statements.extend(sequence::carry(
            &self.table,
            self.old.is_numbered()?,
            &new,
            &self.new,
        )?);
        statements.push(format!("DROP TABLE {}", quoted(&self.table)));
        statements.push("PRAGMA legacy_alter_table = ON".to_owned());
        let rename = format!("RENAME TO {}", quoted(&self.table));
        statements.push(render::alter_table(&SQLITE, &new, &rename));
        statements.push("PRAGMA legacy_alter_table = OFF".to_owned());
        Ok(statements)
    }

    /// What is lost then, in words.
    pub(in super::super) fn losses(&self) -> Result<Vec<String>, RenderError> {
        let copy = Copy::between(&self.old, &self.new)?;
        if copy.is_empty(&self.new)? {
            return Ok(Keeps::Rows.in_words().map(str::to_owned).into_iter().collect());
        }
        let stored = self
            .old
            .read()?
            .columns
            .into_iter()
            .filter(|column| column.generated.is_none());
        let lost = stored.filter(|column| !copy.takes(&column.name));
        let mut losses: Vec<String> = lost
            .map(|column| format!("the values of its column {}", column.name))
            .collect();
        if self.old.is_numbered()? && !self.new.is_numbered()? {
            losses.extend(Keeps::Count.in_words().map(str::to_owned));
        }
        Ok(losses)
    }
}
