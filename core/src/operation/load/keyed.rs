//! Rows that are told apart by some of their columns.

use std::collections::HashMap;

use sha2::Digest;
use sha2::Sha256;

use crate::data_file::DataFault;
use crate::operation::RowValue;

/// Bytes of a key's digest. Half of one tells any number of keys apart that fits into a file.
const DIGEST: usize = 16;

/// Knows the keys of the rows so far.
pub(super) struct Keyed {
    /// The positions of the columns.
    positions: Vec<usize>,
    /// The key of the row that is being read.
    digest: Sha256,
    /// By the digest of its key, the line of each row.
    seen: HashMap<[u8; DIGEST], usize>,
}

impl Keyed {
    pub(super) fn new(positions: Vec<usize>) -> Self {
        Self {
            positions,
            digest: Sha256::new(),
            seen: HashMap::new(),
        }
    }

    /// The position of the key's first column.
    pub(super) fn first(&self) -> Option<usize> {
        self.positions.first().copied()
    }

    /// Takes the value of a column in. Refuses NULL in one of the key.
    pub(super) fn add(&mut self, position: usize, value: RowValue<'_>) -> Result<(), DataFault> {
        if !self.positions.contains(&position) {
            return Ok(());
        }
        let (kind, bytes): (u8, &[u8]) = match value {
            RowValue::Null => return Err(DataFault::NullKey),
            RowValue::Boolean(false) => (b'f', &[]),
            RowValue::Boolean(true) => (b't', &[]),
            RowValue::Number(number) => (b'n', number.as_bytes()),
            RowValue::Text(text) => (b's', text.as_bytes()),
            RowValue::Bytes(bytes) => (b'x', bytes),
        };
        self.digest.update([kind]);
        self.digest.update(bytes.len().to_le_bytes());
        self.digest.update(bytes);
        Ok(())
    }

    /// Ends a row. Refuses one that has the key of another.
    pub(super) fn end_row(&mut self, line: usize) -> Result<(), DataFault> {
        let mut key = [0; DIGEST];
        for (to, from) in key.iter_mut().zip(self.digest.finalize_reset()) {
            *to = from;
        }
        match self.seen.insert(key, line) {
            Some(first) => Err(DataFault::SameKey { first }),
            None => Ok(()),
        }
    }
}
