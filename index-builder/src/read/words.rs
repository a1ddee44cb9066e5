//! Text inside a block: white space collapsed as a browser shows it, and the
//! words of each link remembered.

use doorstep_index::Link;

/// Text being collected, with its links.
#[derive(Debug, Default)]
pub(crate) struct Words {
    text: String,
    links: Vec<Link>,
    open: Option<(usize, String)>,
    space: bool,
}

impl Words {
    /// Adds text; runs of white space become one space, characters that
    /// nobody sees (soft hyphens, zero-width ones, controls) go.
    pub(crate) fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !is_unseen(c) {
                if self.space && !self.text.is_empty() {
                    self.text.push(' ');
                }
                self.space = false;
                self.text.push(c);
            }
        }
    }

    /// Adds a separator unless nothing stands before it.
    pub(crate) fn separate(&mut self, separator: &str) {
        if !self.text.is_empty() && !self.text.ends_with(separator.trim_end()) {
            self.text.push_str(separator.trim_end());
        }
        self.space = true;
    }

    /// Starts a link; what follows until [`Words::close_link`] are its words.
    pub(crate) fn open_link(&mut self, url: String) {
        self.close_link();
        self.open = Some((self.text.len(), url));
    }

    /// Ends the link, if one is open; a link without words is none.
    pub(crate) fn close_link(&mut self) {
        if let Some((start, url)) = self.open.take() {
            let words = self.text.get(start..).unwrap_or("").trim();
            if !words.is_empty() {
                self.links.push(Link { text: words.to_owned(), url });
            }
        }
    }

    /// Whether nothing was collected.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Hands over what was collected and starts anew; an open link goes on.
    pub(crate) fn take(&mut self) -> (String, Vec<Link>) {
        let going_on = self.open.as_ref().map(|(_, url)| url.clone());
        self.close_link();
        self.open = going_on.map(|url| (0, url));
        self.space = false;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        (text, std::mem::take(&mut self.links))
    }
}

/// Text with white space collapsed and unseen characters gone.
pub(crate) fn collapse(text: &str) -> String {
    let mut words = Words::default();
    words.push(text);
    words.take().0
}

/// Lower-case letters and digits with single spaces: to compare texts by what
/// they say.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            key.extend(c.to_lowercase());
        } else if !key.ends_with(' ') && !key.is_empty() {
            key.push(' ');
        }
    }
    key.truncate(key.trim_end().len());
    key
}

fn is_unseen(c: char) -> bool {
    // Soft hyphen, zero-width characters, direction marks, byte order mark,
    // and the replacement character of a decoder.
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fffd}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    //! 1. white space collapses, unseen characters go;
    //! 2. a link's words stand in the text as they are;
    //! 3. a link that crosses blocks has its words in each.

    use super::*;

    fn check(parts: &[&str], text: &str, links: &[&str]) {
        let mut words = Words::default();
        for part in parts {
            match *part {
                "<a>" => words.open_link("/x".into()),
                "</a>" => words.close_link(),
                text => words.push(text),
            }
        }
        let (got, got_links) = words.take();
        assert_eq!(got, text);
        assert_eq!(got_links.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), links);
        assert!(got_links.iter().all(|l| got.contains(&l.text)));
    }

    #[test]
    fn collapses_and_links() {
        check(&["  one \u{a0}\n two\u{ad}fold "], "one twofold", &[]);
        check(&["see ", "<a>", " our\n page ", "</a>", "."], "see our page .", &["our page"]);
        check(&["<a>", " ", "</a>", "text"], "text", &[]);
    }

    #[test]
    fn links_cross_blocks() {
        let mut words = Words::default();
        words.open_link("/x".into());
        words.push("first");
        assert_eq!(words.take().1.len(), 1);
        words.push("second");
        words.close_link();
        let (text, links) = words.take();
        assert_eq!((text.as_str(), links[0].text.as_str()), ("second", "second"));
    }
}
