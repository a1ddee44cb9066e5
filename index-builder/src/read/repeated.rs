//! Lines that stand on most pages of a site are the site's, not the page's,
//! though no element says so.

use std::collections::{HashMap, HashSet};

use super::blocks::{Block, Kind};
use super::words::key;

/// On fewer pages nothing can be told from repetition.
const FEWEST_PAGES: usize = 5;

/// Takes lines out that stand on more than half of the pages. Rows of tables
/// and lines of less than 8 characters ("Contact") are left.
pub(crate) fn drop_repeated<'a>(pages: impl IntoIterator<Item = &'a mut Vec<Block>>) {
    let mut pages: Vec<&mut Vec<Block>> = pages.into_iter().collect();
    if pages.len() < FEWEST_PAGES {
        return;
    }
    let counted = |block: &Block| {
        !matches!(block.kind, Kind::Row | Kind::End(_)) && block.text.chars().count() >= 8
    };
    let mut on: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let lines: HashSet<String> =
            page.iter().filter(|b| counted(b)).map(|b| key(&b.text)).collect();
        for line in lines {
            *on.entry(line).or_default() += 1;
        }
    }
    let most = pages.len() / 2;
    for page in &mut pages {
        page.retain(|b| !counted(b) || on.get(&key(&b.text)).is_none_or(|count| *count <= most));
    }
}

#[cfg(test)]
mod tests {
    //! 1. what most pages repeat goes, what some share stays;
    //! 2. few pages, rows and short lines are left alone.

    use super::*;

    fn check(pages: &[&[&str]], expected: &[&[&str]]) {
        let mut blocks: Vec<Vec<Block>> = pages
            .iter()
            .map(|page| page.iter().map(|text| Block::new(Kind::Para, *text)).collect())
            .collect();
        drop_repeated(&mut blocks);
        let got: Vec<Vec<&str>> =
            blocks.iter().map(|page| page.iter().map(|b| b.text.as_str()).collect()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn drops_lines_of_the_site() {
        check(
            &[
                &["Sign up to our news!", "One", "Pay here"],
                &["Sign up to our news", "Two", "Pay here"],
                &["sign up to our news", "Three"],
                &["Sign up to our news", "Four"],
                &["Five"],
            ],
            &[&["One", "Pay here"], &["Two", "Pay here"], &["Three"], &["Four"], &["Five"]],
        );
        let few: [&[&str]; 4] = [&["Sign up to our news"]; 4];
        check(&few, &few);
        let short: [&[&str]; 6] = [&["Contact"]; 6];
        check(&short, &short);
    }
}
