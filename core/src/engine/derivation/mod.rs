//! A derived downgrade as text, for the file of its revision.
//!
//! At run time a downgrade is derived for the database at hand. In a file it stands for all of them, so it must follow
//! from what all of them run, and on each of them from what is known there.

mod error;
mod text;

pub use error::DeriveError;
pub use text::of as downgrade_text;

use std::sync::Arc;

use super::Offline;
use super::StepLoss;
use super::compile::Compiler;
use super::replay;
use super::replay::Downgrade;
use super::replay::Upgrade;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::script::Audience;
use crate::script::DirectiveWord;
use crate::script::NewDowngrade;
use crate::script::Script;
use crate::script::Section;
use crate::sql::Place;

/// A derived downgrade as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DerivedDowngrade {
    /// The section, for [`Script::fill_downgrade`].
    pub downgrade: NewDowngrade,
    /// What it re-creates empty, with the statements of the upgrade that dropped it.
    pub losses: Vec<StepLoss>,
}

impl Offline {
    /// The downgrade of a revision as portable SQL for its file, derived on each of these databases that runs its
    /// upgrade. They have the same scripts.
    ///
    /// # Errors
    /// The revision has a downgrade or can have none, nothing is written that could be taken back, or what is written
    /// cannot be, with its place.
    pub fn derive_downgrade(
        databases: &[Self],
        revision: &RevisionId,
    ) -> Result<DerivedDowngrade, DeriveError> {
        let mut derived = None;
        for database in databases {
            let script = database.migrator().script(revision)?;
            let sections = upgrade_sections(script)?;
            let compiler = database.compiler();
            let upgrade = Upgrade::of(&compiler, script, sections.iter().copied())?;
            let except = common_exceptions(script, &sections)?;
            let audience = Audience::Portable {
                except: except.to_vec(),
            };
            if audience.runs_on(database.migrator().driver().name(), compiler.dialect.name()) {
                let downgrade = replay::derive_one(&compiler, revision, &upgrade)?;
                derived = Some(write(&compiler, script, except, &downgrade)?);
            }
        }
        derived.ok_or_else(|| DeriveError::NoDatabase {
            revision: revision.clone(),
        })
    }
}

/// The sections from which a downgrade can be derived.
fn upgrade_sections(script: &Script) -> Result<Vec<&Section>, DeriveError> {
    let revision = script.revision().clone();
    let header = |word| {
        let line = script.header_line(word).unwrap_or_default();
        Place::new(Arc::clone(script.file()), line)
    };
    if let Some(place) = script.written_downgrade() {
        return Err(DeriveError::Written { revision, place });
    }
    if script.irreversible().is_some() {
        let place = header(DirectiveWord::Irreversible);
        return Err(DeriveError::Irreversible { revision, place });
    }
    if script.is_rust() {
        let place = header(DirectiveWord::Rust);
        return Err(DeriveError::Code { revision, place });
    }
    let text = script.file().text();
    let upgrade = script.sections_of(Direction::Upgrade);
    let written: Vec<&Section> = upgrade.filter(|section| !section.is_blank(text)).collect();
    let joins = script.node().revises.len() > 1;
    match script.sections_of(Direction::Upgrade).next() {
        // One that only joins branches needs no upgrade.
        Some(_) if written.is_empty() && joins => Err(DeriveError::Nothing { revision }),
        Some(blank) if written.is_empty() => Err(DeriveError::NoUpgrade {
            revision,
            place: Place::new(Arc::clone(script.file()), blank.line),
        }),
        _ => Ok(written),
    }
}

/// Who does not run these portable sections: the same databases for all of them.
fn common_exceptions<'s>(script: &Script, sections: &[&'s Section]) -> Result<&'s [String], DeriveError> {
    let mut common: Option<&[String]> = None;
    for section in sections {
        match &section.audience {
            Audience::Portable { except } if common.is_none_or(|common| common == except) => {
                common = Some(except);
            }
            _ => {
                return Err(DeriveError::Mixed {
                    revision: script.revision().clone(),
                    place: Place::new(Arc::clone(script.file()), section.line),
                });
            }
        }
    }
    Ok(common.unwrap_or_default())
}

/// The downgrade as text that is read back as the same operations.
fn write(
    compiler: &Compiler<'_>,
    script: &Script,
    except: &[String],
    derived: &Downgrade,
) -> Result<DerivedDowngrade, DeriveError> {
    let Downgrade { inverse, losses } = derived;
    let revision = script.revision();
    if inverse.operations.is_empty() {
        return Err(DeriveError::Nothing {
            revision: revision.clone(),
        });
    }
    let text = text::of(inverse).map_err(|error| DeriveError::NotPortable {
        revision: revision.clone(),
        error,
    })?;
    let downgrade = NewDowngrade::new(except.to_vec(), text);
    if !text::reads_back(compiler, script, &downgrade, inverse) {
        return Err(DeriveError::NotReadBack {
            revision: revision.clone(),
        });
    }
    Ok(DerivedDowngrade {
        downgrade,
        losses: losses.clone(),
    })
}
