//! An expression as the catalogues write it.

use limbeck_core::schema::Name;

/// What can be portable, without the parentheses and in one spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// `column`
    Column(Name),
    Text(String),
    Number(String),
    /// Hexadecimal digits, upper case.
    Bytes(String),
    /// NULL, TRUE, FALSE, CURRENT_TIMESTAMP and its like, and UTC_TIMESTAMP.
    Word(&'static str),
    Negative(Box<Self>),
    Not(Box<Self>),
    Infix(Box<Self>, String, Box<Self>),
    /// AND or OR between all of these.
    Chain(&'static str, Vec<Self>),
    /// Texts one after the other.
    Joined(Vec<Self>),
    /// `IS [NOT] NULL`, `IS [NOT] TRUE`, `IS [NOT] FALSE`
    Test(Box<Self>, &'static str),
    Between {
        value: Box<Self>,
        negated: bool,
        from: Box<Self>,
        to: Box<Self>,
    },
    Among {
        value: Box<Self>,
        negated: bool,
        list: Vec<Self>,
    },
    Like {
        value: Box<Self>,
        negated: bool,
        pattern: Box<Self>,
        escape: Option<Box<Self>>,
    },
    /// A function by its portable name.
    Call(String, Vec<Self>),
    Case {
        operand: Option<Box<Self>>,
        whens: Vec<(Self, Self)>,
        otherwise: Option<Box<Self>>,
    },
    /// The portable type.
    Cast(Box<Self>, String),
}

impl Node {
    /// AND or OR, with those inside it that are the same.
    pub(super) fn chain(word: &'static str, parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::Chain(inner, parts) if inner == word => flat.extend(parts),
                other => flat.push(other),
            }
        }
        Self::Chain(word, flat)
    }

    /// Texts one after the other: how they were grouped does not matter.
    pub(super) fn joined(parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::Joined(parts) => flat.extend(parts),
                other => flat.push(other),
            }
        }
        Self::Joined(flat)
    }
}
