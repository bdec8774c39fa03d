//! The `carecert` program: parse, dispatch, and say what became of it.

use std::process::ExitCode;

fn main() -> ExitCode {
    carecert_react::cli::main(std::env::args_os())
}
