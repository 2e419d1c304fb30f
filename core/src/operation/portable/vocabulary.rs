//! The closed vocabulary: reserved words, functions and operators.

use std::ops::RangeInclusive;

/// Words that are names only between double quotes, in ASCII order.
const RESERVED: &[&str] = &[
    "ALL",
    "AND",
    "AS",
    "ASC",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "CHECK",
    "COLLATE",
    "CONSTRAINT",
    "CROSS",
    "CURRENT_DATE",
    "CURRENT_TIME",
    "CURRENT_TIMESTAMP",
    "DEFAULT",
    "DELETE",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "ESCAPE",
    "EXCEPT",
    "EXISTS",
    "FALSE",
    "FOREIGN",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "IN",
    "INNER",
    "INSERT",
    "INTERSECT",
    "INTO",
    "IS",
    "JOIN",
    "LEFT",
    "LIKE",
    "LIMIT",
    "NATURAL",
    "NOT",
    "NULL",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OUTER",
    "PRIMARY",
    "REFERENCES",
    "RETURNING",
    "RIGHT",
    "SELECT",
    "SET",
    "THEN",
    "TRUE",
    "UNION",
    "UNIQUE",
    "UPDATE",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WITH",
];

/// Whether the word, in any case, must be quoted to be a name.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED
        .binary_search(&word.to_ascii_uppercase().as_str())
        .is_ok()
}

/// Comparison operators.
pub(super) const COMPARISONS: &[&str] = &["=", "<>", "<", "<=", ">", ">="];

/// Where a function may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FunctionKind {
    /// One value from values of one row: anywhere.
    Scalar,
    /// One value from many rows: only in queries, also with OVER.
    Aggregate,
    /// Only in queries and only with OVER.
    Window,
}

/// A function of portable SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortableFunction {
    /// The portable name, lower case; a dialect may write another one.
    pub name: &'static str,
    /// Where it may stand.
    pub kind: FunctionKind,
    /// How many arguments it takes.
    pub arguments: RangeInclusive<usize>,
}

const fn function(name: &'static str, kind: FunctionKind, least: usize, most: usize) -> PortableFunction {
    PortableFunction {
        name,
        kind,
        arguments: least..=most,
    }
}

/// By name. A function is here only when every engine has one that means the same, at most under another name.
const FUNCTIONS: &[PortableFunction] = &[
    function("abs", FunctionKind::Scalar, 1, 1),
    function("avg", FunctionKind::Aggregate, 1, 1),
    function("coalesce", FunctionKind::Scalar, 2, usize::MAX),
    function("count", FunctionKind::Aggregate, 1, 1),
    function("dense_rank", FunctionKind::Window, 0, 0),
    function("first_value", FunctionKind::Window, 1, 1),
    function("instr", FunctionKind::Scalar, 2, 2),
    function("lag", FunctionKind::Window, 1, 3),
    function("last_value", FunctionKind::Window, 1, 1),
    function("lead", FunctionKind::Window, 1, 3),
    function("length", FunctionKind::Scalar, 1, 1),
    function("lower", FunctionKind::Scalar, 1, 1),
    function("ltrim", FunctionKind::Scalar, 1, 1),
    function("max", FunctionKind::Aggregate, 1, 1),
    function("min", FunctionKind::Aggregate, 1, 1),
    function("ntile", FunctionKind::Window, 1, 1),
    function("nullif", FunctionKind::Scalar, 2, 2),
    function("rank", FunctionKind::Window, 0, 0),
    function("replace", FunctionKind::Scalar, 3, 3),
    function("round", FunctionKind::Scalar, 1, 2),
    function("row_number", FunctionKind::Window, 0, 0),
    function("rtrim", FunctionKind::Scalar, 1, 1),
    function("sign", FunctionKind::Scalar, 1, 1),
    function("substr", FunctionKind::Scalar, 2, 3),
    function("sum", FunctionKind::Aggregate, 1, 1),
    function("trim", FunctionKind::Scalar, 1, 1),
    function("upper", FunctionKind::Scalar, 1, 1),
];

/// All functions of portable SQL, by name. `length` counts characters, `instr(text, part)` finds the first character
/// of `part` from 1 on or answers 0, `trim` and its like take blanks away, `min` and `max` are aggregates only.
pub fn functions() -> &'static [PortableFunction] {
    FUNCTIONS
}

/// The function of this name, in any case.
pub(super) fn function_named(name: &str) -> Option<&'static PortableFunction> {
    let lower = name.to_ascii_lowercase();
    FUNCTIONS.iter().find(|function| function.name == lower)
}

/// What to write instead of a function that portable SQL does not have.
pub(super) fn function_hint(name: &str) -> Option<&'static str> {
    let hint = match name.to_ascii_lowercase().as_str() {
        "now"
        | "getdate"
        | "sysdate"
        | "localtimestamp"
        | "utc_timestamp"
        | "statement_timestamp"
        | "transaction_timestamp"
        | "clock_timestamp"
        | "current_timestamp" => "write CURRENT_TIMESTAMP",
        "curdate" | "current_date" | "utc_date" => "write CURRENT_DATE",
        "curtime" | "current_time" | "utc_time" => "write CURRENT_TIME",
        "ifnull" | "nvl" | "isnull" => "write coalesce(a, b)",
        "if" | "iif" | "decode" => "write CASE WHEN … THEN … ELSE … END",
        "concat" | "concat_ws" => "write a || b",
        "substring" | "mid" => "write substr(text, start, length)",
        "left" => "write substr(text, 1, length)",
        "char_length" | "character_length" | "len" => "write length(text)",
        "position" | "strpos" | "locate" | "charindex" => "write instr(text, part)",
        "any" | "some" => "write IN (SELECT …), or EXISTS (SELECT …)",
        "lcase" => "write lower(text)",
        "ucase" => "write upper(text)",
        "mod" => "write a % b",
        "convert" => "write CAST(value AS type)",
        "greatest" => "write CASE WHEN a > b THEN a ELSE b END",
        "least" => "write CASE WHEN a < b THEN a ELSE b END",
        _ => return None,
    };
    Some(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        assert!(RESERVED.is_sorted());
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
    }

    #[test]
    fn case_does_not_count() {
        assert!(is_reserved("Order") && !is_reserved("user"));
        assert!(function_named("LOWER").is_some() && function_named("now").is_none());
    }
}
