//! Names that are too long.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;

use super::flavour::Flavour;

/// The longest name, in characters.
const LONGEST: usize = 64;

/// Refuses a new name that the engine does not take.
pub(super) fn allow(flavour: Flavour, name: &Name) -> Result<(), RenderError> {
    let characters = name.as_str().chars().count();
    if characters > LONGEST {
        return Err(flavour
            .refused(format!(
                "keep the name {name}: it has {characters} characters, and names have at most {LONGEST}"
            ))
            .with_hint(format!(
                "choose a name of at most {} bytes, which every engine keeps",
                Name::MAX_PORTABLE_BYTES
            )));
    }
    if name.as_str().ends_with(' ') {
        return Err(flavour
            .refused(format!("keep the name \"{name}\": it ends with a blank"))
            .with_hint("choose another name"));
    }
    Ok(())
}
