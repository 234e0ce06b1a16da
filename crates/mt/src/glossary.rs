//! Terms that have one right translation at a counter, with the forms in which it may be written.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use tolkebot_protocol::Lang;

use crate::MtError;

/// The project's terms: `Danish<TAB>Ukrainian`, wordings separated by `|`.
const EMBEDDED: &str = include_str!("../data/glossary.tsv");

/// Terms and their translations.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    terms: Vec<Term>,
}

#[derive(Debug, Clone)]
struct Term {
    da: Side,
    uk: Side,
}

#[derive(Debug, Clone, Default)]
struct Side {
    /// What a translation may write, the preferred wording first.
    written: Vec<String>,
    /// What is recognised.
    heard: Vec<Wording>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Wording {
    /// Words in lower case, `true` where any ending will do.
    words: Vec<(String, bool)>,
    /// Whether it can be nothing but the term. "Lejer" is a verb as well: a right sentence with the verb would be
    /// made wrong for the noun's sake.
    sure: bool,
}

impl Glossary {
    /// The project's own terms.
    pub fn embedded() -> Arc<Glossary> {
        static GLOSSARY: LazyLock<Arc<Glossary>> = LazyLock::new(|| {
            let mut glossary = Glossary::default();
            for line in EMBEDDED.lines() {
                // A test reads every line; a damaged one cannot be in a build.
                let _ = glossary.add(line);
            }
            Arc::new(glossary)
        });
        GLOSSARY.clone()
    }

    /// The terms of a file before the project's own: of two with the same Danish wording the
    /// file's holds. One term a line: Danish wordings, a tab, Ukrainian wordings, each separated
    /// by `|`, the preferred one first; words that end in `*` are recognised with any ending, but
    /// never written, wordings that end in `?` in translations only. Empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// [`MtError::Read`] for a file that cannot be read, [`MtError::Glossary`] naming the line
    /// that makes no sense.
    pub fn with_file(path: &Path) -> Result<Arc<Glossary>, MtError> {
        let text = fs::read_to_string(path).map_err(|e| MtError::Read {
            path: path.to_path_buf(),
            reason: e.to_string(),
        })?;
        let mut glossary = Glossary::default();
        for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            glossary.add(line).map_err(|reason| MtError::Glossary {
                path: path.to_path_buf(),
                line: n + 1,
                reason,
            })?;
        }
        for term in &Glossary::embedded().terms {
            let known = |t: &Term| t.da.heard.iter().any(|h| term.da.heard.contains(h));
            if !glossary.terms.iter().any(known) {
                glossary.terms.push(term.clone());
            }
        }
        Ok(Arc::new(glossary))
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [da, uk] = fields[..] else {
            return Err(format!("has {} fields, not 2", fields.len()));
        };
        self.terms.push(Term {
            da: Side::read(da)?,
            uk: Side::read(uk)?,
        });
        Ok(())
    }

    /// How many terms of a source there are, and how many its translation has.
    pub fn kept(&self, source: &str, target: &str, from: Lang) -> (usize, usize) {
        let said = self.missing(source, "", from).len();
        (
            said,
            said - self.missing(source, target, from).len().min(said),
        )
    }

    /// The terms of a source that its translation lacks: for each what may be written instead.
    pub(crate) fn missing(&self, source: &str, target: &str, from: Lang) -> Vec<Vec<String>> {
        let (source, target) = (words(source), words(target));
        let mut said: Vec<(usize, usize, &Side)> = Vec::new();
        for term in &self.terms {
            let (there, here) = match from {
                Lang::Da => (&term.da, &term.uk),
                Lang::Uk => (&term.uk, &term.da),
            };
            for (at, length) in there.find(&source, true) {
                said.push((at, length, here));
            }
        }
        // Of two terms in one place the longer is meant.
        let all = said.clone();
        said.retain(|(at, length, _)| {
            !all.iter()
                .any(|(a, l, _)| l > length && a <= at && a + l >= at + length)
        });
        let mut out = Vec::new();
        for (at, length, side) in &said {
            // A wording may stand for several terms («посвідка на проживання»): one is enough.
            let same = said.iter().filter(|(a, l, _)| a == at && l == length);
            if same
                .into_iter()
                .any(|(_, _, s)| s.find(&target, false).next().is_some())
            {
                continue;
            }
            if !out.contains(&side.written) {
                out.push(side.written.clone());
            }
        }
        out
    }
}

impl Side {
    fn read(field: &str) -> Result<Side, String> {
        let mut side = Side::default();
        for wording in field.split('|').map(str::trim).filter(|w| !w.is_empty()) {
            let (wording, sure) = match wording.strip_suffix('?') {
                Some(wording) => (wording, false),
                None => (wording, true),
            };
            let mut heard = Vec::new();
            for word in wording.split_whitespace() {
                let open = word.ends_with('*');
                heard.extend(words(word).into_iter().map(|word| (word, false)));
                if let Some(last) = heard.last_mut() {
                    last.1 = open;
                }
            }
            if heard.is_empty() {
                return Err(format!("has the wording `{wording}` without a word"));
            }
            if !wording.contains('*') {
                side.written.push(wording.to_owned());
            }
            side.heard.push(Wording { words: heard, sure });
        }
        if side.written.is_empty() {
            return Err(format!("has nothing to write in `{field}`"));
        }
        Ok(side)
    }

    /// Where the term stands, or `surely` stands: first word and number of words.
    fn find<'a>(
        &'a self,
        words: &'a [String],
        surely: bool,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let heard = self.heard.iter().filter(move |w| w.sure || !surely);
        heard.flat_map(move |heard| {
            words
                .windows(heard.words.len())
                .enumerate()
                .filter(move |(_, here)| {
                    here.iter().zip(&heard.words).all(|(word, (wanted, open))| {
                        word == wanted || *open && word.starts_with(wanted.as_str())
                    })
                })
                .map(move |(at, here)| (at, here.len()))
        })
    }
}

/// Words in lower case, with one kind of apostrophe; a hyphen parts words.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['’', 'ʼ'], "'");
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|w| w.trim_matches('\''))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firsts(source: &str, target: &str, from: Lang) -> Vec<String> {
        let missing = Glossary::embedded().missing(source, target, from);
        missing.into_iter().map(|w| w[0].clone()).collect()
    }

    #[test]
    fn every_term_of_the_project_is_read_and_finds_its_own_wordings() {
        let mut glossary = Glossary::default();
        for line in EMBEDDED.lines() {
            glossary
                .add(line)
                .unwrap_or_else(|why| panic!("{line}: {why}"));
        }
        assert!(glossary.terms.len() >= 45);
        for term in &glossary.terms {
            for (a, b, from) in [
                (&term.da, &term.uk, Lang::Da),
                (&term.uk, &term.da, Lang::Uk),
            ] {
                for source in &a.written {
                    for target in &b.written {
                        assert!(
                            glossary.missing(source, target, from).is_empty(),
                            "{source} → {target}"
                        );
                    }
                    let read = words(source);
                    assert!(
                        a.find(&read, false).next().is_some(),
                        "{source} is not found"
                    );
                    let sure = a.find(&read, true).next().is_some();
                    assert_eq!(!glossary.missing(source, "", from).is_empty(), sure);
                }
                assert!(a.heard.iter().any(|w| w.sure), "{:?}", a.written);
            }
        }
    }

    #[test]
    fn a_missing_term_comes_with_its_forms() {
        let source = "Har du husket lejekontrakten?";
        assert_eq!(
            firsts(source, "Ви не забули контракт?", Lang::Da),
            ["договір оренди"]
        );
        assert!(firsts(source, "Ви взяли договір оренди?", Lang::Da).is_empty());
        assert!(firsts(source, "Ви не забули про Договору оренди?", Lang::Da).is_empty());
        assert_eq!(
            firsts(
                "У мене стара прописка.",
                "Jeg har en gammel adresse.",
                Lang::Uk
            ),
            ["folkeregisteradresse"]
        );
        assert!(firsts("Hvad hedder du?", "Як Вас звати?", Lang::Da).is_empty());
    }

    #[test]
    fn other_words_are_no_terms() {
        for source in [
            "Jeg lejer et værelse.",
            "Ejer du lejligheden, eller lejer du den?",
            "Jeg udlejer et værelse til dem.",
            "Fremlejer du boligen?",
            "Er du udrejst af Ukraine?",
            "Hvornår er du indrejst?",
            "Du skal indrejse før fredag.",
            "Kan du tolke for hende?",
            "Jeg samtykker ikke.",
            "Vi flyttede i midten af maj.",
            "Kommunale børnehaver er lukket.",
        ] {
            assert!(firsts(source, "", Lang::Da).is_empty(), "{source}");
        }
        for source in [
            "Терміново потрібен лікар.",
            "Мені треба оплатити комуналку.",
            "Де мені підписати?",
            "Я підписала договір.",
            "Мені не дозволили взяти ключі.",
            "Прямо зараз?",
            "Мій власний син.",
            "Я згодна, а чоловік згодом скаже.",
            "Після приїзду ми жили в подруги.",
            "Перекладіть це, будь ласка.",
            "Перекладати нічого не треба.",
            "Справа в тому, що я без ключів.",
            "Я хочу вибрати лікаря.",
            "Це довірена особа.",
        ] {
            assert!(firsts(source, "", Lang::Uk).is_empty(), "{source}");
        }
    }

    #[test]
    fn what_is_surely_the_noun_is_a_term() {
        for (source, term) in [
            ("Ejeren skal skrive under.", "власник"),
            ("Det er en lejer, der bor der.", "орендар"),
            ("Din udlejer skal skrive under.", "орендодавець"),
            ("Han bor der på fremleje.", "суборенда"),
            ("Hvad er din indrejsedato?", "в’їзд"),
            ("Vi mangler dit samtykke.", "згода"),
        ] {
            assert_eq!(firsts(source, "", Lang::Da), [term], "{source}");
        }
        // An owner who lets is "udlejer" as well, but never "lejer".
        let owner = "Хазяїну я вже написала.";
        assert_eq!(
            firsts(owner, "Lejeren har jeg skrevet til.", Lang::Uk),
            ["ejer"]
        );
        for right in [
            "Ejeren har jeg skrevet til.",
            "Udlejeren har jeg skrevet til.",
        ] {
            assert!(firsts(owner, right, Lang::Uk).is_empty(), "{right}");
        }
        // A verb will do for the noun.
        let fined = "Вас можуть оштрафувати.";
        assert!(firsts("Du kan få en bøde.", fined, Lang::Da).is_empty());
        let new = "Ось моя нова адреса.";
        assert!(firsts(new, "Her er min nye adresse.", Lang::Uk).is_empty());
    }

    #[test]
    fn the_longer_of_two_terms_is_meant() {
        let target = "У них спільні батьківські права.";
        assert!(firsts("De har fælles forældremyndighed.", target, Lang::Da).is_empty());
        assert_eq!(
            firsts("De har fælles forældremyndighed.", "", Lang::Da),
            ["спільні батьківські права"]
        );
        // A validity is no deadline.
        let expired = "Термін дії паспорта закінчився.";
        assert!(firsts(expired, "Passet er udløbet.", Lang::Uk).is_empty());
        assert_eq!(firsts("Який у нас строк?", "", Lang::Uk), ["frist"]);
        // One wording for two terms: either will do.
        for card in ["Jeg har opholdskort.", "Jeg har opholdstilladelse."] {
            assert!(firsts("У мене посвідка на проживання.", card, Lang::Uk).is_empty());
        }
    }

    #[test]
    fn a_file_comes_first_and_names_its_faults() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("own.tsv");
        fs::write(&path, "# own\nkommunen|kommun*\tгромада|громаді|громад*\n").unwrap();
        let own = Glossary::with_file(&path).unwrap();
        let missing = own.missing("Kommunen ringer.", "Муніципалітет дзвонить.", Lang::Da);
        assert_eq!(missing[0][0], "громада");
        assert!(
            own.missing("Fristen er i dag.", "Строк сьогодні.", Lang::Da)
                .is_empty()
        );
        for (text, word) in [
            ("a", "line 1: has 1 fields"),
            ("a\t…", "without a word"),
            ("a\tб*", "nothing to write"),
        ] {
            fs::write(&path, text).unwrap();
            let error = Glossary::with_file(&path).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
