//! Translation memory: utterances with a fixed translation.
//!
//! An utterance is looked up as it was said, apart from case and punctuation, which a recogniser
//! guesses. Numbers in digits may differ where nothing around them depends on their value. What is
//! found is taken as it stands and marked as such; what is not found goes to the model.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use tolkebot_protocol::Lang;

use crate::MtError;
use crate::text::sentences_by;

/// Phrases of a counter, from the project's own corpus: `Danish<TAB>Ukrainian<TAB>direction`.
const EMBEDDED: &str = include_str!("../data/phrases.tsv");

/// Fixed translations of whole utterances.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    into_uk: HashMap<String, Entry>,
    into_da: HashMap<String, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// Whether the source asks: «Ви живете самі?» is told from «Ви живете самі.» by its mark only.
    question: bool,
    target: String,
    /// The source's numbers in digits, in order.
    numbers: Vec<String>,
    /// Where each of them stands in the target, if another may be put there.
    places: Option<Vec<Range<usize>>>,
}

impl Phrases {
    /// The project's own phrases.
    pub fn embedded() -> Arc<Phrases> {
        static PHRASES: LazyLock<Arc<Phrases>> = LazyLock::new(|| {
            let mut phrases = Phrases::default();
            for line in EMBEDDED.lines() {
                // A test reads every line; a damaged one cannot be in a build.
                let _ = phrases.add(line);
            }
            Arc::new(phrases)
        });
        PHRASES.clone()
    }

    /// The project's phrases and those of a file, which win. One pair a line: Danish, a tab,
    /// Ukrainian, and perhaps a tab and `>` (only into Ukrainian), `<` (only into Danish) or `=`.
    /// Empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// [`MtError::Read`] for a file that cannot be read, [`MtError::Phrases`] naming the line that
    /// makes no sense.
    pub fn with_file(path: &Path) -> Result<Arc<Phrases>, MtError> {
        let text = fs::read_to_string(path).map_err(|e| MtError::Read {
            path: path.to_path_buf(),
            reason: e.to_string(),
        })?;
        let mut phrases = (*Phrases::embedded()).clone();
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            phrases.add(line).map_err(|reason| MtError::Phrases {
                path: path.to_path_buf(),
                line: n + 1,
                reason,
            })?;
        }
        Ok(Arc::new(phrases))
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let (da, uk, direction) = match fields[..] {
            [da, uk] => (da, uk, "="),
            [da, uk, direction] => (da, uk, direction),
            _ => return Err(format!("has {} fields, not 2 or 3", fields.len())),
        };
        if key(da).is_empty() || key(uk).is_empty() {
            return Err("has a side without words".to_owned());
        }
        if !matches!(direction, "<" | ">" | "=") {
            return Err(format!("has the direction `{direction}`, not <, > or ="));
        }
        if direction != "<" {
            self.into_uk.insert(key(da), Entry::new(da, uk));
        }
        if direction != ">" {
            self.into_da.insert(key(uk), Entry::new(uk, da));
        }
        Ok(())
    }

    /// How many utterances of this language are known.
    pub fn len(&self, from: Lang) -> usize {
        self.known(from).len()
    }

    /// Whether nothing is known of this language.
    pub fn is_empty(&self, from: Lang) -> bool {
        self.known(from).is_empty()
    }

    fn known(&self, from: Lang) -> &HashMap<String, Entry> {
        match from {
            Lang::Da => &self.into_uk,
            Lang::Uk => &self.into_da,
        }
    }

    /// The fixed translation of an utterance, if every sentence of it has one.
    pub(crate) fn translate(&self, text: &str, from: Lang) -> Option<String> {
        if let Some(whole) = self.sentence(text, from) {
            return Some(whole);
        }
        let parts = sentences_by(text, &['.', '!', '?']);
        if parts.len() < 2 {
            return None;
        }
        let parts: Option<Vec<String>> = parts.iter().map(|s| self.sentence(s, from)).collect();
        Some(parts?.join(" "))
    }

    fn sentence(&self, text: &str, from: Lang) -> Option<String> {
        let entry = self.known(from).get(&key(text))?;
        let text = text.trim();
        let asked = match text.ends_with(['.', '?', '!']) {
            true => text.ends_with('?'),
            // Without a mark only its first word tells a question: «сьогодні» is an answer.
            false if entry.question => asks(text),
            false => entry.question,
        };
        if asked != entry.question {
            return None;
        }
        let said: Vec<&str> = numbers(text).into_iter().map(|n| &text[n]).collect();
        if said == entry.numbers {
            return Some(entry.target.clone());
        }
        let places = entry.places.as_ref()?;
        let mut out = entry.target.clone();
        let mut changes: Vec<(&Range<usize>, &str)> = places.iter().zip(said).collect();
        changes.sort_by_key(|(place, _)| std::cmp::Reverse(place.start));
        for (place, number) in changes {
            out.replace_range(place.clone(), number);
        }
        Some(out)
    }
}

impl Entry {
    fn new(source: &str, target: &str) -> Entry {
        let said: Vec<String> = numbers(source)
            .into_iter()
            .map(|n| source[n].to_owned())
            .collect();
        Entry {
            question: source.ends_with('?'),
            target: target.to_owned(),
            places: places(&said, target),
            numbers: said,
        }
    }
}

/// Where each number of the source stands in the target, if each stands there once, and nothing
/// behind it could depend on its value («21 рік», «22 роки»; "12.-14.").
fn places(said: &[String], target: &str) -> Option<Vec<Range<usize>>> {
    let there = numbers(target);
    if there.len() != said.len() {
        return None;
    }
    let free = |place: &Range<usize>| {
        let rest = target[place.end..].trim_start_matches(['.', ',', '?', '!', ')']);
        let marked = rest.len() < target.len() - place.end;
        rest.is_empty() || marked && rest.starts_with(' ')
    };
    said.iter()
        .map(|number| {
            let mut found = there.iter().filter(|p| target[(*p).clone()] == **number);
            let place = found.next().cloned().filter(&free)?;
            found.next().is_none().then_some(place)
        })
        .collect()
}

/// Runs of digits.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        match out.last_mut() {
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => out.push(at..at + c.len_utf8()),
        }
    }
    out
}

/// What an utterance is looked up by: its words in lower case, `#` for a number.
fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut digits = false;
    for c in text.chars() {
        let digit = c.is_ascii_digit();
        if digit && digits {
            continue;
        }
        digits = digit;
        if !c.is_alphanumeric() {
            // An apostrophe is part of a Ukrainian word, in whatever shape it was typed.
            gap |= !matches!(c, '\'' | '’' | 'ʼ' | '\u{301}');
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        if digit {
            out.push('#');
        } else {
            out.extend(c.to_lowercase());
        }
    }
    out
}

/// First words of questions, in both languages.
const ASK: [&str; 49] = [
    "hvad",
    "hvem",
    "hvis",
    "hvor",
    "hvordan",
    "hvorfor",
    "hvornår",
    "hvilken",
    "hvilket",
    "hvilke",
    "er",
    "har",
    "kan",
    "skal",
    "må",
    "vil",
    "bor",
    "får",
    "flytter",
    "passer",
    "var",
    "havde",
    "blev",
    "чи",
    "що",
    "хто",
    "кого",
    "кому",
    "чий",
    "чия",
    "чиє",
    "чиї",
    "де",
    "куди",
    "звідки",
    "коли",
    "як",
    "який",
    "яка",
    "яке",
    "які",
    "яку",
    "якого",
    "якій",
    "якому",
    "скільки",
    "чому",
    "навіщо",
    "котра",
];

/// Whether a text without a mark is a question by its first word.
fn asks(text: &str) -> bool {
    let words = key(text);
    let first = words.split(' ').next().unwrap_or_default();
    ASK.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(lines: &str) -> Phrases {
        let mut out = Phrases::default();
        for line in lines.lines() {
            out.add(line).unwrap();
        }
        out
    }

    #[test]
    fn every_phrase_of_the_project_is_found() {
        let all = Phrases::embedded();
        assert!(all.len(Lang::Da) > 2_000 && all.len(Lang::Uk) > 2_000);
        let mut checked = Phrases::default();
        for line in EMBEDDED.lines() {
            checked
                .add(line)
                .unwrap_or_else(|why| panic!("{line}: {why}"));
            let fields: Vec<&str> = line.split('\t').collect();
            if let [da, uk, way] = fields[..] {
                if way != "<" {
                    assert_eq!(all.translate(da, Lang::Da).as_deref(), Some(uk));
                }
                if way != ">" {
                    assert_eq!(all.translate(uk, Lang::Uk).as_deref(), Some(da));
                }
            }
        }
    }

    #[test]
    fn lines_that_are_right_in_one_conversation_only_are_not_known() {
        let all = Phrases::embedded();
        for text in ["Den blev afvist.", "Fritaget fra Digital Post."] {
            assert_eq!(all.translate(text, Lang::Da), None, "{text}");
        }
        for text in [
            "Оплату відхилено.",
            "Прошу.",
            "П’ятий, без ліфта.",
            "Нам розірвали договір оренди.",
            "Я сфотографувала лічильник.",
            "Візьміть номер мого чоловіка.",
            "А мої українські права мені потім повернуть?",
        ] {
            assert_eq!(all.translate(text, Lang::Uk), None, "{text}");
        }
    }

    #[test]
    fn case_and_punctuation_do_not_matter_but_words_do() {
        let p = phrases("Hvornår flytter du ind?\tКоли Ви в'їжджаєте?\nTak.\tДякую.\t>");
        let uk = |text| p.translate(text, Lang::Da);
        let asked = Some("Коли Ви в'їжджаєте?".to_owned());
        assert_eq!(uk("hvornår flytter du ind"), asked);
        assert_eq!(uk(" Hvornår  flytter du ind ?"), asked);
        assert_eq!(uk("Hvornår flytter I ind?"), None);
        assert_eq!(
            uk("Tak. Hvornår flytter du ind?").as_deref(),
            Some("Дякую. Коли Ви в'їжджаєте?")
        );
        assert_eq!(uk("Tak. Hvad hedder du?"), None);
        let da = |text| p.translate(text, Lang::Uk);
        assert_eq!(
            da("коли ви в’їжджаєте").as_deref(),
            Some("Hvornår flytter du ind?")
        );
        assert_eq!(da("Дякую."), None, "that line leads into Ukrainian only");
        assert_eq!(uk(""), None);
        assert_eq!(uk("?!"), None);
    }

    #[test]
    fn a_statement_is_no_question() {
        let p = phrases("Bor du alene?\tВи живете самі?\nDu bor alene.\tВи живете самі.\t>");
        let da = |text| p.translate(text, Lang::Uk);
        assert_eq!(da("Ви живете самі?").as_deref(), Some("Bor du alene?"));
        assert_eq!(da("Ви живете самі."), None);
        assert_eq!(da("ви живете самі"), None, "nothing tells that it asks");
        let uk = |text| p.translate(text, Lang::Da);
        assert_eq!(uk("bor du alene").as_deref(), Some("Ви живете самі?"));
        let p = phrases("I dag?\tСьогодні?\nHvornår flytter du ind?\tКоли Ви заселяєтеся?");
        assert_eq!(p.translate("сьогодні", Lang::Uk), None);
        assert_eq!(p.translate("i dag", Lang::Da), None);
        assert_eq!(
            p.translate("Сьогодні?", Lang::Uk).as_deref(),
            Some("I dag?")
        );
        let asked = p.translate("hvornår flytter du ind", Lang::Da);
        assert_eq!(asked.as_deref(), Some("Коли Ви заселяєтеся?"));
    }

    #[test]
    fn numbers_are_values_apart_only_where_grammar_allows() {
        let p = phrases(
            "Det er nummer 53.\tНомер 53.\nHun er 21.\tЇй 21 рік.\nFra 5 til 7.\tЗ 5 до 7.\nDet er 8 og 8.\tЦе 8 і 8.",
        );
        let uk = |text| p.translate(text, Lang::Da);
        assert_eq!(uk("det er nummer 1784").as_deref(), Some("Номер 1784."));
        assert_eq!(uk("Hun er 21").as_deref(), Some("Їй 21 рік."));
        assert_eq!(uk("Hun er 22"), None, "роки, not рік");
        assert_eq!(uk("Fra 6 til 9."), None, "a word follows the first number");
        assert_eq!(uk("Det er 8 og 9."), None);
        assert_eq!(uk("Det er 8 og 8.").as_deref(), Some("Це 8 і 8."));
    }

    #[test]
    fn a_file_that_makes_no_sense_names_its_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("own.tsv");
        for (text, word) in [
            ("Hej.\tВітаю.\nx", "line 2: has 1 fields"),
            ("Hej.\tВітаю.\t?", "direction `?`"),
            ("Hej.\t…", "without words"),
        ] {
            fs::write(&path, text).unwrap();
            let error = Phrases::with_file(&path).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
        fs::write(&path, "\u{feff}# own\n\nEt øjeblik.\tХвилиночку.\n").unwrap();
        let own = Phrases::with_file(&path).unwrap();
        assert_eq!(
            own.translate("et øjeblik", Lang::Da).as_deref(),
            Some("Хвилиночку.")
        );
        assert!(own.len(Lang::Da) > 2_000);
        fs::remove_file(&path).unwrap();
        assert!(Phrases::with_file(&path).is_err());
    }
}
