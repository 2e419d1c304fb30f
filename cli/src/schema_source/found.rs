//! A schema, and what else is known of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::diff::Ignored;
use limbeck_core::diff::Rename;
use limbeck_core::diff::unlike;
use limbeck_core::engine::Live;
use limbeck_core::graph::RevisionId;
use limbeck_core::models::DesiredSchema;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

use super::applied;
use super::as_kept;
use super::model_as_kept;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::own_words::in_words_of;

/// A schema, and what else is known of it.
pub(crate) struct Found {
    pub(crate) schema: Schema,
    /// What was read from an engine, where one was asked.
    pub(crate) live: Option<Live>,
    pub(crate) reach: Reach,
    /// The revisions that make it, where it is that of a history.
    pub(super) revisions: Vec<RevisionId>,
    /// What the configuration has a comparison leave out.
    pub(crate) hidden: BTreeSet<ObjectId>,
    /// The same as portable SQL has it, where its texts became those of the engine.
    pub(super) portable: Option<Schema>,
    /// What has another name in it than it had.
    pub(crate) renames: Vec<Rename>,
    /// Where it comes from, for people.
    pub(crate) words: String,
    pub(super) texts: Texts,
}

/// How much of a database a schema speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Of all there is.
    All,
    /// Of what portable SQL has words for; whatever else there is may be there.
    Portable,
    /// Of what portable SQL has words for, since this revision has native SQL.
    BeforeNative(String),
}

/// Whose texts the expressions of a schema are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Texts {
    /// Portable SQL.
    Portable,
    /// What this driver's engine makes of them.
    Engine(&'static str),
}

impl Found {
    pub(super) fn new(schema: Schema, words: impl Into<String>, texts: Texts) -> Self {
        Self {
            schema,
            live: None,
            reach: Reach::All,
            revisions: Vec::new(),
            hidden: BTreeSet::new(),
            portable: None,
            renames: Vec::new(),
            words: words.into(),
            texts,
        }
    }

    /// What models say.
    pub(super) fn desired(desired: DesiredSchema, words: impl Into<String>) -> Self {
        Self {
            renames: desired.renames,
            reach: Reach::Portable,
            ..Self::new(desired.schema, words, Texts::Portable)
        }
    }

    /// What was read from an engine.
    pub(super) fn read(live: Live, words: impl Into<String>, engine: &'static str) -> Self {
        Self {
            schema: live.schema.clone(),
            live: Some(live),
            ..Self::new(Schema::new(), words, Texts::Engine(engine))
        }
    }

    /// Whether it means the same on every engine.
    pub(crate) fn is_portable(&self) -> bool {
        self.texts == Texts::Portable
    }

    /// Whether it was portable before an engine was asked.
    pub(crate) const fn is_of_portable(&self) -> bool {
        self.portable.is_some()
    }

    /// Gives an operation that leads here the words of portable SQL, where they are known: the engine's own say less.
    pub(crate) fn in_own_words(&self, operation: &mut Operation) {
        if let Some(portable) = &self.portable {
            in_words_of(portable, operation);
        }
    }

    /// Puts the words of the engine that another schema was read from in place of its own. What that one has in the same words
    /// is the same; only what it has not is made in a scratch database and read there.
    pub(super) async fn in_words_like(
        &mut self,
        other: &Self,
        engine: &'static str,
        scripts: &Arc<ScriptSet>,
        context: &Context<'_>,
    ) -> Result<(), CommandError> {
        if self.reach == Reach::All {
            // All objects are compared, and only the engine tells them.
            return self.make_own(engine, scripts, context).await;
        }
        self.refuse_other(engine, context)?;
        let doubtful = unlike(&self.schema, &other.schema);
        let mut kept = match doubtful == Schema::new() {
            true => doubtful,
            false => model_as_kept(&doubtful, scripts, context).await?,
        };
        for table in self.schema.tables.values() {
            let found = other.schema.tables.get(&table.name);
            if let Some(found) = found.filter(|found| found.is_like(table)) {
                kept.tables.insert(found.name.clone(), found.clone());
            }
        }
        for view in self.schema.views.values() {
            if other.schema.views.get(&view.name) == Some(view) {
                kept.views.insert(view.name.clone(), view.clone());
            }
        }
        self.portable = Some(std::mem::replace(&mut self.schema, kept));
        self.texts = Texts::Engine(engine);
        Ok(())
    }

    /// Reads from a scratch database what the engine makes of it.
    pub(super) async fn make_own(
        &mut self,
        engine: &'static str,
        scripts: &Arc<ScriptSet>,
        context: &Context<'_>,
    ) -> Result<(), CommandError> {
        self.refuse_other(engine, context)?;
        // A history is applied: an engine may keep what was altered otherwise than what was made so at once.
        let kept = match self.reach == Reach::All && !self.revisions.is_empty() {
            true => applied(&self.revisions, scripts, context).await?,
            false => as_kept(&self.schema, scripts, context).await?,
        };
        self.portable = Some(std::mem::replace(&mut self.schema, kept.schema.clone()));
        self.live = Some(kept);
        self.texts = Texts::Engine(engine);
        Ok(())
    }

    fn refuse_other(&self, engine: &str, context: &Context<'_>) -> Result<(), CommandError> {
        let here = context.reader()?.driver().name();
        if here == engine {
            return Ok(());
        }
        let message = format!(
            "{} cannot be made on {engine}: the project's own database is one of {here}",
            self.words
        );
        Err(CommandError::new(ErrorKind::Unsupported, message)
            .with_hint("give the other database with `--url`, and say `database` for it"))
    }

    /// How many objects there are of kinds for which the schema model has no words.
    pub(crate) fn beyond_portable(&self) -> usize {
        let catalogues = self
            .live
            .iter()
            .flat_map(|live| live.catalogue.iter().chain([&live.beyond_model]));
        let objects = catalogues.flat_map(Catalogue::objects);
        objects.filter(|object| !object.id.kind.is_of_model()).count()
    }

    /// The names of all that was looked at.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        let tables = self.schema.tables.keys().map(|name| format!("table {name}"));
        tables.chain(self.schema.views.keys().map(|name| format!("view {name}")))
    }

    /// Leaves out what the configuration says.
    pub(super) fn leave_out(&mut self, ignored: &Ignored) {
        self.hidden = ignored.take_out(&mut self.schema);
        if let Some(portable) = &mut self.portable {
            ignored.take_out(portable);
        }
        if let Some(live) = &mut self.live {
            for catalogue in live.catalogue.iter_mut().chain([&mut live.beyond_model]) {
                self.hidden.extend(ignored.take_out_objects(catalogue));
            }
        }
    }

    /// How much there is, for people: `3 tables and 1 view of schema.sql`.
    pub(crate) fn counted(&self) -> String {
        let (tables, views) = (self.schema.tables.len(), self.schema.views.len());
        let tables = format!("{tables} table{}", if tables == 1 { "" } else { "s" });
        let views = match views {
            0 => String::new(),
            1 => " and 1 view".to_owned(),
            views => format!(" and {views} views"),
        };
        let hidden = match self.hidden.len() {
            0 => String::new(),
            hidden => format!(" ({hidden} more are ignored)"),
        };
        format!("{tables}{views} of {}{hidden}", self.words)
    }
}
