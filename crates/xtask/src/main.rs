//! The project's own commands, run as `cargo xtask …`.
//!
//! `demo` and `test` are the two that a newcomer needs; each installs what it
//! lacks (`setup`), so that a machine with Rust, Node 20 and apt is enough.
//! Only this crate and the builder touch files, processes or the network, and
//! of the network only the package registries and 127.0.0.1.

mod bench;
mod demo;
mod dist;
mod engine;
mod headers;
mod npm;
mod pack;
mod place;
mod run;
mod say;
mod serve;
mod setup;
mod size;
mod test;
mod wasm;
mod widget;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What all parts of xtask return: an error says what was being done.
type Result<T = ()> = anyhow::Result<T>;

/// The project's own commands
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the demo site with its assistant and show it in your browser's reach
    Demo {
        /// First port to try on 127.0.0.1
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Publish the demo site into dist/
    Dist,
    /// Run every check in order, stopping at the first that fails
    Test {
        /// Run only these steps (all if none is named)
        #[arg(value_name = "STEP")]
        steps: Vec<String>,
        /// List the steps
        #[arg(long)]
        list: bool,
    },
    /// Print the sizes of what is published, and hold them to their budgets
    Size,
    /// Measure quality, bytes and speed, beside other engines
    Bench {
        /// Measure only these parts: native, browser, growth
        #[arg(value_name = "PART")]
        parts: Vec<String>,
        /// Measure only the other engines whose name holds this
        #[arg(long, value_name = "NAME")]
        engine: Vec<String>,
        /// Put the tables into README.md
        #[arg(long)]
        readme: bool,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo { port } => demo::demo(port),
        Command::Dist => dist::dist(),
        Command::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Command::Test { steps, .. } => test::test(&steps),
        Command::Size => size::size(),
        Command::Bench { parts, engine, readme } => bench::bench(&parts, &engine, readme),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}
