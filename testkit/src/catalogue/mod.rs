//! Comparing catalogues there and back, on the engine itself.

mod case;
mod pairs;
mod workbench;

pub use case::CatalogueCase;
pub use pairs::Exception;
pub use pairs::SchemaPair;
pub use pairs::pairs;
pub use pairs::pairs_converge;
pub use workbench::Workbench;
