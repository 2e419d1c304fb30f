//! Walking over the tokens of a run.

use std::ops::Range;

use crate::schema::Name;
use crate::schema::Piece;

/// The tokens of a run, with answers instead of panics outside of it.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a [Piece]);

impl<'a> Words<'a> {
    pub(super) fn name(self, index: usize) -> Option<&'a Name> {
        match self.0.get(index) {
            Some(Piece::Name(name)) => Some(name),
            _ => None,
        }
    }

    pub(super) fn keyword(self, index: usize) -> Option<&'a str> {
        match self.0.get(index) {
            Some(Piece::Keyword(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is(self, index: usize, piece: &Piece) -> bool {
        self.0.get(index) == Some(piece)
    }

    pub(super) fn keyword_before(self, index: usize) -> Option<&'a str> {
        index.checked_sub(1).and_then(|before| self.keyword(before))
    }

    /// The place of the parenthesis that closes the one at `open`, or the end of the run.
    pub(super) fn close_of(self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (index, piece) in self.0.iter().enumerate().skip(open) {
            match piece {
                Piece::Open => depth += 1,
                Piece::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return index;
            }
        }
        self.0.len()
    }

    /// Whether a query starts here.
    pub(super) fn starts_query(self, index: usize) -> bool {
        matches!(self.keyword(index), Some("SELECT" | "WITH"))
    }

    /// The first place in the range, outside of parentheses, whose token meets the condition.
    pub(super) fn find(self, range: Range<usize>, mut meets: impl FnMut(&Piece) -> bool) -> Option<usize> {
        let mut index = range.start;
        while index < range.end {
            let piece = self.0.get(index)?;
            if meets(piece) {
                return Some(index);
            }
            index = if *piece == Piece::Open {
                self.close_of(index) + 1
            } else {
                index + 1
            };
        }
        None
    }

    /// The parts of the range between the tokens that meet the condition, outside of parentheses.
    pub(super) fn split(
        self,
        range: Range<usize>,
        mut meets: impl FnMut(&Piece) -> bool,
    ) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = range.start;
        while let Some(at) = self.find(start..range.end, &mut meets) {
            parts.push(start..at);
            start = at + 1;
        }
        parts.push(start..range.end);
        parts
    }
}

/// Whether a token is one of these keywords.
pub(super) fn is_keyword(piece: &Piece, words: &[&str]) -> bool {
    matches!(piece, Piece::Keyword(word) if words.contains(&word.as_str()))
}
