//! Packing the widget into a JavaScript module: what a page may import under
//! `connect-src 'none'`, where it may fetch nothing. (The builder packs the
//! index in the same way.)
//!
//! The wasm stands as it is in a string, a character a byte: the host's brotli
//! then sees the code itself, and makes of it 15 % less than of deflate and
//! base64 (the same where a host only gzips).

use std::fmt;

/// What stands for the wasm's loading in wasm-bindgen's glue (`--target web`):
/// everything from here to the end would fetch a file.
const GLUE_END: &str = "async function __wbg_load(";

/// Names of the glue that [`TAIL`] calls.
const GLUE_NEEDS: [&str; 2] = ["function __wbg_get_imports(", "function __wbg_finalize_init("];

/// The end of the widget module: `ready()` compiles the wasm once,
/// `inflate()` unpacks an index module. `$WASM` stands for the wasm; an array
/// of bytes keeps the lower eight bits of what it is given.
const TAIL: &str = r#"
let started;
export function ready() {
    return started ??= WebAssembly.instantiate(Uint8Array.from(wasmText, (c) => c.charCodeAt(0)), __wbg_get_imports())
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
    const inflating = new DecompressionStream("deflate-raw");
    const writer = inflating.writable.getWriter();
    const written = writer.write(bytes).then(() => writer.close());
    const [inflated] = await Promise.all([new Response(inflating.readable).arrayBuffer(), written]);
    return new Uint8Array(inflated);
}
const wasmText = "$WASM";
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
///
/// # Errors
/// The glue is not of the known form.
pub(crate) fn widget_module(glue: &str, wasm: &[u8]) -> Result<String, UnknownGlue> {
    let end = glue.find(GLUE_END).ok_or(UnknownGlue { expected: GLUE_END })?;
    let kept = &glue[..end];
    for expected in GLUE_NEEDS {
        if !kept.contains(expected) {
            return Err(UnknownGlue { expected });
        }
    }
    Ok(shorten(kept) + &TAIL.replace("$WASM", &characters(wasm)))
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

/// Bytes as the characters of a JavaScript string: each byte is the character
/// of its number, or of 256 more where a string or a line cannot hold it.
fn characters(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte {
        0 | b'\n' | b'\r' | b'"' | b'\\' => char::from_u32(0x100 + u32::from(*byte)),
        byte => Some(char::from(*byte)),
    };
    bytes.iter().filter_map(character).collect()
}

#[cfg(test)]
mod tests {
    //! 1. every byte comes back from its character, and none ends the string;
    //! 2. the widget module keeps the glue's imports and drops its loading;
    //! 3. glue of another form is refused with what was expected.

    use super::*;

    #[test]
    fn characters_keep_all_bytes() {
        let all: Vec<u8> = (0..=255).collect();
        let text = characters(&all);
        let back: Vec<u8> = text.chars().map(|c| c as u32 as u8).collect();
        assert_eq!(back, all);
        assert!(!text.contains(['\0', '\n', '\r', '"', '\\']));
    }

    const GLUE: &str = "/**\n * Doc.\n */\nexport function start() {\n    wasm.start();\n}\n\
        function __wbg_get_imports() {}\nfunction __wbg_finalize_init(i, m) {}\n\
        async function __wbg_load(module) {\n    fetch(module);\n}\n";

    #[test]
    fn the_widget_module_never_fetches() {
        let module = widget_module(GLUE, b"f\"o").unwrap();
        assert!(module.starts_with("export function start() {\nwasm.start();\n}\n"), "{module}");
        assert!(module.ends_with("const wasmText = \"f\u{122}o\";\n"), "{module}");
        assert!(!module.contains("fetch"), "{module}");
    }

    #[test]
    fn other_glue_is_refused() {
        let check = |cut: &str| {
            let error = widget_module(&GLUE.replace(cut, ""), b"").unwrap_err();
            assert!(cut.starts_with(error.expected), "{error}");
        };
        check("async function __wbg_load(module)");
        check("function __wbg_finalize_init(i, m)");
    }
}
