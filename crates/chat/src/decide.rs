//! What a ranking is worth: an answer, a choice between few, or nothing.

use std::cmp::Reverse;

use doorstep_index::{Link, Page};
use doorstep_search::{Hit, Ranking};

use crate::reply::Choice;
use crate::retrieve::Retrieve;

/// Support from which the first passage is offered as the answer. Set where
/// at most three in a hundred questions that are no council's get an answer.
pub(crate) const ANSWER: f32 = 0.64;
/// Support from which a near tie is no doubt any more.
pub(crate) const CERTAIN: f32 = 0.73;
/// Share of the best's support from which another topic is tied with it.
pub(crate) const TIED: f32 = 0.8;
/// Support from which tied passages are worth a question back.
pub(crate) const MAYBE: f32 = 0.28;
/// Probability from which the first passage, if it is not offered as the
/// answer, is shown as the nearest that was found: of the project's own
/// questions it then is right three times in four.
pub(crate) const SHOWN: f32 = 0.55;
/// Probability from which a page is listed as one that might help. Low: a page
/// that is labelled so does no harm, and often is the one.
pub(crate) const NEAR: f32 = 0.02;
/// Worth from which the service that owns a page is the one to ask.
pub(crate) const LIKELY: f32 = 0.25;
/// Choices at least and at most: one is no choice, more than four are a menu.
pub(crate) const CHOICES: std::ops::RangeInclusive<usize> = 2..=4;

/// What to do with a ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The first hit answers.
    Answer,
    /// These hits (numbers in the ranking) are tied and differ in topic.
    Tied(Vec<usize>),
    /// Nothing is sure.
    Nothing,
}

/// The verdict on `hits`, best first; a tie counts only if `may_ask` back.
pub(crate) fn verdict<R: Retrieve>(site: &R, hits: &[Hit], may_ask: bool) -> Verdict {
    let best = support(site, hits, 0);
    if best >= CERTAIN {
        return Verdict::Answer;
    }
    if may_ask && best >= MAYBE {
        let tied = tied(site, hits, best * TIED);
        if CHOICES.contains(&tied.len()) {
            return Verdict::Tied(tied);
        }
    }
    if best >= ANSWER { Verdict::Answer } else { Verdict::Nothing }
}

/// Worth of all pages on the topic of hit number `at` together, as if they were
/// independent: a site with several pages on a topic shares it out among them,
/// and one page that matches a stray word stands alone. The sections of a page
/// are not independent; its best one counts.
pub(crate) fn support<R: Retrieve>(site: &R, hits: &[Hit], at: usize) -> f32 {
    let Some(of) = hits.get(at) else { return 0.0 };
    let doubt = |(at, hit): (usize, &Hit)| {
        let better = |(n, other): (usize, &Hit)| {
            site.page_of(other.record) == site.page_of(hit.record)
                && other.worth.total_cmp(&hit.worth).then(at.cmp(&n)).is_gt()
        };
        let best = !hits.iter().enumerate().any(better);
        if best && same_topic(site, of.record, hit.record) { 1.0 - hit.worth } else { 1.0 }
    };
    1.0 - hits.iter().enumerate().map(doubt).product::<f32>()
}

/// The first hit of each topic whose support is not below `least`.
fn tied<R: Retrieve>(site: &R, hits: &[Hit], least: f32) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for (at, hit) in hits.iter().enumerate() {
        let differs = |&other: &usize| !same_topic(site, hit.record, hits[other].record);
        if out.iter().all(differs) && support(site, hits, at) >= least {
            out.push(at);
        }
    }
    out
}

/// Whether two records are about the same thing: of one page, or of pages
/// with the same main topic or title.
fn same_topic<R: Retrieve>(site: &R, a: u32, b: u32) -> bool {
    let (a, b) = (site.page_of(a) as usize, site.page_of(b) as usize);
    if a == b {
        return true;
    }
    let pages = site.pages();
    match (pages.get(a), pages.get(b)) {
        (Some(a), Some(b)) => {
            a.title == b.title || (!a.topics.is_empty() && a.topics.first() == b.topics.first())
        }
        _ => false,
    }
}

/// Words of a list of links for each word that leads somewhere, at most: with
/// more it says something itself.
const TOLD: usize = 5;

/// Share of the first's worth from which a page below it is what was meant: of
/// the project's own questions to which this applies the page below answers
/// three times as many.
const BELOW: f32 = 0.3;

/// Puts a record behind the first of the others to whose page it links, if it
/// only lists links, or to whose page its own links, if that is the main page
/// of the other's folder: a resident wants the page, not the signpost.
pub(crate) fn signposts_last<R: Retrieve>(site: &R, ranking: &mut Ranking) {
    let Some(first) = ranking.hits.first().copied() else { return };
    let pages = site.pages();
    let url = |hit: &Hit| pages.get(site.page_of(hit.record) as usize).map_or("", |p| &p.url);
    let leads_to = |links: &[Link], hit: &Hit| {
        links.iter().any(|link| link.url.split('#').next() == Some(url(hit)))
    };
    let record = site.record(first.record);
    let words = |text: &str| doorstep_text::words(text).count();
    let linked: usize = record.links.iter().map(|l| words(&l.text)).sum();
    let lists = record.links.len() >= 3 && TOLD * linked >= words(&record.text);
    let page = site.page_of(first.record);
    let of_page = (0..site.record_count()).filter(|&r| site.page_of(r) == page);
    let links: Vec<Link> = of_page.flat_map(|r| site.record(r).links).collect();
    let below = |hit: &Hit| {
        let rest = url(hit).strip_prefix(url(&first)).unwrap_or_default();
        !rest.is_empty() && hit.worth >= BELOW * first.worth && leads_to(&links, hit)
    };
    let better = |hit: &Hit| (lists && leads_to(&record.links, hit)) || below(hit);
    let better = ranking.hits.iter().skip(1).position(better);
    if let Some(at) = better {
        // The page's own confidence stays with it; the signpost keeps its own.
        ranking.hits[..=at + 1].rotate_right(1);
    }
}

/// The choice that leads to the page of `record`.
pub(crate) fn choice<R: Retrieve>(site: &R, record: u32) -> Choice {
    choice_of_page(site, site.page_of(record) as usize)
}

fn choice_of_page<R: Retrieve>(site: &R, page: usize) -> Choice {
    site.pages().get(page).map_or_else(Choice::default, |page| Choice {
        text: page.title.clone(),
        topics: page.topics.clone(),
        url: page.url.clone(),
    })
}

/// The choices that lead to the main page of each of `topics` that the site
/// has.
pub(crate) fn choices_of_topics<R: Retrieve>(site: &R, topics: &[String]) -> Vec<Choice> {
    topics
        .iter()
        .filter_map(|topic| main_page(site, topic))
        .map(|page| choice_of_page(site, page))
        .take(*CHOICES.end())
        .collect()
}

/// The page that a topic is mainly about: of those that have it first, the one
/// with fewest others, then the one with the plainest title, then the one to
/// which most of the topic's pages lead.
pub(crate) fn main_page<R: Retrieve>(site: &R, topic: &str) -> Option<usize> {
    let pages = site.pages();
    let has = |page: &Page| page.topics.iter().any(|t| t == topic);
    // Of each page of the topic, what its sections lead to.
    let mut leads: Vec<Vec<Link>> = pages.iter().map(|_| Vec::new()).collect();
    for record in 0..site.record_count() {
        let page = site.page_of(record) as usize;
        if pages.get(page).is_some_and(has) {
            leads[page].append(&mut site.record(record).links);
        }
    }
    let plain = |(at, page): &(usize, &Page)| {
        let main = page.topics.first().is_some_and(|t| t == topic);
        let here = |link: &Link| link.url.split('#').next() == Some(&page.url);
        let from = |&(other, links): &(usize, &Vec<Link>)| other != *at && links.iter().any(here);
        let led = leads.iter().enumerate().filter(from).count();
        (!main, page.topics.len(), doorstep_text::words(&page.title).count(), Reverse(led))
    };
    let pages = pages.iter().enumerate();
    pages.filter(|(_, page)| has(page)).min_by_key(plain).map(|(at, _)| at)
}

/// The hits to list as pages that might help: the best of each page.
pub(crate) fn nearest<'h, R: Retrieve>(site: &R, hits: &'h [Hit], most: usize) -> Vec<&'h Hit> {
    let mut out: Vec<&Hit> = Vec::new();
    for hit in hits.iter().filter(|h| h.confidence >= NEAR) {
        if out.iter().all(|o| site.page_of(o.record) != site.page_of(hit.record)) {
            out.push(hit);
        }
    }
    out.truncate(most);
    out
}

#[cfg(test)]
mod tests {
    //! 1. a page counts once for its topic, as its best section does;
    //! 2. pages of one topic add up, those of others do not count;
    //! 3. the main page of a folder stands behind the first of its pages to
    //!    which it links, unless that is worth much less.

    use doorstep_index::Record;
    use doorstep_search::Query;

    use super::*;

    /// Of each record, its page; the pages; what every record links to.
    #[derive(Default)]
    struct Site {
        page_of: Vec<u32>,
        pages: Vec<Page>,
        links: Vec<Link>,
    }

    impl Retrieve for Site {
        fn search(&self, _: &Query<'_>) -> Ranking {
            Ranking::default()
        }
        fn explain(&self, _: &Query<'_>, _: u32) -> Vec<String> {
            Vec::new()
        }
        fn has(&self, _: &str) -> bool {
            false
        }
        fn pages(&self) -> &[Page] {
            &self.pages
        }
        fn record_count(&self) -> u32 {
            self.page_of.len() as u32
        }
        fn record(&self, _: u32) -> Record {
            let text = "a section that says something of its own".to_owned();
            Record { text, links: self.links.clone(), ..Record::default() }
        }
        fn page_of(&self, record: u32) -> u32 {
            self.page_of[record as usize]
        }
    }

    fn hits_worth(worths: impl Iterator<Item = f32>) -> Vec<Hit> {
        let hit = |(record, worth)| Hit { record, score: 0.0, confidence: worth, worth };
        (0..).zip(worths).map(hit).collect()
    }

    /// `hits`: page, its topic and the worth of one of its sections, each.
    fn check(hits: &[(u32, &str, f32)], expected: f32) {
        let mut pages = vec![Page::default(); 4];
        for (page, topic, _) in hits {
            pages[*page as usize].title = page.to_string();
            pages[*page as usize].topics = vec![(*topic).to_owned()];
        }
        let page_of = hits.iter().map(|(page, ..)| *page).collect();
        let site = Site { page_of, pages, ..Site::default() };
        let hits = hits_worth(hits.iter().map(|(_, _, worth)| *worth));
        let got = support(&site, &hits, 0);
        assert!((got - expected).abs() < 1e-6, "{hits:?}: {got}, expected {expected}");
    }

    #[test]
    fn support_of_the_first_hit() {
        check(&[(0, "bins", 0.5)], 0.5);
        check(&[(0, "bins", 0.5), (0, "bins", 0.6), (0, "bins", 0.6)], 0.6);
        check(&[(0, "bins", 0.5), (1, "bins", 0.5), (1, "bins", 0.2)], 0.75);
        check(&[(0, "bins", 0.5), (1, "tax", 0.9)], 0.5);
    }
    /// `hits`: address and worth of a page each; `link` is on all of them;
    /// `expected` leads.
    fn check_lead(hits: &[(&str, f32)], link: &str, expected: &str) {
        let page = |url: &str| Page { url: url.to_owned(), ..Page::default() };
        let site = Site {
            page_of: (0..hits.len() as u32).collect(),
            pages: hits.iter().map(|(url, _)| page(url)).collect(),
            links: vec![Link { text: "more".to_owned(), url: link.to_owned() }],
        };
        let hits = hits_worth(hits.iter().map(|(_, worth)| *worth));
        let mut ranking = Ranking { hits, ..Ranking::default() };
        signposts_last(&site, &mut ranking);
        assert_eq!(site.pages[ranking.hits[0].record as usize].url, expected);
    }

    #[test]
    fn main_pages_lead_to_their_pages() {
        check_lead(&[("/tax/", 0.6), ("/tax/pay/", 0.3)], "/tax/pay/#how", "/tax/pay/");
        check_lead(
            &[("/tax/", 0.6), ("/bins/", 0.5), ("/tax/pay/", 0.3)],
            "/tax/pay/",
            "/tax/pay/",
        );
        check_lead(&[("/tax/", 0.6), ("/tax/pay/", 0.1)], "/tax/pay/", "/tax/");
        check_lead(&[("/tax/", 0.6), ("/tax/pay/", 0.3)], "/tax/bands/", "/tax/");
        check_lead(&[("/tax/", 0.6), ("/bins/", 0.5)], "/bins/", "/tax/");
        check_lead(&[("/tax/pay/", 0.6), ("/tax/", 0.5)], "/tax/", "/tax/pay/");
    }
}
