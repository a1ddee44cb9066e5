//! Terms: what words share that mean the same to a search, their stem.

use doorstep_text::stem;

use crate::vocabulary::{NO_WORD, Strings};

/// The terms of a site, numbered as their first words stand.
pub(crate) struct Terms {
    /// Of each folded word, its term.
    of_word: Vec<u32>,
    stems: Strings,
    /// A hash table with open addressing of terms, or [`NO_WORD`] where none
    /// is; its size is a power of two. The standard library's is several times
    /// as much code and time: it guards against chosen keys, and these are the
    /// site's own.
    table: Vec<u32>,
}

impl Terms {
    /// The terms of folded words.
    pub(crate) fn new(words: &Strings) -> Terms {
        let size = (2 * words.len()).next_power_of_two();
        let mut terms = Terms {
            of_word: Vec::with_capacity(words.len()),
            stems: Strings::default(),
            table: vec![NO_WORD; size],
        };
        for word in 0..words.len() {
            terms.add(words.get(word));
        }
        terms
    }

    /// A function of its own, so that a browser's fast code for it is run as
    /// soon as it is made.
    #[inline(never)]
    fn add(&mut self, word: &str) {
        let stem = stem(word);
        let place = self.place(&stem);
        if self.table[place] == NO_WORD {
            self.table[place] = self.stems.len() as u32;
            self.stems.push(&stem);
        }
        self.of_word.push(self.table[place]);
    }

    /// Where in the table a stem stands, or would.
    fn place(&self, stem: &str) -> usize {
        // FNV-1a (draft-eastlake-fnv).
        let step = |sum: u32, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let sum = stem.bytes().fold(0x811c_9dc5, step);
        let last = self.table.len() - 1;
        let mut place = (sum ^ sum >> 15) as usize & last;
        // At most half is full.
        while self.table[place] != NO_WORD && self.stems.get(self.table[place] as usize) != stem {
            place = (place + 1) & last;
        }
        place
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.stems.len()
    }

    /// Term of the folded word number `word`, if there is such a word.
    pub(crate) fn of_word(&self, word: u32) -> Option<u32> {
        self.of_word.get(word as usize).copied()
    }

    /// Term whose words have this stem, if there is one.
    pub(crate) fn of_stem(&self, stem: &str) -> Option<u32> {
        Some(self.table[self.place(stem)]).filter(|&term| term != NO_WORD)
    }
}
