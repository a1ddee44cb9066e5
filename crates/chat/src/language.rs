//! Which language a question is in: by its script, else by its function words
//! and letters.

use doorstep_text::is_stop;

use crate::data::Language;
use crate::tokens::Token;

/// The language of the question, `None` for the site's own or one that the
/// data does not know. `on_site` tells the words that the site's pages have.
///
/// A foreign language must show two of its own function words or letters (one
/// is enough in a question of three words), and more of them than there are
/// other words that are English or the site's; in a short question none of
/// these may stand.
pub(crate) fn detect<'a>(
    languages: &'a [Language],
    text: &str,
    words: &[Token],
    on_site: &dyn Fn(&str) -> bool,
) -> Option<&'a Language> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let foreign = |c: &char| c.is_alphabetic() && !is_latin(*c);
    if letters > 0 && 2 * text.chars().filter(foreign).count() > letters {
        return by_script(languages, text);
    }
    let mut best: Option<(usize, &Language)> = None;
    for language in languages.iter().filter(|l| l.script.is_none()) {
        let score = words.iter().filter(|w| is_of(language, text, w)).count();
        if score > best.map_or(0, |(most, _)| most) {
            best = Some((score, language));
        }
    }
    let (score, language) = best?;
    let own = |w: &&Token| is_stop(&w.folded) || on_site(&w.folded);
    let own = words.iter().filter(|w| !is_of(language, text, w)).filter(own).count();
    let enough = score >= 2 || words.len() <= 3 && own == 0;
    (enough && score > own).then_some(language)
}

/// Whether it is a function word of the language, or has a letter of its own.
fn is_of(language: &Language, text: &str, word: &Token) -> bool {
    let typed = text.get(word.start..word.end).unwrap_or("");
    language.words.split_ascii_whitespace().any(|f| f == word.folded)
        || typed.chars().any(|c| language.letters.contains(c))
}

/// The language whose script has most of the letters; among languages of one
/// script, the one whose own letters stand there.
fn by_script<'a>(languages: &'a [Language], text: &str) -> Option<&'a Language> {
    let mut best: Option<(usize, &Language)> = None;
    for language in languages {
        let Some((first, last)) = language.script else { continue };
        let within = text.chars().filter(|&c| (first..=last).contains(&u32::from(c))).count();
        if within == 0 {
            continue;
        }
        let own = text.chars().filter(|&c| language.letters.contains(c)).count();
        let score = within + 2 * own;
        if score > best.map_or(0, |(most, _)| most) {
            best = Some((score, language));
        }
    }
    best.map(|(_, language)| language)
}

fn is_latin(c: char) -> bool {
    matches!(u32::from(c), 0..=0x24f | 0x1e00..=0x1eff)
}

/// The site's words for those of the question's that the language's glossary
/// has; empty if it has none.
pub(crate) fn translated(language: &Language, words: &[Token]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < words.len() {
        // The longest entry that begins here.
        let found = language
            .glossary
            .iter()
            .filter(|(from, _)| {
                from.split(' ')
                    .enumerate()
                    .all(|(i, w)| words.get(at + i).is_some_and(|t| t.folded == w))
            })
            .max_by_key(|(from, _)| from.split(' ').count());
        match found {
            Some((from, to)) => {
                out.push_str(to);
                out.push(' ');
                at += from.split(' ').count();
            }
            None => at += 1,
        }
    }
    out.truncate(out.trim_end().len());
    out
}
