//! Writes an expression of the catalogue as portable SQL, without the parentheses and casts that PostgreSQL added.
//!
//! A cast is left out only where PostgreSQL, given the text without it, adds the same one again.

use std::collections::BTreeMap;

use limbeck_core::dialect::render;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Name;

use super::call;
use super::kind;
use super::kind::Kind;
use super::node::Node;
use super::written::Level;
use super::written::Operand;
use super::written::Written;
use crate::introspect::data_type;

/// The columns that an expression can name, with their kinds.
#[derive(Clone, Debug, Default)]
pub(in crate::introspect) struct Columns(pub(super) BTreeMap<Vec<Name>, Kind>);

impl Columns {
    /// An expression alone.
    pub(super) fn expression(&self, node: &Node) -> Option<Written> {
        self.operand(node)?.exact()
    }

    pub(super) fn operand(&self, node: &Node) -> Option<Operand> {
        let written = match node {
            Node::Cast(value, data_type) => return self.cast(value, data_type),
            Node::Number { text, data_type } => return number(text, data_type.as_deref()),
            Node::Column(path) => {
                let quoted: Vec<_> = path.iter().map(quoted).collect();
                Written::primary(quoted.join("."), self.0.get(path)?.clone())
            }
            Node::Text(text) => Written::primary(render::string_literal(text), Kind::Unknown),
            Node::Bytes(digits) => Written::primary(format!("X'{digits}'"), Kind::Other("bytea".to_owned())),
            Node::Word(word) => Written::primary(*word, kind_of_word(word)),
            Node::Prefix("NOT", value) => {
                let value = self.expression(value)?.at(Level::Not);
                Written::new(format!("NOT {value}"), Level::Not, Kind::Boolean)
            }
            Node::Prefix(sign, value) => {
                let value = self.expression(value)?;
                let text = format!("{sign}{}", value.at(Level::Primary));
                Written::new(text, Level::Sign, value.kind)
            }
            Node::Infix(left, operator, right) => self.infix(left, operator, right)?,
            Node::Chain(word, parts) => self.chain(word, parts)?,
            Node::Test(value, test) => {
                let value = self.expression(value)?.at(Level::Concat);
                Written::predicate(format!("{value} {test}"))
            }
            Node::Among {
                value,
                negated,
                list,
                cast,
            } => self.among(value, *negated, list, cast.as_deref())?,
            Node::Call { name, arguments } => call::call(name, arguments, self)?,
            Node::Case {
                operand,
                whens,
                otherwise,
            } => self.case(operand.as_deref(), whens, otherwise.as_deref())?,
        };
        Some(Operand::only(written))
    }

    fn operands(&self, nodes: &[Node]) -> Option<Vec<Operand>> {
        nodes.iter().map(|node| self.operand(node)).collect()
    }

    fn cast(&self, value: &Node, data_type: &str) -> Option<Operand> {
        let is_number = matches!(value, Node::Number { .. });
        let value = self.operand(value)?;
        let to = Kind::of(data_type);
        // PostgreSQL adds one cast to an operand, so one below it was written. A number has no other form.
        let may_be_added = !data_type.contains('(') && value.kind.becomes(&to);
        let mut forms = value.forms.clone();
        forms.retain(|form| may_be_added && form.kind.becomes(&to) && (is_number || form.kind == value.kind));
        if let (Some(value), Some(word)) = (value.exact(), cast_word(data_type)) {
            let text = format!("CAST({} AS {word})", value.text);
            forms.push(Written::primary(text, to.clone()));
        }
        Some(Operand { kind: to, forms })
    }

    fn infix(&self, left: &Node, operator: &str, right: &Node) -> Option<Written> {
        if let "~~" | "!~~" = operator {
            return self.like(left, operator, right);
        }
        let (left, right) = (self.operand(left)?, self.operand(right)?);
        let result = kind::result(&left.kind, &right.kind);
        let (left, right) = call::pair(operator, left, right)?;
        let (level, next) = match operator {
            "||" => {
                let text = format!("{} || {}", left.beside_concat(true), right.beside_concat(false));
                return Some(Written::new(text, Level::Concat, result));
            }
            "+" | "-" => (Level::Sum, Level::Product),
            "*" | "%" => (Level::Product, Level::Sign),
            _ => {
                let (left, right) = (left.at(Level::Concat), right.at(Level::Concat));
                return Some(Written::predicate(format!("{left} {operator} {right}")));
            }
        };
        let text = format!("{} {operator} {}", left.at(level), right.at(next));
        Some(Written::new(text, level, result))
    }

    fn like(&self, value: &Node, operator: &str, pattern: &Node) -> Option<Written> {
        let (pattern, escape) = match pattern {
            Node::Call { name, arguments } if name == "like_escape" => match arguments.as_slice() {
                [pattern, escape] => (pattern, Some(self.operand(escape)?)),
                _ => return None,
            },
            pattern => (pattern, None),
        };
        let (value, pattern) = call::pair(operator, self.operand(value)?, self.operand(pattern)?)?;
        let (value, pattern) = (value.at(Level::Concat), pattern.at(Level::Concat));
        let word = if operator == "~~" { "LIKE" } else { "NOT LIKE" };
        let mut text = format!("{value} {word} {pattern}");
        if let Some(escape) = escape {
            text = format!(
                "{text} ESCAPE {}",
                escape.first(|kind| *kind == Kind::Unknown)?.text
            );
        }
        Some(Written::predicate(text))
    }

    fn chain(&self, word: &str, parts: &[Node]) -> Option<Written> {
        let (level, next) = match word {
            "OR" => (Level::Or, Level::And),
            _ => (Level::And, Level::Not),
        };
        let parts: Option<Vec<_>> = parts
            .iter()
            .map(|part| Some(self.expression(part)?.at(next)))
            .collect();
        Some(Written::new(
            parts?.join(&format!(" {word} ")),
            level,
            Kind::Boolean,
        ))
    }

    fn among(&self, value: &Node, negated: bool, list: &[Node], cast: Option<&str>) -> Option<Written> {
        let value = self.operand(value)?;
        let list = self.operands(list)?;
        let element = list.first()?.kind.clone();
        let compared = cast.map_or_else(|| element.clone(), Kind::of);
        let wanted = (value.kind.clone(), compared);
        for bare in &value.forms {
            let of_value = Operand {
                kind: element.clone(),
                forms: vec![bare.clone()],
            };
            let all = std::iter::once(of_value).chain(list.iter().cloned()).collect();
            let Some((written, _)) = call::alike(all) else {
                continue;
            };
            if kind::operands("=", &bare.kind, &element) == wanted {
                let list: Vec<_> = written.iter().skip(1).map(|item| item.text.as_str()).collect();
                let word = if negated { "NOT IN" } else { "IN" };
                let value = bare.at(Level::Concat);
                return Some(Written::predicate(format!(
                    "{value} {word} ({})",
                    list.join(", ")
                )));
            }
        }
        None
    }

    fn case(
        &self,
        operand: Option<&Node>,
        whens: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> Option<Written> {
        // Where there is no ELSE, PostgreSQL writes one of NULL. Its kind counts first.
        let otherwise = otherwise.filter(|node| !node.is_null());
        let results: Vec<_> = otherwise
            .into_iter()
            .chain(whens.iter().map(|(_, result)| result))
            .cloned()
            .collect();
        let (results, kind) = call::alike(self.operands(&results)?)?;
        let mut results = results.iter();
        let otherwise = otherwise.and_then(|_| results.next());
        let (operand, conditions) = self.conditions(operand, whens)?;
        let mut text = format!("CASE{operand}");
        for (condition, result) in conditions.iter().zip(results) {
            text.push_str(&format!(" WHEN {condition} THEN {}", result.text));
        }
        if let Some(result) = otherwise {
            text.push_str(&format!(" ELSE {}", result.text));
        }
        text.push_str(" END");
        Some(Written::primary(text, kind))
    }

    /// The operand of a CASE with a blank before it, if there is one, and what stands behind each WHEN.
    fn conditions(&self, operand: Option<&Node>, whens: &[(Node, Node)]) -> Option<(String, Vec<String>)> {
        let Some(operand) = operand else {
            let conditions = whens.iter().map(|(when, _)| Some(self.expression(when)?.text));
            return Some((String::new(), conditions.collect::<Option<_>>()?));
        };
        let operand = self.operand(operand)?;
        let kind = operand.kind.clone();
        let operand =
            operand.first(|bare| *bare == kind || (*bare == Kind::Unknown && kind == Kind::Text))?;
        // Of what PostgreSQL casts here only the types of strings show.
        let compared = whens.iter().map(|(when, _)| {
            let value = self.operand(when)?;
            let kind = value.kind.clone();
            let is_added = |bare: &Kind| kind::operands("=", &operand.kind, bare).1 == kind;
            match when {
                Node::Cast(literal, _) if matches!(literal.as_ref(), Node::Text(_)) => {
                    value.first(|bare| *bare == kind || is_added(bare))
                }
                _ => value.exact(),
            }
        });
        let compared: Option<Vec<_>> = compared.map(|when| Some(when?.text)).collect();
        Some((format!(" {}", operand.text), compared?))
    }
}

pub(super) fn quoted(name: &Name) -> String {
    format!("\"{}\"", name.as_str().replace('"', "\"\""))
}

/// A number is of the type that its digits need, unless it says another.
fn number(text: &str, data_type: Option<&str>) -> Option<Operand> {
    let bare = if text.contains(['.', 'e', 'E']) {
        Kind::Numeric
    } else if text.parse::<i32>().is_ok() {
        Kind::Integer
    } else if text.parse::<i64>().is_ok() {
        Kind::BigInt
    } else {
        Kind::Numeric
    };
    let level = if text.starts_with('-') {
        Level::Sign
    } else {
        Level::Primary
    };
    Some(Operand {
        kind: data_type.map_or_else(|| bare.clone(), Kind::of),
        forms: vec![Written::new(text, level, bare)],
    })
}

fn kind_of_word(word: &str) -> Kind {
    match word {
        "NULL" => Kind::Unknown,
        "CURRENT_DATE" => Kind::Other("date".to_owned()),
        "CURRENT_TIME" => Kind::Other("time with time zone".to_owned()),
        "CURRENT_TIMESTAMP" => Kind::Other("timestamp with time zone".to_owned()),
        _ => Kind::Boolean,
    }
}

/// The portable type of a CAST.
fn cast_word(data_type: &str) -> Option<String> {
    Some(match data_type::portable(data_type)? {
        DataType::SmallInt => "SMALLINT".to_owned(),
        DataType::Integer => "INTEGER".to_owned(),
        DataType::BigInt => "BIGINT".to_owned(),
        DataType::Numeric { precision, scale } => format!("NUMERIC({precision}, {scale})"),
        DataType::Real => "REAL".to_owned(),
        DataType::DoublePrecision => "DOUBLE PRECISION".to_owned(),
        DataType::Boolean => "BOOLEAN".to_owned(),
        DataType::Char { length } => format!("CHAR({length})"),
        DataType::Varchar { length } => format!("VARCHAR({length})"),
        DataType::Text => "TEXT".to_owned(),
        DataType::Date => "DATE".to_owned(),
        DataType::Time => "TIME".to_owned(),
        DataType::Timestamp => "TIMESTAMP".to_owned(),
        DataType::TimestampWithTimeZone => "TIMESTAMP WITH TIME ZONE".to_owned(),
        DataType::Uuid => "UUID".to_owned(),
        DataType::Json => "JSON".to_owned(),
        _ => return None,
    })
}
