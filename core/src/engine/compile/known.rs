//! What is known of the schema while steps are compiled.

use crate::dialect::Dialect;
use crate::engine::EngineError;
use crate::engine::replay::Replay;
use crate::operation::Operation;
use crate::script::Script;
use crate::script::Section;
use crate::sql::Place;

/// What is known of the schema before the next statement.
pub(super) enum Known {
    /// Nobody has looked yet.
    Nothing,
    /// What the database held before the first step, and what the steps have made of it.
    Live(Replay),
    /// What the history has made, because no database can be asked.
    Replayed(Replay),
}

impl Known {
    pub(super) const fn replay(&self) -> Option<&Replay> {
        match self {
            Self::Nothing => None,
            Self::Live(replay) | Self::Replayed(replay) => Some(replay),
        }
    }

    pub(super) const fn replay_mut(&mut self) -> Option<&mut Replay> {
        match self {
            Self::Nothing => None,
            Self::Live(replay) | Self::Replayed(replay) => Some(replay),
        }
    }

    /// Whether something before the next step may have made of the schema what nobody knows, and can be asked for then.
    pub(super) fn is_doubtful(&self) -> bool {
        matches!(self, Self::Live(replay) if replay.is_doubtful())
    }

    /// Whether the database can be read again when a statement's turn comes.
    pub(super) const fn can_read(&self) -> bool {
        !matches!(self, Self::Replayed(_))
    }

    /// Follows operations that stand at `place`.
    pub(super) fn apply(
        &mut self,
        dialect: &dyn Dialect,
        script: &Script,
        operations: &[Operation],
        place: Option<&Place>,
    ) {
        if let Some(replay) = self.replay_mut() {
            replay.follow(dialect, script, operations, place);
        }
    }

    /// After a native section only what it does not name is known, or all but what it says it touches. Where the database
    /// can be read again that is not relied upon: what it drops may be in the way of what follows.
    pub(super) fn taint_by_section(
        &mut self,
        dialect: &dyn Dialect,
        script: &Script,
        section: &Section,
    ) -> Result<(), EngineError> {
        match self {
            Self::Nothing => {}
            Self::Live(replay) => replay.doubt_everything(script.revision().as_str()),
            Self::Replayed(replay) => replay.taint(dialect, script, section)?,
        }
        Ok(())
    }

    /// After the data step of a revision written in Rust nothing is known of what its file says that it touches; of
    /// anything, when it does not say.
    pub(super) fn taint(&mut self, script: &Script) {
        if let Some(replay) = self.replay_mut() {
            replay.taint_by(script, script.touches());
        }
    }
}
