//! What the conversation needs of the engine: ranked records and their pages.

use doorstep_index::{Page, Record};
use doorstep_search::{Engine, Query, Ranking};

/// A searchable site. [`Engine`] is the one that ships; tests bring small ones
/// of their own.
pub trait Retrieve {
    /// Ranked records for a question.
    fn search(&self, query: &Query<'_>) -> Ranking;
    /// Why `record` is an answer to `query`, a line a fact.
    fn explain(&self, query: &Query<'_>, record: u32) -> Vec<String>;
    /// Whether a text of the site has the folded word, or one of its stem.
    fn has(&self, word: &str) -> bool;
    /// The pages.
    fn pages(&self) -> &[Page];
    /// Number of records.
    fn record_count(&self) -> u32;
    /// Record number `record`, below `record_count`.
    fn record(&self, record: u32) -> Record;
    /// Number of the page of record number `record`.
    fn page_of(&self, record: u32) -> u32;
}

impl Retrieve for Engine {
    fn search(&self, query: &Query<'_>) -> Ranking {
        Engine::search(self, query)
    }
    fn explain(&self, query: &Query<'_>, record: u32) -> Vec<String> {
        Engine::explain(self, query, record).lines
    }
    fn has(&self, word: &str) -> bool {
        Engine::has(self, word)
    }
    fn pages(&self) -> &[Page] {
        self.index().pages()
    }
    fn record_count(&self) -> u32 {
        self.index().record_count()
    }
    fn record(&self, record: u32) -> Record {
        self.index().record(record)
    }
    fn page_of(&self, record: u32) -> u32 {
        self.index().page_of(record)
    }
}
