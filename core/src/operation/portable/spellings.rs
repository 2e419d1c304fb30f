//! The names of one statement, none of which may differ from another by case only.

use std::collections::BTreeMap;

use crate::schema::Name;
use crate::sql::Span;

use super::PortableError;

/// The names read so far by their lower-case form.
#[derive(Clone, Debug, Default)]
pub(in crate::operation) struct Spellings(BTreeMap<String, Name>);

impl Spellings {
    /// Whether every engine keeps the name whole and tells it from the names before it; `span` is where it stands.
    pub(in crate::operation) fn check(&mut self, name: &Name, span: Span) -> Result<(), PortableError> {
        let bytes = name.as_str().len();
        if bytes > Name::MAX_PORTABLE_BYTES {
            return Err(PortableError::new(
                span,
                format!(
                    "the name is {bytes} bytes long, more than the {} that every engine keeps",
                    Name::MAX_PORTABLE_BYTES
                ),
            )
            .hint("choose a shorter name"));
        }
        if name.as_str().ends_with(' ') {
            return Err(PortableError::new(
                span,
                "a name that ends with a blank is not portable",
            ));
        }
        let earlier = self
            .0
            .entry(name.as_str().to_lowercase())
            .or_insert_with(|| name.clone());
        if earlier != name {
            return Err(PortableError::new(
                span,
                format!("the names `{earlier}` and `{name}` differ by case only"),
            )
            .hint("not every engine tells them apart: write both the same way, or choose another name"));
        }
        Ok(())
    }
}
