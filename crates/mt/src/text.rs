//! Text before and after the model: cleaning, scripts and splitting.

use tolkebot_protocol::Lang;

/// Makes text that a recogniser, a keyboard or a file gave fit for the model: one line, single
/// spaces, no control or invisible characters, the apostrophe U+2019 inside Ukrainian words.
pub(crate) fn clean(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Zero-width characters, soft hyphen, byte order mark, directional marks.
            '\u{00ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    if lang == Lang::Uk {
        typographic_apostrophes(&out)
    } else {
        out
    }
}

/// The model's training text writes `’` between Cyrillic letters; recognisers write others.
fn typographic_apostrophes(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (n, &c) in chars.iter().enumerate() {
        let between = n > 0
            && is_cyrillic(chars[n - 1])
            && chars.get(n + 1).copied().is_some_and(is_cyrillic);
        let apostrophe = matches!(c, '\'' | '\u{02bc}' | '\u{2018}' | '`' | '\u{00b4}');
        out.push(if between && apostrophe { '\u{2019}' } else { c });
    }
    out
}

/// A letter of the Cyrillic script.
pub(crate) fn is_cyrillic(c: char) -> bool {
    ('\u{0400}'..='\u{052f}').contains(&c)
}

/// A letter of the Latin script as Danish and its neighbours use it.
pub(crate) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (('\u{00c0}'..='\u{024f}').contains(&c) && c != '\u{00d7}' && c != '\u{00f7}')
}

/// Emoji and other pictures, with the invisible characters that join them.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c as u32,
        0x1f000..=0x1faff | 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x2300..=0x23ff
        | 0xfe00..=0xfe0f | 0x20e3 | 0x200d | 0xe0000..=0xe007f)
}

/// Takes the pictures out of a text: the text without them, and the pictures in order.
pub(crate) fn split_pictures(text: &str) -> (String, String) {
    if !text.chars().any(is_picture) {
        return (text.to_owned(), String::new());
    }
    let words: String = text
        .chars()
        .map(|c| if is_picture(c) { ' ' } else { c })
        .collect();
    let pictures = text.chars().filter(|&c| is_picture(c)).collect();
    (
        words.split_whitespace().collect::<Vec<_>>().join(" "),
        pictures,
    )
}

/// How many letters of each script a text has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    pub latin: usize,
    pub cyrillic: usize,
    /// Letters of other scripts.
    pub other: usize,
}

impl Letters {
    pub(crate) fn count(text: &str) -> Letters {
        let mut n = Letters {
            latin: 0,
            cyrillic: 0,
            other: 0,
        };
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            if is_cyrillic(c) {
                n.cyrillic += 1;
            } else if is_latin(c) {
                n.latin += 1;
            } else {
                n.other += 1;
            }
        }
        n
    }

    pub(crate) fn total(self) -> usize {
        self.latin + self.cyrillic + self.other
    }

    /// Letters of the script that `lang` is written in.
    pub(crate) fn of(self, lang: Lang) -> usize {
        match lang {
            Lang::Da => self.latin,
            Lang::Uk => self.cyrillic,
        }
    }
}

/// Where a text may be split, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sentence,
    Clause,
    Word,
    Character,
}

impl Level {
    fn finer(self) -> Option<Level> {
        match self {
            Level::Sentence => Some(Level::Clause),
            Level::Clause => Some(Level::Word),
            Level::Word => Some(Level::Character),
            Level::Character => None,
        }
    }
}

/// Splits cleaned text into stretches of at most `max` pieces, as few as the boundaries allow:
/// at sentence ends, else at clauses, else between words, else (text without spaces) between
/// characters. Nothing is dropped: joined with spaces the stretches are the text again, but for
/// splits between characters.
///
/// `pieces` says how many tokenizer pieces a stretch has.
pub(crate) fn stretches<E>(
    text: &str,
    max: usize,
    pieces: &mut dyn FnMut(&str) -> Result<usize, E>,
) -> Result<Vec<String>, E> {
    let mut out = Vec::new();
    split_at(text, max.max(8), Level::Sentence, pieces, &mut out)?;
    Ok(out)
}

/// Longest text that is shown to the tokenizer as a whole: its time grows with the square.
const MAX_TOKENIZED_CHARS: usize = 1_200;

fn fits<E>(
    text: &str,
    max: usize,
    pieces: &mut dyn FnMut(&str) -> Result<usize, E>,
) -> Result<bool, E> {
    Ok(text.chars().count() <= MAX_TOKENIZED_CHARS && pieces(text)? <= max)
}

fn split_at<E>(
    text: &str,
    max: usize,
    level: Level,
    pieces: &mut dyn FnMut(&str) -> Result<usize, E>,
    out: &mut Vec<String>,
) -> Result<(), E> {
    if fits(text, max, pieces)? {
        out.push(text.to_owned());
        return Ok(());
    }
    let units = match level {
        Level::Sentence => units(text, sentence_ends_at),
        Level::Clause => units(text, clause_ends_at),
        Level::Word => text.split(' ').map(str::to_owned).collect(),
        Level::Character => {
            let chars: Vec<char> = text.chars().collect();
            // A character is at most four byte pieces.
            chars
                .chunks((max / 4).max(1))
                .map(|c| c.iter().collect())
                .collect()
        }
    };
    let mut held = String::new();
    for unit in units {
        let joined = if held.is_empty() {
            unit.clone()
        } else {
            format!("{held} {unit}")
        };
        if level != Level::Character && fits(&joined, max, pieces)? {
            held = joined;
            continue;
        }
        if !held.is_empty() {
            out.push(std::mem::take(&mut held));
        }
        if fits(&unit, max, pieces)? {
            held = unit;
        } else if let Some(finer) = level.finer() {
            split_at(&unit, max, finer, pieces, out)?;
        } else {
            out.push(unit);
        }
    }
    if !held.is_empty() {
        out.push(held);
    }
    Ok(())
}

/// Cuts at the spaces before which `ends` says that a unit ends (given the text before and after).
fn units(text: &str, ends: fn(&str, &str) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        let (before, after) = (&text[start..at], &text[at + 1..]);
        if !before.is_empty() && ends(before, after) {
            out.push(before.to_owned());
            start = at + 1;
        }
    }
    out.push(text[start..].to_owned());
    out
}

/// Sentences with their marks, parted behind each of the marks that a space or the end follows.
pub(crate) fn sentences_by<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let next = text[end..].chars().next();
        if marks.contains(&c) && next.is_none_or(char::is_whitespace) {
            out.push(text[start..end].trim());
            start = end;
        }
    }
    out.push(text[start..].trim());
    out.retain(|s| s.chars().any(char::is_alphanumeric));
    out
}

/// The sentences of a cleaned text.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    units(text, sentence_ends_at)
}

fn sentence_ends_at(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(['"', '»', '«', '“', '”', ')', '\u{2019}']);
    let starts_new = after
        .trim_start_matches(['"', '»', '«', '“', '”', '(', '–', '—', '-', ' '])
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if before.ends_with(['!', '?', '…']) {
        return starts_new;
    }
    let Some(rest) = before.strip_suffix('.') else {
        return false;
    };
    let word = rest
        .rsplit([' ', '.', '('])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // "2. Sal", "Chr. Hansen", "вул. Шевченка", "nr. 12": the full stop belongs to the word.
    let number = word.chars().all(|c| c.is_ascii_digit());
    starts_new && !number && word.chars().count() > 1 && !ABBREVIATIONS.contains(&word.as_str())
}

/// Words whose full stop does not end a sentence.
const ABBREVIATIONS: [&str; 33] = [
    "bl",
    "ca",
    "chr",
    "dr",
    "dvs",
    "eks",
    "evt",
    "hr",
    "fr",
    "kl",
    "kr",
    "maks",
    "mf",
    "min",
    "mio",
    "nr",
    "pr",
    "sml",
    "st",
    "str",
    "tlf",
    "th",
    "tv",
    "буд",
    "вул",
    "грн",
    "див",
    "ім",
    "кв",
    "напр",
    "просп",
    "ст",
    "тел",
];

fn clause_ends_at(before: &str, _: &str) -> bool {
    before.ends_with([',', ';', ':', '.', '!', '?', '…', '–', '—'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Result<usize, ()> {
        Ok(text.chars().count().div_ceil(4))
    }

    fn split(text: &str, max: usize) -> Vec<String> {
        stretches(text, max, &mut words).unwrap()
    }

    #[test]
    fn cleaning_removes_what_nobody_said() {
        assert_eq!(
            clean(" Hej\0\tmed\r\n dig\u{200b} \u{feff}", Lang::Da),
            "Hej med dig"
        );
        assert_eq!(
            clean("п'ять п\u{02bc}ять 'так'", Lang::Uk),
            "п’ять п’ять 'так'"
        );
        assert_eq!(clean("\0\0", Lang::Da), "");
    }

    #[test]
    fn short_text_stays_whole() {
        assert_eq!(split("Et. To. Tre.", 20), ["Et. To. Tre."]);
    }

    #[test]
    fn long_text_is_split_at_sentences_first() {
        let parts = split(
            "Jeg er flyttet hertil. Hvad skal jeg så gøre? Ring til mig.",
            8,
        );
        assert_eq!(
            parts,
            [
                "Jeg er flyttet hertil.",
                "Hvad skal jeg så gøre?",
                "Ring til mig."
            ]
        );
    }

    #[test]
    fn abbreviations_and_ordinals_do_not_end_a_sentence() {
        assert_eq!(
            sentences("Jeg bor på 2. Sal hos Chr. Hansen, nr. 12."),
            ["Jeg bor på 2. Sal hos Chr. Hansen, nr. 12."]
        );
        assert_eq!(sentences("Mange tak. Farvel."), ["Mange tak.", "Farvel."]);
    }

    #[test]
    fn then_at_clauses_then_at_words() {
        assert_eq!(
            split("da jeg kom hjem igen i går, var han væk", 8),
            ["da jeg kom hjem igen i går,", "var han væk"]
        );
        assert_eq!(
            split("aaa bbb ccc ddd eee fff ggg hhh iii jjj", 8),
            ["aaa bbb ccc ddd eee fff ggg hhh", "iii jjj"]
        );
    }

    #[test]
    fn pictures_are_set_aside() {
        assert_eq!(
            split_pictures("Hej 👋🏽 med ☎️ dig"),
            ("Hej med dig".to_owned(), "👋🏽☎\u{fe0f}".to_owned())
        );
    }

    proptest! {
        #[test]
        fn no_word_is_ever_lost(text in "([а-яa-z]{1,12}[,.!?;]? ?){0,60}", max in 8_usize..40) {
            let text = clean(&text, Lang::Da);
            let parts = split(&text, max);
            prop_assert_eq!(parts.concat().replace(' ', ""), text.replace(' ', ""));
            for part in &parts {
                prop_assert!(words(part).unwrap() <= max);
            }
        }

        #[test]
        fn cleaning_is_idempotent(text in "\\PC{0,60}|[\\x00-\\x20a-zа-я']{0,60}") {
            for lang in Lang::ALL {
                let once = clean(&text, lang);
                prop_assert_eq!(clean(&once, lang), once);
            }
        }
    }
}
