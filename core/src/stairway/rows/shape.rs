//! Which columns a row gives a value.

use crate::schema::Column;

/// How much a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A value in each column.
    Full,
    /// NULL where that is allowed, and the default where there is one.
    Bare,
}

/// What a row does with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It is left out: the engine numbers or computes it, or there is a default.
    Out,
    /// It is NULL.
    Null,
    /// It has a value.
    Value,
}

impl Shape {
    /// What a row does with a column that is in the primary key, or not.
    pub(super) const fn part(self, column: &Column, is_key: bool) -> Part {
        if column.identity || column.generated.is_some() || (is_key && column.default.is_some()) {
            return Part::Out;
        }
        match self {
            Self::Full => Part::Value,
            Self::Bare if column.default.is_some() => Part::Out,
            Self::Bare if column.nullable && !is_key => Part::Null,
            Self::Bare => Part::Value,
        }
    }
}
