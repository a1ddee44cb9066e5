//! Packages of Node, exactly as the lock file beside them says.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::run::run;
use crate::{Result, say};

/// Installs what `package-lock.json` in `folder` names, unless just that is
/// installed. No script of a package is run: none that we use needs one, and
/// such scripts are where packages download more.
///
/// # Errors
/// No lock file, no npm, or npm fails.
pub(crate) fn install(folder: &Path) -> Result {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("{}: cannot be read", lock.display()))?;
    // Written last, so that an install that was cut short is done again.
    let done = folder.join("node_modules/.installed-lock.json");
    if fs::read(&done).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    say::note(format_args!("installing the packages of {}", lock.display()));
    run("npm ci --ignore-scripts --no-audit --no-fund").within(folder).go()?;
    fs::write(&done, wanted).with_context(|| format!("{}: cannot be written", done.display()))
}
