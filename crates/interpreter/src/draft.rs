//! Which words of a translation are shown while the original is still being spoken.
//!
//! Only settled words of the original are translated, so what is read never rests on words that the recogniser
//! takes back. Of a draft its last words are kept back: what comes next in the original may still
//! change them. Words that were shown stay: the next draft begins with them.

/// A draft is made when so many words of the original are new, or when a clause ends.
const NEW_WORDS: usize = 3;
/// Words at the end of a draft that are kept back, unless the draft before had them too.
const KEPT_BACK: usize = 2;

/// The draft of one stretch of speech.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// Words of the original that have been drafted, or are being drafted.
    asked: usize,
    /// The newest draft.
    last: Vec<String>,
    /// How many of its words the reader sees.
    shown: usize,
}

impl Draft {
    /// Whether these settled words are worth another draft; if so, with what it must begin.
    pub(crate) fn due(&mut self, settled: &str) -> Option<String> {
        let words = settled.split_whitespace().count();
        let new = words.saturating_sub(self.asked);
        let clause = settled
            .trim_end()
            .ends_with([',', ';', ':', '.', '!', '?', '…']);
        if new < NEW_WORDS && !(clause && new > 0) {
            return None;
        }
        self.asked = words;
        Some(self.shown().to_owned())
    }

    /// Takes a draft. Returns what the reader may see, if that is more than before.
    pub(crate) fn take(&mut self, draft: &str) -> Option<String> {
        let words: Vec<String> = draft.split_whitespace().map(str::to_owned).collect();
        let held = self.last.iter().take(self.shown);
        // A draft that was begun before more words were shown comes too late.
        if !words.iter().take(self.shown).eq(held) || words.len() < self.shown {
            return None;
        }
        let agreed = (words.iter().zip(&self.last))
            .take_while(|(new, old)| new == old)
            .count();
        let shown = words.len().saturating_sub(KEPT_BACK).max(agreed);
        let more = shown > self.shown;
        self.shown = shown.max(self.shown);
        self.last = words;
        more.then(|| self.shown())
    }

    fn shown(&self) -> String {
        self.last[..self.shown].join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_due_every_few_words_and_at_the_end_of_a_clause() {
        let mut draft = Draft::default();
        assert_eq!(draft.due("Jeg vil"), None);
        assert_eq!(draft.due("Jeg vil gerne").as_deref(), Some(""));
        assert_eq!(draft.due("Jeg vil gerne melde"), None);
        assert!(draft.due("Jeg vil gerne melde flytning,").is_some());
        assert_eq!(draft.due("Jeg vil gerne melde flytning,"), None);
    }

    #[test]
    fn the_last_words_are_kept_back_until_two_drafts_agree() {
        let mut draft = Draft::default();
        assert_eq!(draft.take("Я хотів"), None);
        assert_eq!(
            draft.take("Я хотів би повідомити").as_deref(),
            Some("Я хотів")
        );
        let more = draft.take("Я хотів би повідомити про переїзд");
        assert_eq!(more.as_deref(), Some("Я хотів би повідомити"));
        assert_eq!(draft.due("a b c").as_deref(), Some("Я хотів би повідомити"));
    }

    #[test]
    fn what_was_shown_stays() {
        let mut draft = Draft::default();
        assert!(draft.take("Я хотів би повідомити").is_some());
        assert_eq!(draft.take("Мені треба повідомити про переїзд"), None);
        assert_eq!(draft.take("Я"), None);
        assert!(draft.take("Я хотів повідомити про переїзд").is_some());
    }
}
