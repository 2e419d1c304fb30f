//! What PostgreSQL takes an operand for, as far as that decides where it adds casts.

/// The type of an operand, without its length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string or NULL that takes its type from what stands beside it.
    Unknown,
    SmallInt,
    Integer,
    BigInt,
    Numeric,
    Real,
    Double,
    Text,
    Varchar,
    Char,
    Boolean,
    /// Any other type, which is only equal to itself.
    Other(String),
    /// The result of something of which nothing is known here.
    Open,
}

impl Kind {
    /// The kind of a type as `format_type` writes it.
    pub(super) fn of(data_type: &str) -> Self {
        match without_length(data_type).as_str() {
            "smallint" => Self::SmallInt,
            "integer" => Self::Integer,
            "bigint" => Self::BigInt,
            "numeric" => Self::Numeric,
            "real" => Self::Real,
            "double precision" => Self::Double,
            "text" => Self::Text,
            "character varying" => Self::Varchar,
            "character" | "bpchar" => Self::Char,
            "boolean" => Self::Boolean,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The place among the numbers: PostgreSQL casts up this line by itself.
    fn rank(&self) -> Option<u8> {
        Some(match self {
            Self::SmallInt => 0,
            Self::Integer => 1,
            Self::BigInt => 2,
            Self::Numeric => 3,
            Self::Real => 4,
            Self::Double => 5,
            _ => return None,
        })
    }

    pub(super) fn is_integer(&self) -> bool {
        self.rank().is_some_and(|rank| rank <= 2)
    }

    fn is_exact(&self) -> bool {
        self.rank().is_some_and(|rank| rank <= 3)
    }

    pub(super) fn is_string(&self) -> bool {
        matches!(self, Self::Text | Self::Varchar)
    }

    fn is_characters(&self) -> bool {
        self.is_string() || *self == Self::Char
    }

    /// Whether PostgreSQL itself may cast a value of this kind to another one.
    pub(super) fn becomes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unknown, _) => true,
            (Self::Text | Self::Varchar | Self::Char, Self::Text | Self::Varchar | Self::Char) => true,
            _ => self.rank().zip(other.rank()).is_some_and(|(from, to)| from < to),
        }
    }
}

/// What an operator casts its operands to.
pub(super) fn operands(operator: &str, left: &Kind, right: &Kind) -> (Kind, Kind) {
    match (left, right) {
        (Kind::Unknown, other) | (other, Kind::Unknown) => {
            let is_string = matches!(other, Kind::Unknown | Kind::Text | Kind::Varchar);
            let whole = if is_string { Kind::Text } else { other.clone() };
            let beside = match operator {
                "||" if other.rank().is_some() => Kind::Text,
                _ => whole.clone(),
            };
            match left {
                Kind::Unknown => (beside, whole),
                _ => (whole, beside),
            }
        }
        (left, right) if left.is_string() && right.is_string() => (Kind::Text, Kind::Text),
        (Kind::Char, Kind::Varchar) | (Kind::Varchar, Kind::Char) if operator != "||" => {
            (Kind::Char, Kind::Char)
        }
        (Kind::Char, Kind::Text) | (Kind::Text, Kind::Char) if operator != "~~" && operator != "!~~" => {
            (Kind::Text, Kind::Text)
        }
        (left, right) if left.is_integer() && right.is_integer() => (left.clone(), right.clone()),
        (left, right) if left.is_exact() && right.is_exact() => (Kind::Numeric, Kind::Numeric),
        (Kind::Real, right) if right.is_exact() => (Kind::Real, Kind::Double),
        (left, Kind::Real) if left.is_exact() => (Kind::Double, Kind::Real),
        (Kind::Double, right) if right.is_exact() => (Kind::Double, Kind::Double),
        (left, Kind::Double) if left.is_exact() => (Kind::Double, Kind::Double),
        (left, right) => (left.clone(), right.clone()),
    }
}

/// What an operator gives for operands of these kinds.
pub(super) fn result(left: &Kind, right: &Kind) -> Kind {
    if left.is_string() || right.is_string() {
        return Kind::Text;
    }
    match (left.rank(), right.rank()) {
        (Some(4), Some(5)) | (Some(5), Some(4)) => Kind::Double,
        (Some(one), Some(other)) if one >= other => left.clone(),
        (Some(_), Some(_)) => right.clone(),
        _ => Kind::Open,
    }
}

/// The kind of a list of values, such as the results of a CASE.
pub(super) fn common<'a>(kinds: impl IntoIterator<Item = &'a Kind>) -> Option<Kind> {
    let mut common = Kind::Unknown;
    for kind in kinds {
        common = match (&common, kind) {
            (_, Kind::Unknown) => common,
            (Kind::Unknown, kind) => kind.clone(),
            (one, other) if one == other => common,
            (one, other) if one.is_characters() && other.is_characters() => common,
            (one, other) if one.rank().is_some() && other.rank().is_some() => {
                if one.rank() >= other.rank() {
                    common
                } else {
                    other.clone()
                }
            }
            _ => return None,
        };
    }
    Some(match common {
        Kind::Unknown => Kind::Text,
        other => other,
    })
}

/// `numeric(10,2)` as `numeric`, `timestamp(3) with time zone` as `timestamp with time zone`.
fn without_length(data_type: &str) -> String {
    match data_type.split_once('(') {
        Some((before, rest)) => match rest.split_once(')') {
            Some((_, after)) => format!("{before}{after}"),
            None => before.to_owned(),
        },
        None => data_type.to_owned(),
    }
}
