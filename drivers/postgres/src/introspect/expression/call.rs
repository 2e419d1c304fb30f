//! Calls of functions.

use super::kind;
use super::kind::Kind;
use super::node::Node;
use super::write::Columns;
use super::written::Operand;
use super::written::Written;

/// A call as portable SQL has it.
pub(super) fn call(name: &str, arguments: &[Node], columns: &Columns) -> Option<Written> {
    let operands: Option<Vec<_>> = arguments.iter().map(|node| columns.operand(node)).collect();
    let operands = operands?;
    match name {
        "COALESCE" => {
            let (written, kind) = alike(operands)?;
            Some(written_call("coalesce", &written, kind))
        }
        "NULLIF" => nullif(operands),
        "lower" | "upper" | "ltrim" | "rtrim" | "replace" | "substr" => on_text(name, operands, None),
        "btrim" => on_text("trim", operands, None),
        "TRIM" => trim(operands),
        "length" => on_text(name, operands, Some(Kind::Integer)),
        "strpos" => on_text("instr", operands, Some(Kind::Integer)),
        "abs" | "sign" | "round" => on_numbers(name, operands),
        _ => None,
    }
}

fn written_call(name: &str, arguments: &[Written], kind: Kind) -> Written {
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.text.as_str()).collect();
    Written::primary(format!("{name}({})", arguments.join(", ")), kind)
}

/// Values of which PostgreSQL makes one kind, and that kind.
pub(super) fn alike(operands: Vec<Operand>) -> Option<(Vec<Written>, Kind)> {
    let kind = operands.first()?.kind.clone();
    if operands.iter().any(|operand| operand.kind != kind) {
        return None;
    }
    let barest: Option<Vec<_>> = operands
        .iter()
        .map(|operand| operand.forms.first().cloned())
        .collect();
    let barest = barest?;
    if kind::common(barest.iter().map(|form| &form.kind)).as_ref() == Some(&kind) {
        return Some((barest, kind));
    }
    let exact: Option<Vec<_>> = operands.into_iter().map(Operand::exact).collect();
    Some((exact?, kind))
}

/// The two operands of an operator, with no cast that PostgreSQL adds by itself.
pub(super) fn pair(operator: &str, left: Operand, right: Operand) -> Option<(Written, Written)> {
    for one in &left.forms {
        for other in &right.forms {
            let (first, second) = kind::operands(operator, &one.kind, &other.kind);
            if (&first, &second) == (&left.kind, &right.kind) {
                return Some((one.clone(), other.clone()));
            }
        }
    }
    None
}

fn nullif(operands: Vec<Operand>) -> Option<Written> {
    let [left, right] = <[Operand; 2]>::try_from(operands).ok()?;
    let kind = left.kind.clone();
    let (left, right) = pair("=", left, right)?;
    Some(written_call("nullif", &[left, right], kind))
}

/// A function of texts. There is one of its own for `character` only of length.
fn on_text(name: &str, operands: Vec<Operand>, result: Option<Kind>) -> Option<Written> {
    let kind = result.or_else(|| operands.first().map(|operand| operand.kind.clone()))?;
    let arguments = operands.into_iter().map(|operand| match operand.kind {
        Kind::Text => operand.first(|kind| match kind {
            Kind::Unknown | Kind::Text | Kind::Varchar => true,
            Kind::Char => name != "length",
            _ => false,
        }),
        _ => operand.exact(),
    });
    let arguments: Option<Vec<_>> = arguments.collect();
    Some(written_call(name, &arguments?, kind))
}

/// `TRIM(BOTH FROM value)`, as newer servers write it: only there casts that PostgreSQL has added do not show.
fn trim(operands: Vec<Operand>) -> Option<Written> {
    let [value] = <[Operand; 1]>::try_from(operands).ok()?;
    let kind = value.kind.clone();
    let value = value.first(|bare| *bare == kind || (*bare == Kind::Unknown && kind == Kind::Text))?;
    Some(written_call("trim", &[value], Kind::Text))
}

/// `round(value, digits)` knows numeric only, and integers become double precision where a function has none for them.
fn on_numbers(name: &str, operands: Vec<Operand>) -> Option<Written> {
    let is_rounded_to = operands.len() == 2;
    let mut operands = operands.into_iter();
    let value = operands.next()?;
    let kind = value.kind.clone();
    let value = value.first(|bare| {
        let becomes = match bare {
            _ if name == "abs" => bare.clone(),
            bare if bare.is_integer() && is_rounded_to => Kind::Numeric,
            bare if bare.is_integer() => Kind::Double,
            Kind::Real => Kind::Double,
            other => other.clone(),
        };
        becomes == kind
    });
    let rest = operands.map(Operand::exact);
    let arguments: Option<Vec<_>> = std::iter::once(value).chain(rest).collect();
    Some(written_call(name, &arguments?, kind))
}
