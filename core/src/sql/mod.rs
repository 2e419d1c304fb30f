//! Source text and SQL at the level of characters and words: spans, lexer, splitter, classifier.
//!
//! Nothing here fails on SQL it does not know: the lexer is total, the splitter cuts at statement ends, and the
//! classifier answers [`StatementClass::Unknown`] instead of guessing.

mod block;
mod canonical;
mod classify;
mod in_file;
mod lexer;
mod named;
mod nearest;
mod rules;
mod significant;
mod source;
mod split;
#[cfg(test)]
mod test_rules;
mod token;
mod tokens;

pub use canonical::write_canonical;
pub use classify::StatementClass;
pub use classify::classify;
pub use in_file::in_file;
pub use lexer::Lexer;
pub use lexer::Unclosed;
pub(crate) use lexer::closed;
pub use lexer::unclosed;
pub use named::named_objects;
pub use nearest::near;
pub use nearest::nearest;
pub use rules::BlockBodies;
pub use rules::DoubleQuotes;
pub use rules::LexicalRules;
pub use source::LineColumn;
pub use source::Place;
pub use source::SourceFile;
pub use source::Span;
pub use split::StatementSlice;
pub use split::split;
pub use split::split_closed;
pub use split::split_within;
pub use token::Token;
pub use token::TokenKind;
pub use tokens::Case;
pub use tokens::Tokens;
