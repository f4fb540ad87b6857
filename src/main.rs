//! The program: reads the command line and runs one subcommand.

use std::process::ExitCode;

/// jemalloc returns freed memory to the system: 63 MB after learning, against 133 MB with the system's allocator. Its
/// options are set in `.cargo/config.toml`.
#[cfg(feature = "jemalloc")]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    ventanilla::cli::main()
}
