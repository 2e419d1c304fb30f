//! An expression as PostgreSQL's catalogue writes it.

use limbeck_core::schema::Name;

/// What can be portable. The catalogue writes every operand of an operator between parentheses and every cast, also
/// those that nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// `column`, or `table.column` in a query.
    Column(Vec<Name>),
    /// A string without a cast is one of unknown type.
    Text(String),
    /// `12`, or `'-12'::integer`, whose type is known.
    Number {
        text: String,
        data_type: Option<String>,
    },
    /// The digits of `'\x00ff'::bytea`.
    Bytes(String),
    /// NULL, TRUE, FALSE, CURRENT_TIMESTAMP and its like.
    Word(&'static str),
    /// A sign or NOT.
    Prefix(&'static str, Box<Node>),
    Infix(Box<Node>, String, Box<Node>),
    /// AND or OR between all of these.
    Chain(&'static str, Vec<Node>),
    /// `IS [NOT] NULL`, `IS [NOT] TRUE`, `IS [NOT] FALSE`
    Test(Box<Node>, &'static str),
    /// `value = ANY (ARRAY[…])` or `value <> ALL (ARRAY[…])`, with the type to which the array is cast.
    Among {
        value: Box<Node>,
        negated: bool,
        list: Vec<Node>,
        cast: Option<String>,
    },
    /// The name as PostgreSQL has it.
    Call {
        name: String,
        arguments: Vec<Node>,
    },
    Case {
        operand: Option<Box<Node>>,
        whens: Vec<(Node, Node)>,
        otherwise: Option<Box<Node>>,
    },
    /// `value::type`
    Cast(Box<Node>, String),
}

impl Node {
    /// Whether it is NULL, of any type.
    pub(super) fn is_null(&self) -> bool {
        match self {
            Self::Word(word) => *word == "NULL",
            Self::Cast(value, _) => value.is_null(),
            _ => false,
        }
    }
}
