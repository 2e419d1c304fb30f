//! The mark at the end of a statement, and the client's line that changes it.

use super::Lexer;
use super::SEMICOLON;
use super::word::continues_word;

const COMMAND: &str = "DELIMITER";

impl<'a> Lexer<'a> {
    /// The position after the delimiter, when it stands at `at`.
    pub(super) fn statement_end(&self, at: usize) -> Option<usize> {
        let end = at + self.delimiter.len();
        let bounded = !self.delimiter_is_word() || !self.byte(end).is_some_and(continues_word);
        (bounded && self.starts_with(at, self.delimiter)).then_some(end)
    }

    /// Where a delimiter cuts off the word from `at` to `end`: `END$$`. A delimiter that is itself a word (`go`) never
    /// does, or `category` would end a statement.
    pub(super) fn delimiter_inside(&self, at: usize, end: usize) -> Option<usize> {
        if self.delimiter == SEMICOLON || self.delimiter_is_word() {
            return None;
        }
        let first = self.delimiter.as_bytes().first()?;
        let word = self.text.as_bytes().get(at..end)?;
        let mut candidates = word.iter().enumerate().filter(|&(_, byte)| byte == first);
        candidates.find_map(|(offset, _)| self.statement_end(at + offset).map(|_| at + offset))
    }

    fn delimiter_is_word(&self) -> bool {
        let first = self.delimiter.bytes().next();
        first.is_some_and(|byte| continues_word(byte) && byte != b'$')
    }

    /// The end of the line, when `DELIMITER x` begins a statement here; from then on `x` ends statements. Like the
    /// client, and unlike a server, it knows the command only there, and takes `x` up to the next blank.
    pub(super) fn client_command(&mut self) -> Option<usize> {
        if !self.rules.delimiter_lines || !self.statement_start {
            return None;
        }
        let bytes = self.text.as_bytes().get(self.at..self.at + COMMAND.len())?;
        if !bytes.eq_ignore_ascii_case(COMMAND.as_bytes()) {
            return None;
        }
        let line_end = self.run(self.at, |byte| byte != b'\n' && byte != b'\r');
        let argument = self.text.get(self.at + COMMAND.len()..line_end)?;
        if !argument.starts_with([' ', '\t']) {
            return None;
        }
        self.delimiter = argument.split_ascii_whitespace().next()?;
        Some(line_end)
    }
}
