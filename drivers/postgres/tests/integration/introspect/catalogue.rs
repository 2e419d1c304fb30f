//! Tables that people and other tools wrote.
