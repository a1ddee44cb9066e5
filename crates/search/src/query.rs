//! What is asked of the engine, and what it answers.

/// A question with what was asked before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query<'a> {
    /// The question; NFKC is the caller's, all else is done here.
    pub text: &'a str,
    /// Earlier turns of the same conversation, the oldest first: what the
    /// resident asked, and titles of what was answered.
    pub context: &'a [String],
    /// Address of the page that the resident stands on: the topic of a first
    /// question that names none.
    pub page: Option<&'a str>,
}

/// One ranked record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Number of the record in the index.
    pub record: u32,
    /// Score; only its order within one ranking means something.
    pub score: f32,
    /// Calibrated probability, 0 to 1, that this record answers the question,
    /// if the site answers it at all.
    pub confidence: f32,
    /// How surely it may be offered as the answer, 0 to 1: lower than the
    /// confidence where the question may be none for this site.
    pub worth: f32,
}

/// The ranked records, best first; at most ten, none if nothing matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Words of the question that the site does not have, as they were typed
    /// (after correction and synonyms).
    pub unknown: Vec<String>,
    /// Corrections that were used: as typed, as the site spells it.
    pub corrected: Vec<(String, String)>,
}

/// Why a record stands where it stands, in words a web editor understands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// One line a fact: matched words and where, corrections, synonyms, the
    /// parts of the score.
    pub lines: Vec<String>,
}
