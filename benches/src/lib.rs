//! The place of the benchmarks; none is here yet.
