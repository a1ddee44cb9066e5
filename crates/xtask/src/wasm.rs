//! Rust to WebAssembly with its glue, made for a resident's phone.

use std::path::{Path, PathBuf};

use crate::run::program;
use crate::setup::Tools;
use crate::{Result, place};

/// The standard library is compiled with the crate, for size, without texts
/// of panics and places of code: 23 of the widget's 177 kB (brotli). The
/// compiler of `rust-toolchain.toml` can do so, but says on stable only when
/// asked twice; as the version is pinned, what it does cannot change under us.
/// A panic is then a trap, which `loader.js` catches.
const FOR_SIZE: &str = "-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size \
    -Zpanic-immediate-abort --config profile.wasm-release.panic=\"immediate-abort\"";
/// Four numbers at a time (SIMD) where loops are compiled for speed: every
/// browser that has the `DecompressionStream` of the index has it, but
/// Chromium 80 to 90.
const FLAGS: &str =
    "-Zunstable-options -Zlocation-detail=none -Zfmt-debug=none -Ctarget-feature=+simd128";

/// Builds the crate in folder `source` of the workspace and returns the folder
/// with `<name>.js` and `<name>_bg.wasm`.
///
/// # Errors
/// It does not compile.
pub(crate) fn build(tools: &Tools, source: &str, name: &str, options: &str) -> Result<PathBuf> {
    let folder = place::work().join("wasm").join(name);
    program(&tools.wasm_pack)
        .arg("build")
        .arg(place::root().join(Path::new(source)))
        // Everything is installed already; nothing is to be downloaded.
        .args("--mode no-install --target web --profile wasm-release")
        .args("--no-typescript --no-pack --out-name")
        .arg(name)
        .arg("--out-dir")
        .arg(&folder)
        .arg("--")
        .args(FOR_SIZE)
        .args(options)
        .env("PATH", &tools.path)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS)
        .go()?;
    Ok(folder)
}
