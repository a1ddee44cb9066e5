//! `cargo xtask demo`: the demo site, built and served.

use crate::{Result, dist, say, serve};

/// Builds the demo and serves it until the process is ended.
///
/// # Errors
/// It cannot be built, or no port is free.
pub(crate) fn demo(port: u16) -> Result {
    dist::dist()?;
    let serving = serve::serve(port)?;
    say::note("");
    say::note("The demo council's site, with its assistant at the foot of every page:");
    say::result(serving.url());
    say::note("Stop it with Ctrl-C.");
    serving.forever();
    Ok(())
}
