//! Where one sentence ends and the next begins.

/// Longest sentence handed to an engine. Kokoro takes 510 phonemes at once, and a listener should
/// not wait for more than a breath.
const MAX_CHARS: usize = 300;

/// Splits prepared text. Sentences without a letter or digit are dropped.
pub(super) fn split(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.split('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut sentence = String::new();
        for (i, word) in words.iter().enumerate() {
            let length = sentence.chars().count() + word.chars().count();
            if !sentence.is_empty() && length >= MAX_CHARS {
                keep(&mut sentences, &mut sentence);
            }
            push_word(&mut sentences, &mut sentence, word);
            if ends_sentence(word, words.get(i + 1).copied()) {
                keep(&mut sentences, &mut sentence);
            }
        }
        keep(&mut sentences, &mut sentence);
    }
    sentences
}

/// Shortest beginning that is spoken on its own, and shortest rest worth waiting less for, in
/// characters: below that, a cut costs more in melody than it wins in time.
const MIN_CLAUSE_CHARS: usize = 14;

/// Cuts a sentence behind its first clause, so that a slow engine can be heard before it has
/// finished the sentence. The mark stays with the clause. `None` for a sentence that has no such
/// place, or is over soon anyway.
pub(super) fn first_clause(sentence: &str) -> Option<(&str, &str)> {
    let mut chars = 0;
    for (at, c) in sentence.char_indices() {
        chars += 1;
        if chars <= MIN_CLAUSE_CHARS || !matches!(c, ',' | ';' | ':' | '–') {
            continue;
        }
        let (clause, rest) = sentence.split_at(at + c.len_utf8());
        // A comma inside a number or a time is followed by no space.
        if rest.starts_with(' ') && rest.trim().chars().count() >= MIN_CLAUSE_CHARS {
            return Some((clause, rest.trim_start()));
        }
    }
    None
}

/// Appends a word; one that is itself longer than a sentence may be is cut.
fn push_word(sentences: &mut Vec<String>, sentence: &mut String, word: &str) {
    if !sentence.is_empty() {
        sentence.push(' ');
    }
    if word.chars().count() < MAX_CHARS {
        sentence.push_str(word);
        return;
    }
    let chars: Vec<char> = word.chars().collect();
    for piece in chars.chunks(MAX_CHARS - 1) {
        keep(sentences, sentence);
        sentence.extend(piece);
    }
}

fn keep(sentences: &mut Vec<String>, sentence: &mut String) {
    let whole = std::mem::take(sentence);
    let whole = whole.trim();
    if whole.chars().any(char::is_alphanumeric) {
        sentences.push(whole.to_owned());
    }
}

fn ends_sentence(word: &str, next: Option<&str>) -> bool {
    let core = word.trim_end_matches(['"', '\'', ')', ']']);
    if core.ends_with(['!', '?']) {
        return true;
    }
    let Some(stem) = core.strip_suffix('.') else {
        return false;
    };
    let Some(next) = next else {
        return true;
    };
    let next = next.trim_start_matches(['"', '\'', '(', '[', '–', '-']);
    let starts_new = next
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let stem = stem.trim_start_matches(['"', '(', '\'']);
    // A full stop after an initial, as in "J. Hansen", ends nothing.
    let initial = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    starts_new && !initial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_pauses() {
        let da = |text| split(text);
        assert_eq!(
            da("Goddag. Hvad hedder du? Tak!"),
            ["Goddag.", "Hvad hedder du?", "Tak!"]
        );
        assert_eq!(da("Det er J. Hansen. Ja."), ["Det er J. Hansen.", "Ja."]);
        assert_eq!(
            da("Vi ses klokken otte. Og så?"),
            ["Vi ses klokken otte.", "Og så?"]
        );
        assert_eq!(
            da("Han sagde: \"Nej.\" Så gik han."),
            ["Han sagde: \"Nej.\"", "Så gik han."]
        );
        assert_eq!(da("Vent ... lidt"), ["Vent ... lidt"]);
        assert_eq!(da("linje et\nlinje to"), ["linje et", "linje to"]);
        assert_eq!(
            split("Добрий день. Як Вас звати? – Оксана."),
            ["Добрий день.", "Як Вас звати?", "– Оксана."]
        );
    }

    #[test]
    fn a_first_clause_is_worth_hearing_alone() {
        assert_eq!(
            first_clause("Hvornår flyttede du ind, og hvem flytter med dig?"),
            Some(("Hvornår flyttede du ind,", "og hvem flytter med dig?"))
        );
        assert_eq!(
            first_clause("Так, я переїхала п'ятнадцятого, а чоловік приїде пізніше."),
            Some((
                "Так, я переїхала п'ятнадцятого,",
                "а чоловік приїде пізніше."
            ))
        );
        for whole in [
            "Ja, det er rigtigt.",
            "Det koster omkring 12,50 kroner for hver person.",
            "Hvor mange personer flytter sammen med dig?",
            "Har du fået svar fra kommunen, ja?",
            "",
        ] {
            assert_eq!(first_clause(whole), None, "{whole}");
        }
    }

    #[test]
    fn long_text_is_cut_between_words_and_long_words_inside() {
        let cut = split(&"ord ".repeat(200));
        assert!(
            cut.len() > 2
                && cut
                    .iter()
                    .all(|s| s.chars().count() <= 300 && s.ends_with("ord"))
        );
        assert_eq!(cut.iter().map(|s| s.split(' ').count()).sum::<usize>(), 200);
        let cut = split(&"å".repeat(1000));
        assert_eq!(cut.iter().map(|s| s.chars().count()).sum::<usize>(), 1000);
        assert!(cut.iter().all(|s| s.chars().count() <= 300));
    }
}
