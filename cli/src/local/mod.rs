//! The server for development: a service of a compose file, its container, its volume.

mod compose;
mod compose_file;
mod container;
mod docker;
mod guard;
mod port;
mod scratch;
mod server;
mod wait;

pub(crate) use compose_file::FILES as COMPOSE_FILES;
pub(crate) use compose_file::text as compose_file;
pub(crate) use compose_file::variables as env_lines;
pub(crate) use container::Container;
pub(crate) use container::State;
pub(crate) use guard::consent;
pub(crate) use guard::require_development;
pub(crate) use guard::require_known_place;
pub(crate) use guard::require_loopback;
pub(crate) use scratch::Scratch;
pub(crate) use server::Place;
pub(crate) use server::Server;
