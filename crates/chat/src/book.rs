//! The council's data, ready to be matched: every pattern compiled, every
//! contact found by owner or topic.

use std::cmp::Reverse;

use crate::data::{CardRule, Data, Role, Rule};
use crate::pattern::{PatternError, PatternId, Patterns, SetId};
use crate::reading::{Place, Reading};
use crate::signs;
use crate::tokens::Token;

/// Compiled patterns of a card or a rule.
#[derive(Debug, Default)]
struct Trigger {
    when: Vec<PatternId>,
    unless: Vec<PatternId>,
}

/// Word lists that the code itself asks for; a council edits their words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words {
    /// Words that ask about a topic and name none ("cost", "Saturday").
    pub(crate) general: SetId,
    /// Words that may stand around small talk ("please", "mate").
    pub(crate) filler: SetId,
    /// Words that are no one's name ("Council", "Badge").
    pub(crate) not_names: SetId,
}

/// The data with its patterns compiled.
#[derive(Debug, Default)]
pub(crate) struct Book {
    pub(crate) data: Data,
    pub(crate) patterns: Patterns,
    pub(crate) words: Words,
    cards: Vec<Trigger>,
    rules: Vec<Trigger>,
}

/// A pattern that does not compile, and whose it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BookError {
    /// The pattern.
    pub(crate) pattern: String,
    /// What is wrong with it.
    pub(crate) error: PatternError,
}

impl Book {
    /// Compiles all patterns of `data`. About a thousand words are stemmed:
    /// some milliseconds.
    pub(crate) fn new(data: Data) -> Result<Book, BookError> {
        let mut patterns = Patterns::new(&data.groups);
        let mut compile = |sources: &[String]| -> Result<Vec<PatternId>, BookError> {
            let one = |source: &String| {
                patterns.add(source).map_err(|error| BookError { pattern: source.clone(), error })
            };
            sources.iter().map(one).collect()
        };
        let mut cards = Vec::with_capacity(data.cards.len());
        for card in &data.cards {
            cards.push(Trigger { when: compile(&card.when)?, unless: compile(&card.unless)? });
        }
        let mut rules = Vec::with_capacity(data.rules.len());
        for rule in &data.rules {
            rules.push(Trigger { when: compile(&rule.when)?, unless: compile(&rule.unless)? });
        }
        // A list that the data does not have matches nothing.
        let mut named = |name: &str| patterns.set(name).unwrap_or(SetId::MAX);
        let words = Words {
            general: named("@general"),
            filler: named("@filler"),
            not_names: named("@not-names"),
        };
        Ok(Book { data, patterns, words, cards, rules })
    }

    /// The question's words against all patterns.
    pub(crate) fn read(&self, tokens: &[Token]) -> Reading {
        Reading::new(&self.patterns, &self.data.correct, tokens)
    }

    /// The card that the question raises: the first in the data's order that
    /// has a pattern of it, else the one for which its words speak most.
    pub(crate) fn card(&self, tokens: &[Token]) -> Option<&CardRule> {
        let mut reading = self.read(tokens);
        let mut cards = self.data.cards.iter().zip(&self.cards);
        let spelt = cards.find(|(_, trigger)| self.places(&mut reading, trigger).is_some());
        spelt.map(|(card, _)| card).or_else(|| self.signed(&mut reading, tokens))
    }

    /// The card with the highest sum of its signs, from nought on; the words of
    /// its exceptions do not count.
    fn signed(&self, reading: &mut Reading, tokens: &[Token]) -> Option<&CardRule> {
        let said = signs::said(tokens.iter());
        let sums = self.data.cards.iter().map(|card| signs::sum(&card.signs, &said));
        let mut told: Vec<(i64, usize)> = sums.zip(0..).collect();
        told.retain(|&(sum, at)| sum >= 0 && !self.data.cards[at].signs.is_empty());
        told.sort_by_key(|&(sum, at)| (Reverse(sum), at));
        let told = told.into_iter().find(|&(_, at)| {
            reading.spent.fill(false);
            reading.spend(&self.patterns, &self.cards[at].unless);
            let counts = |&(place, _): &(usize, &usize)| !reading.spent[place];
            let left = reading.token_of.iter().enumerate().filter(counts);
            let said = signs::said(left.map(|(_, &token)| &tokens[token]));
            signs::sum(&self.data.cards[at].signs, &said) >= 0
        });
        reading.spent.fill(false);
        told.map(|(_, at)| &self.data.cards[at])
    }

    /// The rules of `role` that match, with the words that each matched.
    pub(crate) fn matches(&self, reading: &mut Reading, role: Role) -> Vec<(&Rule, Vec<Place>)> {
        self.data
            .rules
            .iter()
            .zip(&self.rules)
            .filter(|(rule, _)| rule.role == role)
            .filter_map(|(rule, trigger)| Some((rule, self.places(reading, trigger)?)))
            .collect()
    }

    /// The words that any matching pattern of `rule` speaks of, wherever they
    /// stand.
    pub(crate) fn words_of_rule(&self, reading: &Reading, rule: &Rule) -> Vec<Place> {
        let at = self.data.rules.iter().position(|r| std::ptr::eq(r, rule));
        let Some(trigger) = at.and_then(|at| self.rules.get(at)) else { return Vec::new() };
        let matching =
            trigger.when.iter().filter(|&&id| reading.find(&self.patterns, id).is_some());
        matching
            .filter_map(|&id| self.patterns.all.get(id as usize))
            .flat_map(|pattern| &pattern.need)
            .flat_map(|&set| reading.places_of(set))
            .collect()
    }

    fn every_place(&self, reading: &mut Reading, trigger: &Trigger) -> Vec<Place> {
        let mut out = Vec::new();
        reading.spent.fill(false);
        reading.spend(&self.patterns, &trigger.unless);
        while let Some(places) = reading.find_any(&self.patterns, &trigger.when) {
            for &place in &places {
                reading.spent[place] = true;
            }
            out.extend(places);
        }
        reading.spent.fill(false);
        out
    }

    /// The words of every match of the rules of `role`.
    pub(crate) fn all_places(&self, reading: &mut Reading, role: Role) -> Vec<Place> {
        let mut out = Vec::new();
        for (rule, trigger) in self.data.rules.iter().zip(&self.rules) {
            if rule.role == role {
                out.extend(self.every_place(reading, trigger));
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The words that raise `trigger`, those of its exceptions not counted.
    fn places(&self, reading: &mut Reading, trigger: &Trigger) -> Option<Vec<Place>> {
        reading.spent.fill(false);
        // Exceptions matter only where the trigger would match at all.
        let mut found = reading.find_any(&self.patterns, &trigger.when);
        if found.is_some() && !trigger.unless.is_empty() {
            reading.spend(&self.patterns, &trigger.unless);
            found = reading.find_any(&self.patterns, &trigger.when);
            reading.spent.fill(false);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    //! 1. a card's pattern comes before any card's signs;
    //! 2. of the signs the highest sum from nought on counts;
    //! 3. the words of a card's exceptions do not count for its signs.

    use super::*;
    use crate::reply::Card;
    use crate::tokens::tokens;

    fn check(question: &str, expected: Option<&str>) {
        let rule = |id: &str, when: &[&str], unless: &[&str], signs: &str| CardRule {
            card: Card { id: id.to_owned(), ..Card::default() },
            when: when.iter().map(ToString::to_string).collect(),
            unless: unless.iter().map(ToString::to_string).collect(),
            signs: signs.to_owned(),
            ..CardRule::default()
        };
        let gas = rule("gas", &["smell gas"], &["gas boiler"], "=-10 gas=12 leak=1");
        let flood = rule("flood", &[], &[], "=-10 leak=30");
        let book = Book::new(Data { cards: vec![gas, flood], ..Data::default() });
        let book = book.expect("patterns that compile");
        let found = book.card(&tokens(question)).map(|card| card.card.id.as_str());
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn patterns_then_signs() {
        check("i smell gas from a leak", Some("gas"));
        check("a leak, and gas", Some("flood"));
        check("gas", Some("gas"));
        check("a new gas boiler", None);
        check("gas beside the gas boiler", Some("gas"));
        check("a new door", None);
    }
}
