//! Where links lead: resolved against their page, shortened on the council's
//! own site, dropped where they lead nowhere.

use std::sync::LazyLock;

use doorstep_index::Link;
use regex::Regex;
use url::Url;

use super::pattern;

static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?xi) \[ (?P<words> [^\[\]\n]{1,200} ) \] \( (?P<target> [^()\s]{1,500} ) \)
          | (?P<url> \b (?: https?:// | www\. ) [^\s<>\[\]“”]+ )
          | (?P<mail> [a-z0-9._%+-]+ @ [a-z0-9-]+ (?: \. [a-z0-9-]+ )+ )",
    )
});

/// The address to keep for `href` on the page at `base`: absolute `http:` and
/// `https:`, `mailto:`, `tel:` and `sms:`; on the site at `site` without its
/// origin. `None` for what cannot be followed from elsewhere (`javascript:`,
/// `data:`, an ellipsis at the end, nothing at all).
pub(crate) fn resolve(href: &str, base: Option<&Url>, site: Option<&Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || is_truncated(href) {
        return None;
    }
    let url = match base {
        Some(base) => base.join(href).ok()?,
        None => match Url::parse(href) {
            Ok(url) => url,
            Err(_) if href.starts_with('/') => return Some(href.to_owned()),
            Err(_) => return None,
        },
    };
    match url.scheme() {
        "http" | "https" => Some(shorten(&url, site)),
        "mailto" | "tel" | "sms" => Some(url.into()),
        _ => None,
    }
}

/// The address from the site's root if it is on the site, else the whole.
pub(crate) fn shorten(url: &Url, site: Option<&Url>) -> String {
    match site {
        Some(site) if url.origin() == site.origin() => url[url::Position::BeforePath..].to_owned(),
        _ => url.as_str().to_owned(),
    }
}

/// Whether an address was cut by the site that shows it (with dots at its end).
pub(crate) fn is_truncated(address: &str) -> bool {
    let end = address.trim_end_matches(['.', ',', ')', ';']);
    address.ends_with("...") || address.ends_with('…') || end.ends_with('…')
}

/// The text with Markdown links replaced by their words, and the links in it:
/// those, bare addresses and e-mail addresses. Truncated addresses are left in
/// the text and are no links.
pub(crate) fn find(text: &str, base: Option<&Url>, site: Option<&Url>) -> (String, Vec<Link>) {
    let mut out = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut done = 0;
    for captures in BARE.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        out.push_str(&text[done..whole.start()]);
        done = whole.end();
        if let (Some(words), Some(target)) = (captures.name("words"), captures.name("target")) {
            if let Some(url) = resolve(target.as_str(), base, site) {
                links.push(Link { text: words.as_str().trim().to_owned(), url });
            }
            out.push_str(words.as_str());
        } else if let Some(url) = captures.name("url") {
            let address = url.as_str();
            let kept = address.trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '\'', '"']);
            let full =
                if kept.starts_with("www.") { format!("https://{kept}") } else { kept.to_owned() };
            if !is_truncated(address)
                && let Some(to) = resolve(&full, base, site)
            {
                links.push(Link { text: kept.to_owned(), url: to });
            }
            out.push_str(address);
        } else {
            let mail = whole.as_str();
            links.push(Link { text: mail.to_owned(), url: format!("mailto:{mail}") });
            out.push_str(mail);
        }
    }
    out.push_str(&text[done..]);
    (out, links)
}

#[cfg(test)]
mod tests {
    //! 1. links are resolved as browsers do and shortened on the own site;
    //! 2. links that lead nowhere are dropped;
    //! 3. bare addresses, e-mail addresses and Markdown links in text are found.

    use super::*;

    fn check(href: &str, expected: Option<&str>) {
        let site = Url::parse("https://www.larkmere.example/").unwrap();
        let base = site.join("/bins/blue/").unwrap();
        assert_eq!(resolve(href, Some(&base), Some(&site)).as_deref(), expected, "{href}");
    }

    #[test]
    fn resolves() {
        check("../brown/?a=1#b", Some("/bins/brown/?a=1#b"));
        check("https://www.larkmere.example/x", Some("/x"));
        check("//other.example/y", Some("https://other.example/y"));
        check("#part", Some("/bins/blue/#part"));
        check("mailto:bins@larkmere.example", Some("mailto:bins@larkmere.example"));
        check("tel:+441632960100", Some("tel:+441632960100"));
        check("javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("https://a.example/do-it-onl...", None);
        check("  ", None);
    }

    #[test]
    fn finds_in_text() {
        let (text, links) =
            find("See [our page](/a), www.b.example/c. or ask@c.example, https://d...", None, None);
        assert_eq!(text, "See our page, www.b.example/c. or ask@c.example, https://d...");
        let got: Vec<_> = links.iter().map(|l| (l.text.as_str(), l.url.as_str())).collect();
        assert_eq!(
            got,
            [
                ("our page", "/a"),
                ("www.b.example/c", "https://www.b.example/c"),
                ("ask@c.example", "mailto:ask@c.example"),
            ]
        );
    }
}
