//! Words that carry little or no topic.

/// Whether a folded word is one of English's commonest, which tell a topic
/// from no other. They count little; they are never dropped.
///
/// Source: the closed word classes of English (articles, pronouns,
/// prepositions, conjunctions, auxiliaries) as grammar books list them.
pub fn is_stop(folded: &str) -> bool {
    STOP.binary_search(&folded).is_ok() || is_question_word(folded)
}

/// Whether a folded word only makes a sentence a question or a request
/// ("how", "please"); such words must not match titles.
pub fn is_question_word(folded: &str) -> bool {
    QUESTION.binary_search(&folded).is_ok()
}

/// Sorted.
const QUESTION: &[&str] = &[
    "can", "could", "do", "does", "hello", "hey", "hi", "how", "hows", "ive", "know", "may",
    "please", "pls", "plz", "shall", "should", "tell", "thank", "thanks", "want", "wat", "wen",
    "what", "whats", "when", "whens", "where", "wheres", "which", "who", "whom", "whos", "whose",
    "why", "will", "would",
];

/// Sorted; without the question words.
const STOP: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "arent", "as", "at",
    "be", "because", "been", "being", "but", "by", "cant", "did", "didnt", "doesnt", "doing",
    "dont", "down", "for", "from", "get", "getting", "go", "going", "got", "had", "has", "have",
    "havent", "having", "he", "her", "hers", "him", "his", "i", "id", "if", "ill", "im", "in",
    "into", "is", "isnt", "it", "its", "just", "let", "like", "many", "me", "more", "much", "must",
    "my", "need", "no", "not", "now", "of", "off", "on", "one", "only", "or", "our", "out", "over",
    "s", "she", "so", "some", "such", "than", "that", "thats", "the", "their", "them", "then",
    "there", "theres", "these", "they", "this", "those", "to", "too", "u", "up", "ur", "us", "use",
    "very", "was", "we", "were", "weve", "with", "wont", "you", "your", "youre",
];

#[cfg(test)]
mod tests {
    //! 1. the lists are sorted (they are searched by halves) and folded;
    //! 2. topic words are in neither.

    use super::*;
    use crate::fold;

    #[test]
    fn lists_are_sorted_and_folded() {
        for list in [QUESTION, STOP] {
            assert!(
                list.windows(2).all(|p| p[0] < p[1]),
                "{:?}",
                list.windows(2).find(|p| p[0] >= p[1])
            );
            assert!(list.iter().all(|w| fold(w) == **w));
        }
    }

    #[test]
    fn topic_words_count_fully() {
        for word in ["bin", "council", "tax", "pay", "apply", "much later"] {
            assert!(!is_stop(word), "{word}");
        }
        assert!(is_stop("the") && is_stop("how") && !is_question_word("the"));
    }
}
