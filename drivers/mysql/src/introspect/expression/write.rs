//! Writes an expression as portable SQL, with the parentheses that it needs.

use std::collections::BTreeSet;

use limbeck_core::dialect::render;
use limbeck_core::schema::Name;

use super::node::Node;

/// How strongly the parts of an expression hold together, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
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

/// The columns of a table that an expression can name, and which of them are truth values.
#[derive(Clone, Debug, Default)]
pub(in crate::introspect) struct Columns {
    pub(in crate::introspect) names: BTreeSet<Name>,
    pub(in crate::introspect) truths: BTreeSet<Name>,
}

impl Columns {
    /// The portable text of an expression.
    pub(super) fn text(&self, node: &Node) -> Option<String> {
        self.written(node).map(|(text, _)| text)
    }

    fn at(&self, node: &Node, level: Level) -> Option<String> {
        let (text, own) = self.written(node)?;
        Some(match own >= level {
            true => text,
            false => format!("({text})"),
        })
    }

    fn list(&self, nodes: &[Node]) -> Option<String> {
        let texts: Option<Vec<_>> = nodes.iter().map(|node| self.text(node)).collect();
        Some(texts?.join(", "))
    }

    fn written(&self, node: &Node) -> Option<(String, Level)> {
        Some(match node {
            Node::Column(name) => {
                self.names.contains(name).then_some(())?;
                (quoted(name), Level::Primary)
            }
            Node::Text(text) => (render::string_literal(text), Level::Primary),
            Node::Number(text) => (text.clone(), Level::Primary),
            Node::Bytes(digits) => (format!("X'{digits}'"), Level::Primary),
            Node::Word("UTC_TIMESTAMP") => return None,
            Node::Word(word) => ((*word).to_owned(), Level::Primary),
            Node::Negative(value) => (format!("-{}", self.at(value, Level::Primary)?), Level::Sign),
            Node::Not(value) => (format!("NOT {}", self.at(value, Level::Not)?), Level::Not),
            Node::Infix(left, operator, right) => return self.infix(left, operator, right),
            Node::Chain(word, parts) => {
                let (level, next) = match *word {
                    "OR" => (Level::Or, Level::And),
                    _ => (Level::And, Level::Not),
                };
                let parts: Option<Vec<_>> = parts.iter().map(|part| self.at(part, next)).collect();
                (parts?.join(&format!(" {word} ")), level)
            }
            Node::Joined(parts) => {
                let parts: Option<Vec<_>> = parts.iter().map(|part| self.at(part, Level::Primary)).collect();
                (parts?.join(" || "), Level::Concat)
            }
            Node::Call(name, arguments) => (format!("{name}({})", self.list(arguments)?), Level::Primary),
            Node::Case {
                operand,
                whens,
                otherwise,
            } => (
                self.case(operand.as_deref(), whens, otherwise.as_deref())?,
                Level::Primary,
            ),
            Node::Cast(value, data_type) => {
                let text = format!("CAST({} AS {data_type})", self.text(value)?);
                (text, Level::Primary)
            }
            other => (self.predicate(other)?, Level::Predicate),
        })
    }

    fn predicate(&self, node: &Node) -> Option<String> {
        let not = |negated: bool| if negated { " NOT" } else { "" };
        Some(match node {
            Node::Test(value, test) => format!("{} {test}", self.at(value, Level::Concat)?),
            Node::Between {
                value,
                negated,
                from,
                to,
            } => format!(
                "{}{} BETWEEN {} AND {}",
                self.at(value, Level::Concat)?,
                not(*negated),
                self.at(from, Level::Concat)?,
                self.at(to, Level::Concat)?
            ),
            Node::Among { value, negated, list } => format!(
                "{}{} IN ({})",
                self.at(value, Level::Concat)?,
                not(*negated),
                self.list(list)?
            ),
            Node::Like {
                value,
                negated,
                pattern,
                escape,
            } => {
                let value = self.at(value, Level::Concat)?;
                let pattern = self.at(pattern, Level::Concat)?;
                let escape = match escape {
                    Some(escape) => format!(" ESCAPE {}", self.text(escape)?),
                    None => String::new(),
                };
                format!("{value}{} LIKE {pattern}{escape}", not(*negated))
            }
            _ => return None,
        })
    }

    /// A truth value stands alone in portable SQL: the engines compare it with 0.
    fn infix(&self, left: &Node, operator: &str, right: &Node) -> Option<(String, Level)> {
        if let Some((truth, number)) = self.truth_and_number(left, right) {
            let text = self.at(truth, Level::Concat)?;
            return Some(match (operator, number) {
                ("<>", "0") => (text, Level::Primary),
                ("=", "0") => (format!("NOT {text}"), Level::Not),
                (_, "0") => (format!("{text} {operator} FALSE"), Level::Predicate),
                _ => (format!("{text} {operator} TRUE"), Level::Predicate),
            });
        }
        let (level, first, second) = match operator {
            "+" | "-" => (Level::Sum, Level::Sum, Level::Product),
            "*" | "%" => (Level::Product, Level::Product, Level::Sign),
            _ => (Level::Predicate, Level::Concat, Level::Concat),
        };
        let (left, right) = (self.at(left, first)?, self.at(right, second)?);
        Some((format!("{left} {operator} {right}"), level))
    }

    fn truth_and_number<'a>(&self, left: &'a Node, right: &'a Node) -> Option<(&'a Node, &'a str)> {
        let (column, number) = match (left, right) {
            (Node::Column(_), Node::Number(number)) => (left, number),
            (Node::Number(number), Node::Column(_)) => (right, number),
            _ => return None,
        };
        let is_truth = matches!(column, Node::Column(name) if self.truths.contains(name));
        (is_truth && matches!(number.as_str(), "0" | "1")).then_some((column, number))
    }

    fn case(
        &self,
        operand: Option<&Node>,
        whens: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> Option<String> {
        let mut text = "CASE".to_owned();
        if let Some(operand) = operand {
            text.push_str(&format!(" {}", self.text(operand)?));
        }
        for (when, then) in whens {
            text.push_str(&format!(" WHEN {} THEN {}", self.text(when)?, self.text(then)?));
        }
        if let Some(otherwise) = otherwise {
            text.push_str(&format!(" ELSE {}", self.text(otherwise)?));
        }
        text.push_str(" END");
        Some(text)
    }
}

fn quoted(name: &Name) -> String {
    format!("\"{}\"", name.as_str().replace('"', "\"\""))
}
