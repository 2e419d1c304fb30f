//! The revisions of another state of the files, read from git.

use limbeck_core::engine::Earlier;
use limbeck_core::script::LoadErrors;
use limbeck_core::script::ScriptSet;
use limbeck_core::script::ScriptSource;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::git::GitScripts;
use crate::git::Repository;

impl Context<'_> {
    /// The revisions that a branch, a tag or a commit has in the folders of this project.
    pub(crate) fn earlier(&self, reference: &str) -> Result<Earlier, CommandError> {
        let present = self.source()?;
        if present.locations().is_empty() {
            let message = "the revisions of this program are built in, so git cannot be asked for others";
            let error = CommandError::new(ErrorKind::Usage, message);
            return Err(error.with_hint("run `limbeck` in the folder that they are built from"));
        }
        let scripts = self.load_from(&GitScripts::at(reference, &*present)?);
        let scripts = scripts.map_err(|faults| {
            CommandError::from(faults).with_hint(format!(
                "these are the files of {reference}: name a commit at which `limbeck verify` finds nothing"
            ))
        })?;
        if scripts.graph().is_empty() {
            self.output.notes().line(&format!(
                "note: {reference} has no revision in the folders of this project"
            ));
        }
        let earlier = Earlier::new(reference, scripts);
        let Some(parting) = GitScripts::parting(reference, &*present)? else {
            return Ok(earlier);
        };
        Ok(match self.load_from(&parting) {
            Ok(scripts) => earlier.with_parting(scripts),
            Err(_) => {
                self.output.notes().line(&format!(
                    "note: the files of the commit that {reference} and this branch have in common cannot be read, so what \
                     {reference} got since then looks removed here"
                ));
                earlier
            }
        })
    }

    /// The same for a name that git may not know, or where there may be no git.
    pub(crate) fn earlier_if_known(&self, reference: &str) -> Result<Option<Earlier>, CommandError> {
        let is_known = match self.source()?.locations().first() {
            Some(folder) => Repository::around(folder).0.find(reference),
            None => return Ok(None),
        };
        match is_known {
            Ok(Some(_)) => Ok(Some(self.earlier(reference)?)),
            _ => Ok(None),
        }
    }

    fn load_from(&self, source: &dyn ScriptSource) -> Result<ScriptSet, LoadErrors> {
        ScriptSet::load_knowing(source, self.driver_words())
    }
}
