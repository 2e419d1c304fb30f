//! Comments, those that the server reads included.

use super::Lexer;
use super::TokenKind;

impl Lexer<'_> {
    /// The comment that begins at `at`.
    pub(super) fn comment(&self, at: usize) -> Option<(TokenKind, usize)> {
        if self.starts_line_comment(at) {
            return Some((TokenKind::Comment, self.line_end(at)));
        }
        if !self.starts_with(at, "/*") {
            return None;
        }
        if self.rules.executable_comments {
            if self.starts_with(at, "/*!") || self.starts_with(at, "/*M!") {
                return Some((TokenKind::ExecutableComment, self.executable_comment_end(at)));
            }
            if self.starts_with(at, "/*+") {
                return Some((TokenKind::ExecutableComment, self.block_comment_end(at)));
            }
        }
        Some((TokenKind::Comment, self.block_comment_end(at)))
    }

    fn starts_line_comment(&self, at: usize) -> bool {
        if self.rules.hash_comments && self.byte(at) == Some(b'#') {
            return true;
        }
        if !self.starts_with(at, "--") {
            return false;
        }
        let after = self.byte(at + 2);
        !self.rules.dash_comment_needs_space
            || after.is_none_or(|byte| byte == b' ' || byte.is_ascii_control())
    }

    fn line_end(&self, at: usize) -> usize {
        let carriage_return = self.rules.carriage_return_ends_comment;
        self.run(at, |byte| byte != b'\n' && !(carriage_return && byte == b'\r'))
    }

    fn block_comment_end(&self, at: usize) -> usize {
        if !self.rules.nested_comments {
            return self.past(at + 2, "*/");
        }
        let mut depth = 1_usize;
        let mut position = at + 2;
        while depth > 0 {
            position = self.run(position, |byte| byte != b'/' && byte != b'*');
            if self.starts_with(position, "/*") {
                depth += 1;
                position += 2;
            } else if self.starts_with(position, "*/") {
                depth -= 1;
                position += 2;
            } else if position >= self.text.len() {
                break;
            } else {
                position += 1;
            }
        }
        position
    }

    /// What stands in an executable comment is code: a string or an inner comment may contain the closing mark.
    /// An inner executable comment is skipped like a plain one, as servers do, so that depth needs no recursion.
    fn executable_comment_end(&self, at: usize) -> usize {
        let mut position = at + 3;
        while position < self.text.len() {
            position = self.run(position, |byte| {
                !matches!(byte, b'*' | b'/' | b'-' | b'#' | b'\'' | b'"' | b'`')
            });
            if self.starts_with(position, "*/") {
                return position + 2;
            }
            position = if self.starts_with(position, "/*") {
                self.past(position + 2, "*/")
            } else if self.starts_line_comment(position) {
                self.line_end(position)
            } else if let Some((_, end)) = self.quoted(position) {
                end
            } else {
                position + 1
            };
        }
        self.text.len()
    }
}
