//! The response headers of the published site, as `netlify.toml` says them:
//! the one source for the host, the demo and the browser tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
struct Netlify {
    #[serde(default)]
    headers: Vec<Rule>,
}

/// Headers for the addresses that a pattern fits: `*` stands for any run of
/// characters, at most once, as in Netlify's own files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(rename = "for")]
    pattern: String,
    values: BTreeMap<String, String>,
}

/// All rules, in the order of the file.
#[derive(Debug)]
pub(crate) struct Headers(Vec<Rule>);

impl Headers {
    /// Reads `netlify.toml`.
    ///
    /// # Errors
    /// The file cannot be read, is no TOML, has no header rule, or has one
    /// with a pattern that this reader does not know.
    pub(crate) fn read(path: &Path) -> Result<Headers> {
        let text = fs::read_to_string(path)
            .with_context(|| format!("{}: cannot be read", path.display()))?;
        Headers::parse(&text).with_context(|| format!("{}: cannot be used", path.display()))
    }

    fn parse(text: &str) -> Result<Headers> {
        let Netlify { headers } = toml::from_str(text)?;
        if headers.is_empty() {
            bail!("expected [[headers]] tables: without them nothing is promised");
        }
        for Rule { pattern, .. } in &headers {
            let known = pattern.starts_with('/')
                && pattern.matches('*').count() <= 1
                && !pattern.contains("/:");
            if !known {
                bail!("`for = \"{pattern}\"`: expected a path from the root with at most one `*`");
            }
        }
        Ok(Headers(headers))
    }

    /// The headers for an address, sorted by name; where rules name the same
    /// header, the later one holds.
    pub(crate) fn of(&self, address: &str) -> BTreeMap<&str, &str> {
        self.0
            .iter()
            .filter(|rule| fits(&rule.pattern, address))
            .flat_map(|rule| &rule.values)
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

fn fits(pattern: &str, address: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == address,
        Some((before, after)) => {
            address.len() >= before.len() + after.len()
                && address.starts_with(before)
                && address.ends_with(after)
        }
    }
}

#[cfg(test)]
mod tests {
    //! 1. A pattern without `*` fits its own address only.
    //! 2. `*` stands for any run, in the middle too, and never overlaps.
    //! 3. Of two rules the later one holds; other headers add up.
    //! 4. What cannot be understood is refused with the pattern's name.
    //! 5. The project's own file has the policy of the strict build everywhere
    //!    and lets only hashed names be kept.
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: &str) {
        let rules = "
            [[headers]]\nfor = '/*'\nvalues = { A = 'all', B = 'all' }
            [[headers]]\nfor = '/x/w.*.js'\nvalues = { B = 'hashed' }
            [[headers]]\nfor = '/x/one.js'\nvalues = { B = 'one', C = 'one' }";
        let headers = Headers::parse(rules).unwrap();
        let got: Vec<String> =
            headers.of(address).iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(got.join(" "), expected, "{address}");
    }

    #[test]
    fn rules_apply_in_order() {
        check("/", "A=all B=all");
        check("/x/w.12ab.js", "A=all B=hashed");
        check("/x/w.js", "A=all B=all");
        check("/x/one.js", "A=all B=one C=one");
        check("/x/one.js.map", "A=all B=all");
    }

    #[test]
    fn unknown_forms_are_refused() {
        for (bad, expected) in [
            ("[build]", "expected [[headers]]"),
            ("[[headers]]\nfor = '/a/*/b/*'\nvalues = {}", "`for = \"/a/*/b/*\"`"),
            ("[[headers]]\nfor = '/:name'\nvalues = {}", "`for = \"/:name\"`"),
        ] {
            let error = Headers::parse(bad).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn our_own_rules_are_strict() {
        let headers = Headers::read(&crate::place::root().join("netlify.toml")).unwrap();
        for address in ["/", "/ask/", "/doorstep/loader.js", "/no/such/page"] {
            let policy = headers.of(address)["Content-Security-Policy"];
            for part in [
                "default-src 'none'",
                "connect-src 'none'",
                "script-src 'self' 'wasm-unsafe-eval'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'",
            ] {
                assert!(policy.split("; ").any(|one| one == part), "{address}: {part}");
            }
            assert!(!policy.contains("unsafe-inline"));
        }
        let kept = |address| headers.of(address).get("Cache-Control").copied().unwrap_or_default();
        assert!(kept("/doorstep/widget.0123456789abcdef.js").contains("immutable"));
        assert!(kept("/doorstep/index.en.0123456789abcdef.js").contains("immutable"));
        assert!(!kept("/doorstep/loader.js").contains("immutable"));
        assert!(!kept("/doorstep/manifest.js").contains("immutable"));
        assert!(!kept("/").contains("immutable"));
    }
}
