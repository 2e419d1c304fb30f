//! Rows that are told apart by some of their columns.

use std::collections::HashMap;

use sha2::Digest;
use sha2::Sha256;

use crate::data_file::DataFault;
use crate::operation::inserts::Literal;

/// Bytes of a key's digest. Half of one tells any number of keys apart that fits into a file.
const DIGEST: usize = 16;

/// Knows the keys of the rows so far.
pub(super) struct Keyed {
    /// The positions of the columns.
    positions: Vec<usize>,
    /// By the digest of its key, the line of each row.
    seen: HashMap<[u8; DIGEST], usize>,
}

impl Keyed {
    pub(super) fn new(positions: Vec<usize>) -> Self {
        Self {
            positions,
            seen: HashMap::new(),
        }
    }

    /// Refuses a row without a whole key, or with that of another one. The fault has the position of its column.
    pub(super) fn check(&mut self, values: &[Literal], line: usize) -> Result<(), (usize, DataFault)> {
        let mut digest = Sha256::new();
        for position in &self.positions {
            let value = values.get(*position).unwrap_or(&Literal::Null);
            if *value == Literal::Null {
                return Err((*position, DataFault::NullKey));
            }
            digest.update(format!("{value:?}\0"));
        }
        let mut key = [0; DIGEST];
        for (to, from) in key.iter_mut().zip(digest.finalize()) {
            *to = from;
        }
        match self.seen.insert(key, line) {
            Some(first) => {
                let position = self.positions.first().copied().unwrap_or_default();
                Err((position, DataFault::SameKey { first }))
            }
            None => Ok(()),
        }
    }
}
