//! How many slips of the finger part two words.

/// Edits (insert, delete, replace a letter, swap two neighbours) that turn
/// `a` into `b`, if at most `limit`; `None` if more.
///
/// Optimal string alignment: Damerau 1964, doi:10.1145/363958.363994 (no
/// letter is edited twice). Time: length of `a` times `2 * limit + 1` (Ukkonen
/// 1985, doi:10.1016/S0019-9958(85)80046-2: cells further from the diagonal
/// than the limit cannot come back).
pub fn edit_distance(a: &str, b: &str, limit: u8) -> Option<u8> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let limit = usize::from(limit);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let width = b.len() + 1;
    let mut before = vec![far; width];
    let mut last: Vec<usize> = (0..width).map(|j| j.min(far)).collect();
    let mut row = vec![far; width];
    for i in 1..=a.len() {
        let (from, to) = (i.saturating_sub(limit), (i + limit).min(b.len()));
        row.fill(far);
        if from == 0 {
            row[0] = i.min(far);
        }
        let mut best = row[0];
        for j in from.max(1)..=to {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut cost = (last[j - 1] + same).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            row[j] = cost.min(far);
            best = best.min(row[j]);
        }
        if best > limit {
            return None;
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    (last[b.len()] <= limit).then_some(last[b.len()] as u8)
}

#[cfg(test)]
mod tests {
    //! 1. known distances, a swap being one;
    //! 2. equal to the plain full-table algorithm within the limit, for any
    //!    words;
    //! 3. symmetric.

    use super::*;
    use proptest::prelude::*;

    fn check(a: &str, b: &str, expected: Option<u8>) {
        assert_eq!(edit_distance(a, b, 2), expected, "{a} {b}");
    }

    #[test]
    fn known_distances() {
        check("recycling", "recylcing", Some(1));
        check("council", "counsil", Some(1));
        check("bin", "bin", Some(0));
        check("", "ab", Some(2));
        check("planning", "planing", Some(1));
        check("library", "bus", None);
    }

    fn full_table(a: &str, b: &str) -> usize {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut cost =
                        (d[i - 1][j - 1] + same).min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cost = cost.min(d[i - 2][j - 2] + 1);
                    }
                    cost
                };
            }
        }
        d[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn equals_the_full_table(a in "[abcé]{0,7}", b in "[abcé]{0,7}", limit in 0u8..4) {
            let full = full_table(&a, &b);
            let expected = (full <= usize::from(limit)).then_some(full as u8);
            prop_assert_eq!(edit_distance(&a, &b, limit), expected);
            prop_assert_eq!(edit_distance(&b, &a, limit), expected);
        }
    }
}
