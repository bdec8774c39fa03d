//! The `carecert` program.

fn main() {}
