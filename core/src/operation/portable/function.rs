//! Calls of functions.

use crate::schema::Piece;
use crate::sql::nearest;

use super::PortableError;
use super::cursor::Parser;
use super::cursor::shown;
use super::error::NATIVE;
use super::run::Run;
use super::run::Standing;
use super::vocabulary::FunctionKind;
use super::vocabulary::PortableFunction;
use super::vocabulary::function_hint;
use super::vocabulary::function_named;
use super::vocabulary::functions;

impl Parser<'_> {
    /// Whether the word names a function, ours or one that has a hint, although it is reserved: `left(…)`.
    pub(super) fn is_function_word(&self, word: &str) -> bool {
        function_named(word).is_some() || function_hint(word).is_some()
    }

    /// `function(…)`, perhaps with OVER.
    pub(super) fn call(&mut self, run: &mut Run) -> Result<(), PortableError> {
        let span = self.advance();
        let word = self.slice(span);
        let Some(function) = function_named(word) else {
            return Err(
                PortableError::new(span, format!("{} is not a portable function", shown(word)))
                    .hint(unknown_function_hint(word)),
            );
        };
        if function.kind != FunctionKind::Scalar && run.standing != Standing::Query {
            return Err(PortableError::new(
                span,
                format!("`{}` reads many rows and stands only in queries", function.name),
            ));
        }
        run.push(Piece::Function(function.name.to_owned()));
        self.open(run)?;
        let count = self.arguments(run, function)?;
        self.close(run)?;
        if !function.arguments.contains(&count) {
            return Err(PortableError::new(
                span.to(self.previous()),
                format!(
                    "`{}` takes {}, not {count}",
                    function.name,
                    wanted_arguments(function)
                ),
            ));
        }
        match function.kind {
            FunctionKind::Scalar => Ok(()),
            FunctionKind::Aggregate if !self.is_word("OVER") => Ok(()),
            FunctionKind::Aggregate | FunctionKind::Window => self.over(run),
        }
    }

    fn arguments(&mut self, run: &mut Run, function: &PortableFunction) -> Result<usize, PortableError> {
        if self.is_symbol(")") {
            return Ok(0);
        }
        if function.name == "count" && self.take_symbol("*") {
            run.push(Piece::Star);
            return Ok(1);
        }
        if function.kind == FunctionKind::Aggregate {
            self.take_into(run, "DISTINCT");
        }
        let mut count = 1;
        self.expression(run)?;
        while self.take_symbol(",") {
            run.push(Piece::Comma);
            self.expression(run)?;
            count += 1;
        }
        Ok(count)
    }

    /// `OVER ( [PARTITION BY …] [ORDER BY …] )`
    fn over(&mut self, run: &mut Run) -> Result<(), PortableError> {
        self.expect_into(run, "OVER")?;
        self.open(run)?;
        if self.take_into(run, "PARTITION") {
            self.expect_into(run, "BY")?;
            self.expressions(run)?;
        }
        if self.is_word("ORDER") {
            self.order_by(run)?;
        }
        self.close(run)
    }

    /// `expression, …`
    pub(super) fn expressions(&mut self, run: &mut Run) -> Result<usize, PortableError> {
        let mut count = 1;
        self.expression(run)?;
        while self.take_symbol(",") {
            run.push(Piece::Comma);
            self.expression(run)?;
            count += 1;
        }
        Ok(count)
    }
}

fn unknown_function_hint(word: &str) -> String {
    if let Some(hint) = function_hint(word) {
        return hint.to_owned();
    }
    match nearest(word, functions().iter().map(|function| function.name)) {
        Some(name) => format!("did you mean {name}? Anything else goes in a native section"),
        None => NATIVE.to_owned(),
    }
}

fn wanted_arguments(function: &PortableFunction) -> String {
    let (least, most) = (*function.arguments.start(), *function.arguments.end());
    match (least, most) {
        (1, 1) => "1 argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, usize::MAX) => format!("{least} arguments or more"),
        (least, most) => format!("{least} to {most} arguments"),
    }
}
