//! Columns that line up.

use anstream::adapter::strip_str;
use unicode_width::UnicodeWidthStr;

/// Rows of cells; every column is as wide as its widest cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// The rows as lines, two spaces between columns, none at the end.
    pub(crate) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                cells.map(|cell| width(cell)).max().unwrap_or_default()
            })
            .collect();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, column_width) in row.iter().zip(widths) {
        line.push_str(cell);
        line.push_str(&" ".repeat(column_width.saturating_sub(width(cell)) + 2));
    }
    format!("{}\n", line.trim_end())
}

/// The columns a text takes on a screen.
fn width(text: &str) -> usize {
    strip_str(text).to_string().width()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Paint;
    use crate::output::paint;

    #[test]
    fn columns_line_up_whatever_the_cells_hold() {
        let mut table = Table::default();
        table.row(["a", "1"]);
        table.row([paint(Paint::Good, "表"), "2".to_owned()]);
        table.row(["abc", ""]);
        let plain = strip_str(&table.text()).to_string();
        assert_eq!(plain, "a    1\n表   2\nabc\n");
    }
}
