//! What the registry asks of its database: one module a domain.
//!
//! Each function runs in the transaction of its caller, so that what belongs together is committed together. Their SQL is the
//! same on every engine.

#![expect(missing_docs, reason = "a column's name says what it holds")]

pub mod blob;
pub mod build;
pub mod image;
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
