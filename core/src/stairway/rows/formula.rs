//! A CHECK as a tree.

use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::TokenRun;

/// An expression over the columns of one row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    Column(Name),
    Text(String),
    Number(f64),
    Truth(bool),
    Null,
    Not(Box<Self>),
    Negative(Box<Self>),
    /// Two operands and what stands between them: `=`, `+`, `AND`.
    Binary(String, Box<Self>, Box<Self>),
    IsNull(Box<Self>),
    /// `IS TRUE`, `IS FALSE`
    Is(Box<Self>, bool),
    In(Box<Self>, Vec<Self>),
    Like(Box<Self>, Box<Self>),
    /// Conditions with their values, and the value of ELSE.
    Case(Vec<(Self, Self)>, Box<Self>),
    Call(String, Vec<Self>),
    /// What only the database can tell.
    Unknown,
}

/// Reads a portable expression; none when its form is not known here.
pub(super) fn read(run: &TokenRun) -> Option<Formula> {
    let mut reader = Reader {
        pieces: &run.0,
        at: 0,
    };
    let formula = reader.disjunction()?;
    (reader.at == run.0.len()).then_some(formula)
}

struct Reader<'a> {
    pieces: &'a [Piece],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Piece> {
        self.pieces.get(self.at)
    }

    fn take(&mut self, piece: &Piece) -> Option<()> {
        (self.peek() == Some(piece)).then(|| self.at += 1)
    }

    fn keyword(&mut self, word: &str) -> Option<()> {
        let is_it = matches!(self.peek(), Some(Piece::Keyword(found)) if found == word);
        is_it.then(|| self.at += 1)
    }

    fn operator(&mut self, among: &[&str]) -> Option<String> {
        let found = match self.peek() {
            Some(Piece::Operator(found)) if among.contains(&found.as_str()) => found.clone(),
            Some(Piece::Star) if among.contains(&"*") => "*".to_owned(),
            _ => return None,
        };
        self.at += 1;
        Some(found)
    }

    fn disjunction(&mut self) -> Option<Formula> {
        let mut left = self.conjunction()?;
        while self.keyword("OR").is_some() {
            left = binary("OR", left, self.conjunction()?);
        }
        Some(left)
    }

    fn conjunction(&mut self) -> Option<Formula> {
        let mut left = self.negation()?;
        while self.keyword("AND").is_some() {
            left = binary("AND", left, self.negation()?);
        }
        Some(left)
    }

    fn negation(&mut self) -> Option<Formula> {
        match self.keyword("NOT") {
            Some(()) => Some(Formula::Not(Box::new(self.negation()?))),
            None => self.predicate(),
        }
    }

    fn predicate(&mut self) -> Option<Formula> {
        let left = self.sum()?;
        if let Some(operator) = self.operator(&["=", "<>", "<", "<=", ">", ">="]) {
            let right = self.sum()?;
            return Some(binary(&operator, left, right));
        }
        if self.keyword("IS").is_some() {
            let is_not = self.keyword("NOT").is_some();
            let left = Box::new(left);
            let found = if self.keyword("NULL").is_some() {
                Formula::IsNull(left)
            } else if self.keyword("TRUE").is_some() {
                Formula::Is(left, true)
            } else {
                self.keyword("FALSE")?;
                Formula::Is(left, false)
            };
            return Some(negated(is_not, found));
        }
        let is_not = self.keyword("NOT").is_some();
        let found = if self.keyword("IN").is_some() {
            Formula::In(Box::new(left), self.arguments()?)
        } else if self.keyword("BETWEEN").is_some() {
            let least = self.sum()?;
            self.keyword("AND")?;
            let most = self.sum()?;
            binary("AND", binary(">=", left.clone(), least), binary("<=", left, most))
        } else if self.keyword("LIKE").is_some() {
            let pattern = self.sum()?;
            match self.keyword("ESCAPE") {
                Some(()) => {
                    self.sum()?;
                    Formula::Unknown
                }
                None => Formula::Like(Box::new(left), Box::new(pattern)),
            }
        } else if is_not {
            return None;
        } else {
            return Some(left);
        };
        Some(negated(is_not, found))
    }

    fn sum(&mut self) -> Option<Formula> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&["+", "-", "||"]) {
            left = binary(&operator, left, self.product()?);
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Formula> {
        let mut left = self.signed()?;
        while let Some(operator) = self.operator(&["*", "/", "%"]) {
            left = binary(&operator, left, self.signed()?);
        }
        Some(left)
    }

    fn signed(&mut self) -> Option<Formula> {
        match self.operator(&["-", "+"]).as_deref() {
            Some("-") => Some(Formula::Negative(Box::new(self.signed()?))),
            Some(_) => self.signed(),
            None => self.operand(),
        }
    }

    fn operand(&mut self) -> Option<Formula> {
        let piece = self.peek()?.clone();
        self.at += 1;
        match piece {
            Piece::Name(name) => Some(match self.take(&Piece::Dot) {
                Some(()) => match self.peek()?.clone() {
                    Piece::Name(column) => {
                        self.at += 1;
                        Formula::Column(column)
                    }
                    _ => return None,
                },
                None => Formula::Column(name),
            }),
            Piece::String(text) => Some(Formula::Text(text)),
            Piece::Number(number) => number.parse().ok().map(Formula::Number),
            Piece::Bytes(_) => Some(Formula::Unknown),
            Piece::Function(name) => Some(Formula::Call(name, self.arguments()?)),
            Piece::Open => {
                let inner = self.disjunction()?;
                self.take(&Piece::Close)?;
                Some(inner)
            }
            Piece::Keyword(word) => self.worded(&word),
            _ => None,
        }
    }

    fn worded(&mut self, word: &str) -> Option<Formula> {
        match word {
            "TRUE" => Some(Formula::Truth(true)),
            "FALSE" => Some(Formula::Truth(false)),
            "NULL" => Some(Formula::Null),
            "CURRENT_TIMESTAMP" | "CURRENT_DATE" | "CURRENT_TIME" => Some(Formula::Unknown),
            "CASE" => self.case(),
            "CAST" => {
                self.take(&Piece::Open)?;
                let inner = self.disjunction()?;
                self.keyword("AS")?;
                matches!(self.peek(), Some(Piece::Type(_))).then(|| self.at += 1)?;
                self.take(&Piece::Close)?;
                Some(inner)
            }
            _ => None,
        }
    }

    fn case(&mut self) -> Option<Formula> {
        let subject = match self.peek() {
            Some(Piece::Keyword(word)) if word == "WHEN" => None,
            _ => Some(self.disjunction()?),
        };
        let mut branches = Vec::new();
        while self.keyword("WHEN").is_some() {
            let when = self.disjunction()?;
            let when = match &subject {
                Some(subject) => binary("=", subject.clone(), when),
                None => when,
            };
            self.keyword("THEN")?;
            branches.push((when, self.disjunction()?));
        }
        let otherwise = match self.keyword("ELSE") {
            Some(()) => self.disjunction()?,
            None => Formula::Null,
        };
        self.keyword("END")?;
        Some(Formula::Case(branches, Box::new(otherwise)))
    }

    fn arguments(&mut self) -> Option<Vec<Formula>> {
        self.take(&Piece::Open)?;
        let mut arguments = Vec::new();
        if self.take(&Piece::Close).is_some() {
            return Some(arguments);
        }
        loop {
            arguments.push(self.disjunction()?);
            if self.take(&Piece::Close).is_some() {
                return Some(arguments);
            }
            self.take(&Piece::Comma)?;
        }
    }
}

fn binary(operator: &str, left: Formula, right: Formula) -> Formula {
    Formula::Binary(operator.to_owned(), Box::new(left), Box::new(right))
}

fn negated(is_not: bool, formula: Formula) -> Formula {
    match is_not {
        true => Formula::Not(Box::new(formula)),
        false => formula,
    }
}
