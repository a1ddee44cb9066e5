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

/// Whether a folded word says that something is not so ("never", "wasnt").
pub fn is_negation(folded: &str) -> bool {
    matches!(folded, "not" | "never" | "cannot")
        || folded.ends_with("nt") && STOP.binary_search(&folded).is_ok()
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
    "be", "because", "been", "being", "but", "by", "cant", "couldnt", "did", "didnt", "doesnt",
    "doing", "dont", "down", "for", "from", "get", "getting", "go", "going", "gonna", "got",
    "gotta", "had", "hadnt", "has", "hasnt", "have", "havent", "having", "he", "her", "heres",
    "hers", "hes", "him", "his", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it",
    "itll", "its", "just", "let", "lets", "like", "many", "me", "more", "much", "must", "mustnt",
    "my", "need", "neednt", "no", "not", "now", "of", "off", "on", "one", "only", "or", "our",
    "out", "over", "s", "she", "shes", "shouldnt", "so", "some", "such", "than", "that", "thatll",
    "thats", "the", "their", "them", "then", "there", "theres", "these", "they", "theyd", "theyll",
    "theyre", "theyve", "this", "those", "to", "too", "u", "up", "ur", "us", "use", "very", "was",
    "wasnt", "we", "were", "werent", "weve", "whod", "whove", "with", "wont", "wouldnt", "you",
    "youd", "youll", "your", "youre", "youve",
];

#[cfg(test)]
mod tests {
    //! 1. the lists are sorted (they are searched by halves) and folded;
    //! 2. topic words are in neither;
    //! 3. every contraction with "not" is a negation, and no other word.

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

    #[test]
    fn negations() {
        for word in ["not", "never", "cannot", "Wasn't", "don’t", "wont", "hasnt"] {
            assert!(is_negation(&fold(word)), "{word}");
        }
        for word in ["want", "went", "rent", "tent", "no", "nothing", "into"] {
            assert!(!is_negation(word), "{word}");
        }
    }
}
