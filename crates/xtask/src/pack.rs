//! Packing the widget into a JavaScript module: what a page may import under
//! `connect-src 'none'`, where it may fetch nothing. (The builder packs the
//! index in the same way.)
//!
//! The wasm is deflated, then written as base64 in a string; the browser's own
//! `DecompressionStream` inflates it. Base64 costs nearly nothing on the wire,
//! because every host compresses `.js`.

use std::fmt;

/// What stands for the wasm's loading in wasm-bindgen's glue (`--target web`):
/// everything from here to the end would fetch a file.
const GLUE_END: &str = "async function __wbg_load(";

/// Names of the glue that [`TAIL`] calls.
const GLUE_NEEDS: [&str; 2] = ["function __wbg_get_imports(", "function __wbg_finalize_init("];

/// The end of the widget module: `ready()` compiles the wasm once,
/// `inflate()` unpacks an index module. `$WASM` stands for the wasm.
const TAIL: &str = r#"
let started;
export function ready() {
    return started ??= inflate(packed)
        .then((bytes) => WebAssembly.instantiate(bytes, __wbg_get_imports()))
        .then(({ instance, module }) => __wbg_finalize_init(instance, module));
}
export async function inflate(text) {
    let bytes;
    if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(text);
    else {
        const binary = atob(text);
        bytes = new Uint8Array(binary.length);
        for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    }
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(inflated).arrayBuffer());
}
const packed = "$WASM";
"#;

/// The glue that wasm-bindgen wrote is not of the form that is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnknownGlue {
    /// The text that was expected and not found.
    pub(crate) expected: &'static str,
}

impl fmt::Display for UnknownGlue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the glue of wasm-bindgen holds no `{}`: its version has changed its form; \
             compare `crates/xtask/src/pack.rs` with the end of the new glue",
            self.expected
        )
    }
}

impl std::error::Error for UnknownGlue {}

/// The widget module: the glue without its own loading, and the wasm.
///
/// `glue` is the file that `wasm-bindgen --target web --omit-default-module-path`
/// writes, `wasm` the optimised module. The result exports `start` (and
/// whatever else the crate exports), `ready` and `inflate`, and never fetches.
/// `deflate` is given because the best one depends on the time there is: raw
/// deflate, no zlib header.
///
/// # Errors
/// The glue is not of the known form.
pub(crate) fn widget_module(
    glue: &str,
    wasm: &[u8],
    deflate: impl Fn(&[u8]) -> Vec<u8>,
) -> Result<String, UnknownGlue> {
    let end = glue.find(GLUE_END).ok_or(UnknownGlue { expected: GLUE_END })?;
    let kept = &glue[..end];
    for expected in GLUE_NEEDS {
        if !kept.contains(expected) {
            return Err(UnknownGlue { expected });
        }
    }
    Ok(shorten(kept) + &TAIL.replace("$WASM", &base64(&deflate(wasm))))
}

/// A script without indentation and without comments that fill whole lines;
/// for the glue and the loader. Not a minifier: their strings hold neither
/// comments nor line ends that matter, and nothing else is touched.
pub(crate) fn shorten(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut comment = false;
    for line in script.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    out
}

/// Base64 with the standard alphabet and padding, as `atob` reads it.
///
/// Source: RFC 4648, section 4.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0u32, |group, byte| group << 8 | u32::from(*byte));
        let group = group << (8 * (3 - chunk.len()));
        for digit in 0..4 {
            if digit <= chunk.len() {
                out.push(char::from(DIGITS[(group >> (18 - 6 * digit) & 63) as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    //! 1. base64 is that of the RFC;
    //! 2. the widget module keeps the glue's imports and drops its loading;
    //! 3. glue of another form is refused with what was expected.

    use super::*;

    #[test]
    fn base64_of_the_rfc() {
        let check = |bytes: &str, expected: &str| assert_eq!(base64(bytes.as_bytes()), expected);
        check("", "");
        check("f", "Zg==");
        check("fo", "Zm8=");
        check("foo", "Zm9v");
        check("foobar", "Zm9vYmFy");
        check("\u{ff}\u{ff}", "w7/Dvw==");
    }

    const GLUE: &str = "/**\n * Doc.\n */\nexport function start() {\n    wasm.start();\n}\n\
        function __wbg_get_imports() {}\nfunction __wbg_finalize_init(i, m) {}\n\
        async function __wbg_load(module) {\n    fetch(module);\n}\n";

    #[test]
    fn the_widget_module_never_fetches() {
        let module = widget_module(GLUE, b"foo", <[u8]>::to_vec).unwrap();
        assert!(module.starts_with("export function start() {\nwasm.start();\n}\n"), "{module}");
        assert!(module.ends_with("const packed = \"Zm9v\";\n"), "{module}");
        assert!(!module.contains("fetch"), "{module}");
    }

    #[test]
    fn other_glue_is_refused() {
        let check = |cut: &str| {
            let error = widget_module(&GLUE.replace(cut, ""), b"", <[u8]>::to_vec).unwrap_err();
            assert!(cut.starts_with(error.expected), "{error}");
        };
        check("async function __wbg_load(module)");
        check("function __wbg_finalize_init(i, m)");
    }
}
