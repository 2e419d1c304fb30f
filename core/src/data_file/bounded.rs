//! Reading without ever holding more than a row.

use std::io::BufRead;

use super::DataFault;

/// Bytes of one row at most. A quote that nothing closes must not take in the rest of a large file.
pub(super) const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Appends a line without its end to `line`; whether there was one.
pub(super) fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, DataFault> {
    let mut any = false;
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = bytes.iter().position(|byte| *byte == b'\n');
        let part = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
        if line.len() + part.len() > MAX_BYTES {
            return Err(DataFault::TooLong);
        }
        line.extend_from_slice(part);
        let taken = part.len() + usize::from(end.is_some());
        input.consume(taken);
        if end.is_some() {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(true);
        }
    }
}
