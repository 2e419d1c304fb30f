//! The schema of the registry as it is today: one struct a table.
//!
//! The revisions tell how it came to be. `cargo xtask migrate check` compares both, and
//! `cargo xtask migrate revision --autogenerate` writes what leads from the one to the other.

#![expect(missing_docs, reason = "a column's name says what it holds")]

pub mod blob;
pub mod build;
pub mod image;
pub mod label;
pub mod log;
pub mod manifest;
pub mod notification;
pub mod organization;
pub mod permission;
pub mod repository;
pub mod tag;
pub mod team;
pub mod token;
pub mod user;
mod value;

use limbeck_core::models::Models;

pub use value::Json;
pub use value::Moment;
pub use value::Uuid;

/// All tables.
pub fn models() -> Models {
    Models::new()
        .and(user::models())
        .and(organization::models())
        .and(team::models())
        .and(repository::models())
        .and(permission::models())
        .and(blob::models())
        .and(image::models())
        .and(manifest::models())
        .and(label::models())
        .and(tag::models())
        .and(build::models())
        .and(notification::models())
        .and(token::models())
        .and(log::models())
}
