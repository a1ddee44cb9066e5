//! Numbers that look like chance and are the same every time, and what typing
//! in a hurry does to words.

/// `SplitMix64` (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195): good
/// enough for tests, and a few lines.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The same seed, the same numbers.
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, 0 if that is 0; each as likely as any other.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % (end.max(1) as u64)) as usize
    }

    /// One of `all`.
    ///
    /// # Panics
    /// There is none.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Letters from which on a word is disturbed: shorter ones become other words.
const LONG: usize = 5;

/// The text with one slip in each word of five letters or more: a letter left
/// out, put in, replaced, or swapped with the next, anywhere, each as likely.
pub fn disturbed(text: &str, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut word: Vec<char> = Vec::new();
    for c in text.chars().chain(['\n']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        if word.len() >= LONG {
            slip(&mut word, chance);
        }
        out.extend(word.drain(..));
        out.push(c);
    }
    out.pop();
    out
}

fn slip(word: &mut Vec<char>, chance: &mut Chance) {
    let at = chance.below(word.len());
    let mut letter = char::from(b'a' + chance.below(26) as u8);
    match chance.below(4) {
        0 => {
            word.remove(at);
        }
        1 => word.insert(chance.below(word.len() + 1), letter),
        2 => {
            if letter == word[at] {
                letter = if letter == 'z' { 'a' } else { (letter as u8 + 1) as char };
            }
            word[at] = letter;
        }
        _ => {
            // Equal neighbours swapped are no slip; a word of one letter again
            // and again has no others, and stays.
            let places: Vec<usize> = (1..word.len()).filter(|&i| word[i] != word[i - 1]).collect();
            if !places.is_empty() {
                let at = *chance.one(&places);
                word.swap(at - 1, at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! 1. the same seed gives the same slips, another seed others;
    //! 2. each long word differs by one slip, all else stays.
    use super::*;

    #[test]
    fn is_the_same_every_time() {
        let text = "When is recycling collected in the village?";
        let with = |seed| disturbed(text, &mut Chance::new(seed));
        assert_eq!(with(1), with(1));
        assert_ne!(with(1), with(2));
    }

    fn check(text: &str) {
        for seed in 0..200 {
            let out = disturbed(text, &mut Chance::new(seed));
            let (before, after): (Vec<_>, Vec<_>) =
                (text.split(' ').collect(), out.split(' ').collect());
            assert_eq!(before.len(), after.len(), "{out}");
            for (before, after) in before.into_iter().zip(after) {
                let edits = doorstep_text::edit_distance(before, after, 9);
                let long = before.chars().filter(|c| c.is_alphabetic()).count() >= LONG;
                assert_eq!(edits, Some(u8::from(long)), "{before} {after}");
            }
        }
    }

    #[test]
    fn each_long_word_has_one_slip() {
        check("Can I pay (online) for council tax, please?");
        check("été garden w4ste");
    }
}
