//! Statements with semicolons inside: what a dialect needs to see to know where they end.

use super::BlockBodies;
use super::Token;
use super::TokenKind;

/// Follows the tokens of one statement and knows whether an end mark would end it.
#[derive(Debug)]
pub(super) enum Block {
    None,
    Trigger(Trigger),
    Atomic(Atomic),
}

impl Block {
    pub(super) fn new(bodies: BlockBodies) -> Self {
        match bodies {
            BlockBodies::None => Self::None,
            BlockBodies::Trigger => Self::Trigger(Trigger::Head),
            BlockBodies::Atomic => Self::Atomic(Atomic::default()),
        }
    }

    /// Takes note of a significant token, an end mark that does not end the statement included.
    pub(super) fn see(&mut self, token: Token, text: &str) {
        match self {
            Self::None => {}
            Self::Trigger(trigger) => *trigger = trigger.after(token, text),
            Self::Atomic(atomic) => atomic.see(token, text),
        }
    }

    /// Whether an end mark here belongs to the statement.
    pub(super) fn holds_end_mark(&self) -> bool {
        match self {
            Self::None => false,
            Self::Trigger(trigger) => matches!(trigger, Trigger::Body | Trigger::BodyStatementEnded),
            Self::Atomic(atomic) => atomic.parentheses > 0 || atomic.depth > 0,
        }
    }
}

/// `CREATE [TEMP] TRIGGER … BEGIN …; END`: an `END` right after an end mark closes it, which no `CASE … END` can be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trigger {
    /// Nothing but `EXPLAIN QUERY PLAN` so far.
    Head,
    /// `CREATE [TEMP]`.
    Create,
    Body,
    BodyStatementEnded,
    /// The closing `END` was seen, or the statement is another one.
    Done,
}

impl Trigger {
    fn after(self, token: Token, text: &str) -> Self {
        let ends = token.kind == TokenKind::StatementEnd;
        match self {
            Self::Head if is_any(token, text, &["EXPLAIN", "QUERY", "PLAN"]) => Self::Head,
            Self::Head if is_any(token, text, &["CREATE"]) => Self::Create,
            Self::Create if is_any(token, text, &["TEMP", "TEMPORARY"]) => Self::Create,
            Self::Create if is_any(token, text, &["TRIGGER"]) => Self::Body,
            Self::Head | Self::Create | Self::Done => Self::Done,
            Self::BodyStatementEnded if is_any(token, text, &["END"]) => Self::Done,
            Self::Body | Self::BodyStatementEnded if ends => Self::BodyStatementEnded,
            Self::Body | Self::BodyStatementEnded => Self::Body,
        }
    }
}

/// `CREATE [OR REPLACE] FUNCTION|PROCEDURE … BEGIN ATOMIC …; END`, where `CASE … END` nests, and parentheses.
#[derive(Debug, Default)]
pub(super) struct Atomic {
    head: RoutineHead,
    parentheses: usize,
    /// Open `BEGIN ATOMIC` and, inside of it, `CASE`.
    depth: usize,
    before: Before,
}

/// How much of `CREATE [OR REPLACE] FUNCTION|PROCEDURE` was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum RoutineHead {
    #[default]
    Nothing,
    Create,
    Routine,
    Other,
}

/// What stands before a word decides whether it is a keyword.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Other,
    Begin,
    /// `AS` or a point: the word that follows is a name.
    NameFollows,
}

impl Atomic {
    fn see(&mut self, token: Token, text: &str) {
        let before = std::mem::take(&mut self.before);
        match (token.kind, token.span.slice(text)) {
            (TokenKind::Symbol, "(") => self.parentheses += 1,
            (TokenKind::Symbol, ")") => self.parentheses = self.parentheses.saturating_sub(1),
            (TokenKind::Symbol, ".") => self.before = Before::NameFollows,
            (TokenKind::Word, word) => self.see_word(word, before),
            _ => {}
        }
        self.head = self.head.after(token, text);
    }

    fn see_word(&mut self, word: &str, before: Before) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        if before == Before::NameFollows || self.head != RoutineHead::Routine {
            return;
        }
        if is("AS") {
            self.before = Before::NameFollows;
        } else if is("BEGIN") {
            self.before = Before::Begin;
        } else if is("ATOMIC") && before == Before::Begin && self.depth == 0 {
            self.depth = 1;
        } else if is("CASE") && self.depth > 0 {
            self.depth += 1;
        } else if is("END") {
            self.depth = self.depth.saturating_sub(1);
        }
    }
}

impl RoutineHead {
    fn after(self, token: Token, text: &str) -> Self {
        match self {
            Self::Nothing if is_any(token, text, &["CREATE"]) => Self::Create,
            Self::Create if is_any(token, text, &["OR", "REPLACE"]) => Self::Create,
            Self::Create if is_any(token, text, &["FUNCTION", "PROCEDURE"]) => Self::Routine,
            Self::Routine => Self::Routine,
            Self::Nothing | Self::Create | Self::Other => Self::Other,
        }
    }
}

fn is_any(token: Token, text: &str, keywords: &[&str]) -> bool {
    let word = token.span.slice(text);
    token.kind == TokenKind::Word && keywords.iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
}
