//! The revision file: plain SQL with comment directives, one grammar: `-- limbeck:<word> <arguments>`.
//!
//! Structure is read by line, before any lexing, so that every binary sees the same sections whatever drivers it has.
//! The sections' SQL is lexed only when somebody asks for its [statements](Section::statements) or for a
//! [checksum](Script::checksum).

mod audience;
mod checksum;
mod directive;
mod duration;
mod edit;
mod embed;
mod embedded;
mod error;
mod fault;
mod file;
mod fill;
mod header;
mod load;
mod load_source;
mod marks;
mod models;
mod parse;
mod reparent;
mod section;
mod seed;
mod set;
mod shares;
mod source;
mod statement;
mod timeout;
mod write;

pub use audience::Audience;
pub use checksum::Checksum;
pub use checksum::ChecksumError;
pub use directive::DirectiveWord;
pub use directive::Touches;
pub(crate) use duration::parse_duration;
pub use edit::EditError;
pub use embed::check_at_build;
pub use embedded::EmbeddedSource;
pub use error::ScriptError;
pub use fault::ScriptFault;
pub use fault::TextEnd;
pub use file::file_of_bytes;
pub use fill::NewDowngrade;
#[doc(hidden)]
pub use limbeck_derive::embed_files;
pub use load::LoadError;
pub use load::LoadErrors;
pub use load_source::LoadSource;
pub use marks::FileMarks;
pub use models::ModelsFile;
pub use parse::Script;
pub use section::Section;
pub use seed::SeedRuns;
pub use seed::SeedScript;
pub use set::ScriptSet;
pub(crate) use shares::in_shares;
pub(crate) use shares::in_shares_of;
pub use source::DirectorySource;
pub use source::MemorySource;
pub use source::ScriptSource;
pub use statement::LostData;
pub use statement::SourceKind;
pub use statement::SourceStatement;
pub use timeout::LockLimit;
pub use timeout::StatementTimeout;
pub use write::FileNaming;
pub use write::NativeSections;
pub use write::NewScript;
pub use write::WriteError;
pub use write::random_id;
