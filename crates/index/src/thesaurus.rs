//! The thesaurus: what residents say, and what the site says for it.
//!
//! Of the council's groups of words the index holds what this site can use:
//! what a group is *also looked for* as stands on one of its pages, and what
//! may be *asked* leads there. Words of the site are told by their number,
//! others by their stem, so a group costs some twenty bytes.
//!
//! ```text
//! owners, how many and each              strings
//! strange words, how many and each       strings, in byte order
//! groups, how many                       number
//! owner of each, then members of each    numbers
//! of each member, what it is             a byte: words - 1, + 4 asked, + 8 sought
//! words of each member                   numbers; strange ones follow the site's
//! ```

use crate::bytes::{Reader, Writer};
use crate::container;
use crate::error::{Corrupt, OpenError};
use crate::vectors::with_section;

pub(crate) const TAG: container::Tag = *b"thes";

/// Words of a phrase at most.
pub const MOST_WORDS: usize = 3;

const ASKED: u8 = 4;
const SOUGHT: u8 = 8;

/// A word or phrase of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Number of its group.
    pub group: u32,
    /// Whether a question that says it asks for what is sought.
    pub asked: bool,
    /// Whether it is looked for; all its words are the site's then.
    pub sought: bool,
    pub(crate) words: [u32; MOST_WORDS],
    pub(crate) length: u8,
}

impl Member {
    /// Numbers of its words: of the site's folded words, or of strange ones.
    pub fn words(&self) -> &[u32] {
        &self.words[..usize::from(self.length)]
    }
}

/// The thesaurus of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thesaurus {
    pub(crate) owners: Vec<String>,
    /// Stems that the site does not have, and with `=` before them words that
    /// are only meant in this very form; in byte order.
    pub(crate) strange: Vec<String>,
    /// Owner of each group.
    pub(crate) groups: Vec<u32>,
    /// Those of one group stand together.
    pub(crate) members: Vec<Member>,
    /// How many folded words the site has.
    pub(crate) site: u32,
}

impl Thesaurus {
    /// How many groups there are.
    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Who owns group `group`; empty if there is no such group.
    pub fn owner(&self, group: u32) -> &str {
        let owner = self.groups.get(group as usize).and_then(|&o| self.owners.get(o as usize));
        owner.map_or("", String::as_str)
    }

    /// The words and phrases of all groups.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Number of a strange word: a stem that the site does not have, or `=`
    /// with a word in this very form.
    pub fn strange(&self, text: &str) -> Option<u32> {
        let at = self.strange.binary_search_by(|s| s.as_str().cmp(text)).ok()?;
        Some(self.site + at as u32)
    }

    /// Strange word number `strange`, counted from 0.
    pub(crate) fn strange_text(&self, strange: u32) -> &str {
        self.strange.get(strange as usize).map_or("", String::as_str)
    }

    /// Reads the section of an index with `site` folded words; memory stays
    /// within a small multiple of the bytes.
    pub(crate) fn read(bytes: &[u8], site: u32) -> Result<Thesaurus, Corrupt> {
        let mut r = Reader::new(bytes, "thesaurus");
        let (owners, strange) = (strings(&mut r)?, strings(&mut r)?);
        if !strange.is_sorted() {
            return Err(r.error("has its strange words out of order"));
        }
        let count = r.count()?;
        let mut groups = Vec::with_capacity(count);
        for _ in 0..count {
            let owner = r.number()?;
            if owner as usize >= owners.len() {
                return Err(r.error("names an owner that is not there"));
            }
            groups.push(owner);
        }
        let mut members = Vec::new();
        for group in 0..count as u32 {
            let more = r.count()?;
            // Each is a byte at least; many groups may each count all of them.
            if members.len() + more > bytes.len() {
                return Err(r.error("counts more than it holds"));
            }
            let words = [0; MOST_WORDS];
            let member = Member { group, asked: false, sought: false, words, length: 0 };
            members.resize(members.len() + more, member);
        }
        for member in &mut members {
            let what = r.byte()?;
            member.length = (what & 3) + 1;
            member.asked = what & ASKED > 0;
            member.sought = what & SOUGHT > 0;
            if usize::from(member.length) > MOST_WORDS || what >= 2 * SOUGHT {
                return Err(r.error("holds a phrase that is too long"));
            }
        }
        let all = u64::from(site) + strange.len() as u64;
        for member in &mut members {
            let known = if member.sought { u64::from(site) } else { all };
            for word in &mut member.words[..usize::from(member.length)] {
                *word = r.number()?;
                if u64::from(*word) >= known {
                    return Err(r.error("names a word that is not there"));
                }
            }
        }
        r.finish()?;
        Ok(Thesaurus { owners, strange, groups, members, site })
    }

    /// What [`Thesaurus::read`] reads.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut w = Writer::default();
        for list in [&self.owners, &self.strange] {
            w.number(list.len() as u32);
            for text in list {
                w.string(text);
            }
        }
        w.number(self.groups.len() as u32);
        for &owner in &self.groups {
            w.number(owner);
        }
        for group in 0..self.groups.len() as u32 {
            w.number(self.members.iter().filter(|m| m.group == group).count() as u32);
        }
        for member in &self.members {
            let flags = [(member.asked, ASKED), (member.sought, SOUGHT)];
            let what = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum::<u8>();
            w.bytes.push(member.length - 1 + what);
        }
        for &word in self.members.iter().flat_map(Member::words) {
            w.number(word);
        }
        w.bytes
    }
}

fn strings(r: &mut Reader<'_>) -> Result<Vec<String>, Corrupt> {
    let mut all = Vec::new();
    for _ in 0..r.count()? {
        all.push(r.string()?.to_owned());
    }
    Ok(all)
}

/// The index file with this thesaurus, from
/// [`choose_synonyms`](crate::choose_synonyms), as one more section.
///
/// # Errors
/// The file is no index, or becomes too large.
pub fn join_thesaurus(index: &[u8], thesaurus: Vec<u8>) -> Result<Vec<u8>, OpenError> {
    with_section(index, TAG, "thesaurus", thesaurus)
}

#[cfg(test)]
mod tests {
    //! 1. groups that each count all that follows give an error before they take
    //!    the memory of all of them.

    use super::*;

    #[test]
    fn counts_of_counts_are_no_memory() {
        const GROUPS: u32 = 50_000;
        let mut w = Writer::default();
        w.number(1);
        w.string("");
        w.number(0);
        w.number(GROUPS);
        w.bytes.resize(w.bytes.len() + GROUPS as usize, 0);
        for _ in 0..GROUPS {
            w.number(GROUPS / 2);
        }
        let error = Thesaurus::read(&w.bytes, 1).unwrap_err();
        assert_eq!(error.reason, "counts more than it holds");
    }
}
