//! Portable text in the making.

use super::kind::Kind;

/// How strongly the parts of an expression hold together, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Not,
    Predicate,
    Concat,
    Sum,
    Product,
    Sign,
    Primary,
}

/// An expression as portable SQL writes it, and what PostgreSQL takes it for.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) level: Level,
    pub(super) kind: Kind,
}

impl Written {
    pub(super) fn new(text: impl Into<String>, level: Level, kind: Kind) -> Self {
        Self {
            text: text.into(),
            level,
            kind,
        }
    }

    pub(super) fn primary(text: impl Into<String>, kind: Kind) -> Self {
        Self::new(text, Level::Primary, kind)
    }

    pub(super) fn predicate(text: impl Into<String>) -> Self {
        Self::new(text, Level::Predicate, Kind::Boolean)
    }

    /// The text as an operand that must hold together as strongly as this.
    pub(super) fn at(&self, level: Level) -> String {
        self.enclosed_unless(self.level >= level)
    }

    /// The text beside a `||`, which goes with no arithmetic.
    pub(super) fn beside_concat(&self, is_left: bool) -> String {
        self.enclosed_unless(self.level == Level::Primary || (is_left && self.level == Level::Concat))
    }

    fn enclosed_unless(&self, holds: bool) -> String {
        if holds {
            self.text.clone()
        } else {
            format!("({})", self.text)
        }
    }
}

/// An operand in all the ways in which it may have been written: without the casts that PostgreSQL may have added, and
/// with them.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    /// What it is with all its casts.
    pub(super) kind: Kind,
    /// Fewest casts first.
    pub(super) forms: Vec<Written>,
}

impl Operand {
    pub(super) fn only(written: Written) -> Self {
        Self {
            kind: written.kind.clone(),
            forms: vec![written],
        }
    }

    /// The form that is of this kind by itself.
    pub(super) fn exact(self) -> Option<Written> {
        let kind = self.kind;
        self.forms.into_iter().find(|form| form.kind == kind)
    }

    /// The form with the fewest casts that is accepted.
    pub(super) fn first(self, accepts: impl Fn(&Kind) -> bool) -> Option<Written> {
        self.forms.into_iter().find(|form| accepts(&form.kind))
    }
}
