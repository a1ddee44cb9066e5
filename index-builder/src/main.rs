//! `index-builder`: see `index-builder --help`.

mod cli;
mod output;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
