//! Installs what a machine with Rust, Node 20 and apt lacks; quick and silent
//! where nothing does. From the registries of crates, npm and Debian only:
//! nothing here downloads a binary from anywhere else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::run::{cargo, find, path_with, program, run};
use crate::{Result, npm, place, say};

const NODE: u32 = 20;
const WASM: &str = "wasm32-unknown-unknown";
const WASM_PACK: &str = "0.15.1";

/// What building the widget needs.
pub(crate) struct Tools {
    /// wasm-pack.
    pub(crate) wasm_pack: PathBuf,
    /// The search path on which wasm-pack finds wasm-bindgen and wasm-opt.
    pub(crate) path: std::ffi::OsString,
}

/// Node, at least version 20: it builds the demo site and runs wasm-opt.
///
/// # Errors
/// There is none, or it is older; nothing is installed.
pub(crate) fn node() -> Result {
    let advice =
        format!("install Node.js {NODE} or newer with npm (on Debian: apt-get install nodejs npm)");
    let version = run("node --version").read().with_context(|| advice.clone())?;
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        bail!("Node.js is {}: {advice}", version.trim());
    }
    Ok(())
}

/// The target and the tools that make the widget's module.
///
/// # Errors
/// Something cannot be installed.
pub(crate) fn wasm() -> Result<Tools> {
    wasm_target()?;
    library_source()?;
    let tools = place::tools()?;
    let bindgen = wasm_bindgen_version()?;
    // The same version as the library's, or the two do not understand each
    // other. Not --locked: its lock file is older than its library.
    let bindgen = crate_tool(&tools, "wasm-bindgen-cli", "wasm-bindgen", &bindgen, false)?;
    let wasm_pack = crate_tool(&tools, "wasm-pack", "wasm-pack", WASM_PACK, true)?;
    let wasm_opt = wasm_opt(&tools)?;
    let path = path_with(&[&bindgen, &wasm_opt])?;
    Ok(Tools { wasm_pack: wasm_pack.join("wasm-pack"), path })
}

/// The compiler's libraries for WebAssembly.
///
/// # Errors
/// They are missing and rustup cannot add them.
pub(crate) fn wasm_target() -> Result {
    let libraries = run("rustc --print target-libdir --target").arg(WASM).read()?;
    if Path::new(libraries.trim()).is_dir() {
        return Ok(());
    }
    say::note(format_args!("adding the target {WASM}: the widget runs as WebAssembly"));
    run("rustup target add").arg(WASM).go().context("the widget needs Rust from rustup")
}

/// The source of the standard library, which is compiled with the widget.
fn library_source() -> Result {
    let sysroot = run("rustc --print sysroot").read()?;
    if Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
        return Ok(());
    }
    say::note("adding the standard library's source: the widget compiles it for size");
    run("rustup component add rust-src").go().context("the widget needs Rust from rustup")
}

/// A browser of the tests: its package, the variable that tells the tests
/// where it is, and the names under which it may be installed.
type Browser = (&'static str, &'static str, &'static [&'static str]);
const BROWSERS: [Browser; 2] = [
    ("chromium", "DOORSTEP_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"]),
    ("firefox-esr", "DOORSTEP_FIREFOX", &["firefox-esr", "firefox"]),
];

/// Chromium and Firefox, for the browser tests: the variables that tell these
/// where they are.
///
/// # Errors
/// One is missing and apt cannot install it.
pub(crate) fn browsers() -> Result<Vec<(&'static str, PathBuf)>> {
    let place = |(_, variable, names): Browser| {
        let given = std::env::var_os(variable).map(PathBuf::from);
        given.or_else(|| names.iter().find_map(|name| find(name))).map(|path| (variable, path))
    };
    let missing: Vec<&str> = BROWSERS
        .into_iter()
        .filter(|browser| place(*browser).is_none())
        .map(|(package, ..)| package)
        .collect();
    if !missing.is_empty() {
        let packages = missing.join(" ");
        let by_hand =
            || format!("the browser tests need {packages}: install by hand and try again");
        if find("apt-get").is_none() {
            bail!(by_hand());
        }
        say::note(format_args!(
            "installing {packages} with apt-get: the tests run in real browsers"
        ));
        apt("update").with_context(by_hand)?;
        apt(&format!("install -y --no-install-recommends {packages}")).with_context(by_hand)?;
    }
    let places: Vec<_> = BROWSERS.into_iter().filter_map(place).collect();
    if places.len() < BROWSERS.len() {
        bail!(
            "a browser was installed under a name that is not known here: set DOORSTEP_CHROMIUM and DOORSTEP_FIREFOX"
        );
    }
    Ok(places)
}

fn apt(arguments: &str) -> Result {
    let root = run("id -u").read()?.trim() == "0";
    let line = match root {
        true => format!("apt-get {arguments}"),
        // -n: never wait for a password that nobody types.
        false if find("sudo").is_some() => format!("sudo -n apt-get {arguments}"),
        false => bail!("apt-get needs root, and there is no sudo"),
    };
    run(&line).env("DEBIAN_FRONTEND", "noninteractive").go()
}

/// A program of a crate, in a folder of its own by version; returns the
/// folder of the program.
fn crate_tool(
    tools: &Path,
    krate: &str,
    name: &str,
    version: &str,
    locked: bool,
) -> Result<PathBuf> {
    let folder = tools.join(format!("{krate}-{version}"));
    let bin = folder.join("bin");
    if answers(&bin.join(name), version) {
        return Ok(bin);
    }
    say::note(format_args!("installing {krate} {version}: the widget is built with it"));
    fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    let mut install = cargo("install --force --version")
        .arg(version)
        .arg(krate)
        .arg("--root")
        .arg(&folder)
        .arg("--target-dir")
        .arg(folder.join("build"))
        // Outside the workspace: its settings are not for tools.
        .within(&folder)
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET");
    if locked {
        install = install.arg("--locked");
    }
    install.go()?;
    // Hundreds of megabytes that nobody needs again.
    let _ = fs::remove_dir_all(folder.join("build"));
    if !answers(&bin.join(name), version) {
        bail!("{}: does not say that it is version {version}", bin.join(name).display());
    }
    Ok(bin)
}

/// wasm-opt, from npm's binaryen; returns the folder of the program.
fn wasm_opt(tools: &Path) -> Result<PathBuf> {
    let source = place::root().join("crates/xtask/tools");
    let lock = source.join("package-lock.json");
    let text =
        fs::read_to_string(&lock).with_context(|| format!("{}: cannot be read", lock.display()))?;
    let lock: serde_json::Value = serde_json::from_str(&text)?;
    let version = lock["packages"]["node_modules/binaryen"]["version"]
        .as_str()
        .context("crates/xtask/tools/package-lock.json: names no version of binaryen")?;
    let folder = tools.join(format!("binaryen-{version}"));
    let bin = folder.join("node_modules/.bin");
    fs::create_dir_all(&folder).with_context(|| format!("{}: cannot be made", folder.display()))?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(source.join(name), folder.join(name))
            .with_context(|| format!("{}: cannot be written", folder.join(name).display()))?;
    }
    npm::install(&folder)?;
    let major = version.split('.').next().unwrap_or(version);
    if !answers(&bin.join("wasm-opt"), major) {
        bail!("{}: does not say that it is version {major}", bin.join("wasm-opt").display());
    }
    Ok(bin)
}

/// Whether a program runs and says that it is of this version.
fn answers(path: &Path, version: &str) -> bool {
    path.is_file()
        && program(path)
            .arg("--version")
            .read()
            .is_ok_and(|said| said.split_whitespace().any(|word| word == version))
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// The version of wasm-bindgen that the widget is compiled against.
fn wasm_bindgen_version() -> Result<String> {
    let path = place::root().join("Cargo.lock");
    let text =
        fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let lock: Lock =
        toml::from_str(&text).with_context(|| format!("{}: is no lock file", path.display()))?;
    lock.package
        .into_iter()
        .find(|package| package.name == "wasm-bindgen")
        .map(|package| package.version)
        .context("Cargo.lock: wasm-bindgen is not in it, so the widget is not either")
}

#[cfg(test)]
mod tests {
    //! 1. The version of wasm-bindgen is read from the lock file.
    //! 2. A program that is not there answers nothing.
    use super::*;

    #[test]
    fn the_lock_file_names_wasm_bindgen() {
        let version = wasm_bindgen_version().unwrap();
        assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version}");
    }

    #[test]
    fn what_is_not_there_does_not_answer() {
        assert!(!answers(Path::new("/no/such/program"), "1"));
    }
}
