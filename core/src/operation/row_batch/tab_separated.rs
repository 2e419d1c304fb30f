//! Rows as lines of fields with tabs between them.

use super::RowBatch;
use super::RowValue;

impl RowBatch {
    /// The rows as the bulk statements of servers read them, such as `COPY` and `LOAD DATA`: a line each, whose fields have
    /// tabs between them. NULL is `\N`; a backslash stands before a backslash, and before the letters of a tab and a line
    /// end; truth values are 1 and 0; bytes are hexadecimal digits behind `bytes_prefix`, which is written as it is.
    ///
    /// ```
    /// use std::sync::Arc;
    ///
    /// use limbeck_core::operation::{RowBatch, RowValue};
    /// use limbeck_core::schema::{Column, DataType, Name, Table};
    ///
    /// let note = Column::new(Name::folded("note")?, DataType::Text);
    /// let columns = Arc::from([note.name.clone()]);
    /// let mut batch = RowBatch::new(Arc::new(Table::new(Name::folded("remark")?, vec![note])), columns);
    /// batch.push(RowValue::Text("two\nlines"));
    /// batch.push(RowValue::Null);
    /// batch.push(RowValue::Bytes(&[0, 255]));
    /// assert_eq!(batch.tab_separated("0x"), b"two\\nlines\n\\N\n0x00ff\n");
    /// # Ok::<(), limbeck_core::schema::NameError>(())
    /// ```
    pub fn tab_separated(&self, bytes_prefix: &str) -> Vec<u8> {
        // A tab or a line end for each value, and some room for what is escaped.
        let mut lines = Vec::with_capacity(self.size() + self.size() / 8);
        for row in self.rows() {
            for (position, value) in row.enumerate() {
                if position > 0 {
                    lines.push(b'\t');
                }
                match value {
                    RowValue::Null => lines.extend_from_slice(b"\\N"),
                    RowValue::Boolean(truth) => lines.push(if truth { b'1' } else { b'0' }),
                    RowValue::Number(number) => lines.extend_from_slice(number.as_bytes()),
                    RowValue::Text(text) => escape(text.as_bytes(), &mut lines),
                    RowValue::Bytes(bytes) => {
                        lines.extend_from_slice(bytes_prefix.as_bytes());
                        hexadecimal(bytes, &mut lines);
                    }
                }
            }
            lines.push(b'\n');
        }
        lines
    }
}

/// What stands for a byte that cannot stand for itself.
const fn escaped(byte: u8) -> Option<u8> {
    match byte {
        b'\\' => Some(b'\\'),
        b'\t' => Some(b't'),
        b'\n' => Some(b'n'),
        b'\r' => Some(b'r'),
        _ => None,
    }
}

fn escape(text: &[u8], lines: &mut Vec<u8>) {
    // Most texts stand for themselves. All bytes are looked at, which takes less time than to stop at one.
    let any = text
        .iter()
        .fold(false, |any, byte| any | escaped(*byte).is_some());
    if !any {
        lines.extend_from_slice(text);
        return;
    }
    for byte in text {
        match escaped(*byte) {
            Some(letter) => lines.extend_from_slice(&[b'\\', letter]),
            None => lines.push(*byte),
        }
    }
}

fn hexadecimal(bytes: &[u8], lines: &mut Vec<u8>) {
    let digit = |nibble: u8| match nibble {
        0..=9 => b'0' + nibble,
        _ => b'a' + nibble - 10,
    };
    for byte in bytes {
        lines.extend_from_slice(&[digit(byte >> 4), digit(byte & 0xf)]);
    }
}
